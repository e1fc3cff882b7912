"""`finetune`: the change network trained on with a user's own labels."""

from pathlib import Path

import click

from commands.door import door
from commands.options import ANY_PATH, AS_JSON, EXISTING, RESULT_FOLDER, Number
from commands.show import progress, refusal_as_json, show_findings, show_json
from errors import InputError

NOTHING = "-"


@click.command()
@click.argument("pre", type=EXISTING)
@click.argument("post", type=EXISTING)
@click.option(
    "--labels",
    type=EXISTING,
    required=True,
    help="Outlines of changed ground, a label raster on the pixels of pre, or the folder of a"
    " count that was reviewed.",
)
@click.option(
    "--reviewed",
    type=EXISTING,
    help="Area you looked at: what is not labelled in it is unchanged. Elsewhere it is unknown.",
)
@click.option("--all-reviewed", is_flag=True, help="You looked at all ground both scenes show.")
@click.option(
    "--pair",
    "pairs",
    nargs=4,
    multiple=True,
    type=ANY_PATH,
    metavar="PRE POST LABELS REVIEWED",
    help="A further labelled pair; - for REVIEWED if there is none. May be repeated.",
)
@click.option("--name", required=True, help="Name of the new detector.")
@click.option("--title", default="", help="Its name for people.")
@click.option(
    "--minutes", type=Number(0, min_open=True), default=10, show_default=True, help="At most."
)
@click.option("--few-labels", is_flag=True, help="Learn from unlabelled ground as well.")
@RESULT_FOLDER
@AS_JSON
@door
def finetune(  # noqa: PLR0913 - one parameter per option of the contract
    *,
    pre: Path,
    post: Path,
    labels: Path,
    reviewed: Path | None,
    all_reviewed: bool,
    pairs: tuple[tuple[Path, Path, Path, Path], ...],
    name: str,
    title: str,
    minutes: float,
    few_labels: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """Train the change network on your own labels; the result is a detector called NAME."""
    from services.finetune import FinetuneRequest, LabelledScenes
    from services.finetune import finetune as run

    first = LabelledScenes(pre, post, labels, reviewed, all_reviewed)
    given = (first, *(LabelledScenes(*_further(one)) for one in pairs))
    request = FinetuneRequest(given, name, title, minutes, few_labels)
    with refusal_as_json(asked=as_json), progress() as watcher:
        outcome = run(request, out_dir=out, watcher=watcher)
    if as_json:
        show_json(outcome.as_json())
        return
    show_findings(outcome.findings)
    for row in outcome.figures:
        click.echo(f"{row.words:<48} {_number(row.before)} {_number(row.after)}")
    click.echo(outcome.verdict)
    click.echo(f"Figures and map: {outcome.folder}")


def _further(given: tuple[Path, Path, Path, Path]) -> tuple[Path, Path, Path, Path | None]:
    """A pair of `--pair`, whose looked-at area may be left out."""
    pre, post, labels, reviewed = given
    missing = [str(path) for path in given if str(path) != NOTHING and not path.exists()]
    if missing:
        msg = f"{missing[0]!r} does not exist."
        raise InputError(msg, hint="Check the paths after --pair.")
    return pre, post, labels, None if str(reviewed) == NOTHING else reviewed


def _number(value: float | None) -> str:
    return f"{'':>8}" if value is None else f"{value:8.4f}"
