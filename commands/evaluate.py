"""`evaluate`: how well a detector does on labelled pairs."""

import sys
from pathlib import Path
from typing import Any

import click

from commands.door import complain, door
from commands.options import AS_JSON, FOLDER, Number
from commands.show import progress, show_json
from errors import InputError


@click.command()
@click.option("--detector", required=True, help="See `detectors`, or `auto`.")
@click.option("--data", type=FOLDER, required=True, help="Folder of <id>/{pre,post,label}.*")
@click.option(
    "--gsd-m", type=Number(0, min_open=True), help="GSD of plain pictures; without it 1 m."
)
@AS_JSON
@door
def evaluate(*, detector: str, data: Path, gsd_m: float | None, as_json: bool) -> None:
    """Score a detector against labelled pairs, pooled over pixels.

    A pair that cannot be scored is named on stderr, and the exit status is 2.
    """
    from services.evaluate import evaluate as run

    with progress() as watcher:
        report = run(detector, data, gsd_m=gsd_m, watcher=watcher)
    if as_json:
        show_json(report)
    else:
        _show(report)
    for failed in report["not_scored"]:
        complain(f"Pair {failed['id']!r} is in no figure: {failed['message']}", failed["hint"])
    if report["not_scored"]:
        sys.exit(InputError.exit_status)


def _show(report: dict[str, Any]) -> None:
    for row in (*report["per_pair"], {"id": "all pairs", **report}):
        f1 = "no label" if row["f1"] is None else f"F1 {row['f1']:.3f}"
        click.echo(f"{row['id']:<24} {f1}  flagged {row['flagged_share']:.2%}  {row['detector']}")
