"""`compare`: what changed between two scenes."""

from pathlib import Path

import click

from commands.door import door
from commands.options import AOI_OF_PAIR, AS_JSON, EXISTING, RESULT_FOLDER, Number, numbers
from commands.show import progress, refusal_as_json, show_findings, show_json


@click.command()
@click.argument("pre", type=EXISTING)
@click.argument("post", type=EXISTING)
@AOI_OF_PAIR
@click.option("--detector", default="auto", show_default=True, help="See `detectors`.")
@click.option("--threshold", type=Number(0, 1), help="Default: the detector's own rule.")
@click.option("--min-area-m2", type=Number(0), help="Smallest object to keep.")
@click.option(
    "--like",
    multiple=True,
    metavar="LON,LAT",
    callback=numbers,
    help="Look only for changes like the one at this place; may be given several times.",
)
@RESULT_FOLDER
@AS_JSON
@door
def compare(  # noqa: PLR0913 - one parameter per option of the contract
    *,
    pre: Path,
    post: Path,
    aoi: Path | None,
    detector: str,
    threshold: float | None,
    min_area_m2: float | None,
    like: tuple[tuple[float, float], ...],
    out: Path | None,
    as_json: bool,
) -> None:
    """Find what changed between two scenes of one place."""
    from services.compare import CompareRequest
    from services.compare import compare as run

    request = CompareRequest(pre, post, aoi, detector, threshold, min_area_m2, like=like)
    with refusal_as_json(asked=as_json), progress() as watcher:
        outcome = run(request, out_dir=out, watcher=watcher)
    if as_json:
        show_json(outcome.as_json())
        return
    show_findings(outcome.findings)
    click.echo(f"Detector: {outcome.run['detector']['name']} ({outcome.run['detector']['why']})")
    click.echo(outcome.caption)
    click.echo(f"Results: {outcome.folder}")
