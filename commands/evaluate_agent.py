"""`evaluate-agent`: how well questions are answered."""

from pathlib import Path

import click

from commands.door import door
from commands.options import AS_JSON, EXISTING, OFFLINE
from commands.show import progress, show_json
from errors import InputError


@click.command("evaluate-agent")
@click.option(
    "--questions", type=EXISTING, help="Table of questions; default: the project's own set."
)
@click.option(
    "--case", "cases", multiple=True, metavar="NAME=FOLDER", help="Result of a scene; repeatable."
)
@click.option(
    "--every",
    type=click.IntRange(1),
    default=1,
    metavar="N",
    help="Ask only each N-th dialogue, where a model is slow or dear.",
)
@click.option("--dataset", default="", help="changechat, levir, cdvqa or disasterm3, with --data.")
@click.option("--data", type=EXISTING, help="Folder or file of that dataset as published.")
@click.option("--answers", type=EXISTING, help="JSON of answers to it, by question id.")
@OFFLINE
@AS_JSON
@door
def evaluate_agent(  # noqa: PLR0913 - one parameter per option of the contract
    *,
    questions: Path | None,
    cases: tuple[str, ...],
    every: int,
    dataset: str,
    data: Path | None,
    answers: Path | None,
    offline: bool,
    as_json: bool,
) -> None:
    """Score the agent on a set of questions, or answers to a published dataset beside a guess."""
    from agent import local_evaluation
    from agent.evaluation import datasets, tables
    from agent.evaluation.questions import read, sample
    from agent.evaluation.run import evaluate as run
    from agent.models import configured

    if dataset and data is not None:
        scored = local_evaluation.scores(local_evaluation.read_set(dataset, data), answers)
        if as_json:
            show_json(scored.as_json())
        else:
            click.echo(datasets.table(scored))
        return
    if dataset or data or answers:
        msg = "A published dataset needs both --dataset and --data."
        raise InputError(msg, hint="Name the dataset and where its files are.")
    model = None if offline else configured()
    asked = sample(read(questions or local_evaluation.OWN_QUESTIONS), every)
    with progress() as watcher:
        desks = local_evaluation.desks(cases)
        found = run(asked, cases=desks, model=model, watcher=watcher)
    if as_json:
        show_json(tables.to_json(found))
    else:
        click.echo(tables.table(found))
