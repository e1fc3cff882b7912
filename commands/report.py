"""`report`: a finished result written up, to read, print or send."""

from pathlib import Path
from typing import Literal

import click

from commands.door import door
from commands.options import ANY_PATH, AS_JSON, FOLDER, OFFLINE
from commands.show import show_json


@click.command()
@click.argument("result", type=FOLDER)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["html", "docx"]),
    default=("html",),
    show_default=True,
    help="May be repeated.",
)
@click.option("--question", default="", help="A question that the report answers first.")
@click.option("--style", type=click.Choice(["full", "short"]), default="full", show_default=True)
@click.option("--language", default="", metavar="TAG", help="Default: that of the question.")
@OFFLINE
@click.option("--out", type=ANY_PATH, default="reports", show_default=True, help="Folder.")
@AS_JSON
@door
def report(  # noqa: PLR0913 - one parameter per option of the contract
    *,
    result: Path,
    formats: tuple[Literal["html", "docx"], ...],
    question: str,
    style: Literal["full", "short"],
    language: str,
    offline: bool,
    out: Path,
    as_json: bool,
) -> None:
    """Write a report of a finished comparison or count, to read, print or send."""
    from agent.local_report import Wish
    from agent.local_report import report as run
    from agent.models import configured

    model = configured() if question and not offline else None
    written = run(result, question, Wish(out, style, formats, language), model=model)
    if as_json:
        show_json({"files": [str(path) for path in written]})
        return
    for path in written:
        click.echo(f"Written: {path}")
