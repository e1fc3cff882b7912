"""`ask`: a question about a finished result."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.door import door
from commands.options import ANY_PATH, AS_JSON, EXISTING, FOLDER, OFFLINE
from commands.show import progress, show_json

if TYPE_CHECKING:
    from agent.answer import Answered
    from agent.desk import Desk


@click.command()
@click.argument("result", type=FOLDER)
@click.argument("question")
@click.option("--history", type=ANY_PATH, help="File that keeps the dialogue; made if new.")
@click.option(
    "--layer", "layers", multiple=True, type=EXISTING, help="Vector layer to ask about; repeatable."
)
@click.option(
    "--area", "areas", multiple=True, type=EXISTING, help="Named areas to ask about; repeatable."
)
@click.option("--yes", "may_run", is_flag=True, help="Begin what the question needs to be run.")
@OFFLINE
@click.option(
    "--out",
    type=ANY_PATH,
    default="reports",
    show_default=True,
    help="Folder for reports that the question asks for.",
)
@AS_JSON
@door
def ask(  # noqa: PLR0913 - one parameter per option of the contract
    *,
    result: Path,
    question: str,
    history: Path | None,
    layers: tuple[Path, ...],
    areas: tuple[Path, ...],
    may_run: bool,
    offline: bool,
    out: Path,
    as_json: bool,
) -> None:
    """Answer a question about a finished comparison or count; every number is a fact."""
    from agent import local_desk
    from agent.ask import ask as run
    from agent.models import configured

    dialogue = local_desk.read_history(history)
    with progress() as watcher:
        means = local_desk.Means(areas, layers, may_run, out)
        desk = local_desk.open_desk(result, means, dialogue, watcher)
        answered = run(desk, question, dialogue, model=None if offline else configured())
    if history is not None:
        local_desk.write_history(history, dialogue.with_turn(answered))
    if as_json:
        show_json(local_desk.as_json(answered))
        return
    _show_answer(answered, desk, out)


def _show_answer(answered: "Answered", desk: "Desk", out: Path) -> None:
    """The answer, the facts it cites, and what was planned, run or written."""
    if answered.notice:
        click.echo(answered.notice, err=True)
    click.echo(answered.text)
    cited = {found for _start, _end, found in answered.citations}
    for one in answered.facts:
        if one.fact.id in cited:
            click.echo(f"  [{one.fact.id}] {one.fact.name.replace('_', ' ')}: {one.fact.method}")
    if answered.reading:
        click.echo(f"What a model sees, not a measurement: {answered.reading}")
    plan = answered.plan
    if plan is not None and not plan.job:
        click.echo(f"Planned: {plan.summary} It takes about {plan.estimated_s:.0f} s.")
        click.echo("Nothing was begun; ask again with --yes.")
    for folder in getattr(desk.work, "folders", {}).values():
        click.echo(f"Results: {folder}")
    for name in answered.files:
        click.echo(f"Written: {out / name}")
    click.echo(f"Answered by: {answered.model}")
