"""`segment`: outlines of things in one scene."""

from pathlib import Path

import click

from commands.door import door
from commands.options import AS_JSON, EXISTING, RESULT_FOLDER, Number, numbers
from commands.show import progress, show_findings, show_json


@click.command()
@click.argument("scene", type=EXISTING)
@click.option(
    "--point",
    "points",
    multiple=True,
    metavar="X,Y",
    callback=numbers,
    help="A point on a thing; one thing for each.",
)
@click.option(
    "--box",
    "boxes",
    multiple=True,
    metavar="W,S,E,N",
    callback=numbers,
    help="A box around a thing; one thing for each.",
)
@click.option(
    "--outside",
    multiple=True,
    metavar="X,Y",
    callback=numbers,
    help="A point beside the thing; needs --one-thing with several prompts.",
)
@click.option("--one-thing", is_flag=True, help="All points and boxes describe one thing.")
@click.option("--auto", is_flag=True, help="Outline everything in the area.")
@click.option(
    "--crs",
    default="",
    metavar="EPSG:nnnn",
    help="Of the coordinates; default: lon,lat"
    " in WGS 84, or the scene's own where they cannot be degrees.",
)
@click.option("--segmenter", default="auto", show_default=True, help="See the page Models.")
@click.option("--text", default="", help="What the thing is, for segmenters that read.")
@click.option("--aoi", type=EXISTING, help="Area for --auto; default: the whole scene.")
@click.option("--min-area-m2", type=Number(0), help="Smallest thing to keep.")
@click.option("--max-area-m2", type=Number(0, min_open=True), help="Largest thing to keep.")
@RESULT_FOLDER
@AS_JSON
@door
def segment(  # noqa: PLR0913 - one parameter per option of the contract
    *,
    scene: Path,
    points: tuple[tuple[float, float], ...],
    boxes: tuple[tuple[float, float, float, float], ...],
    outside: tuple[tuple[float, float], ...],
    one_thing: bool,
    auto: bool,
    crs: str,
    segmenter: str,
    text: str,
    aoi: Path | None,
    min_area_m2: float | None,
    max_area_m2: float | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Outline what lies at points or in boxes of a scene, or everything in it."""
    from services.map_prompts import from_options
    from services.segment import SegmentRequest
    from services.segment import segment as run

    prompts = from_options(points, boxes, outside, is_one_thing=one_thing, crs=crs, text=text)
    request = SegmentRequest(scene, prompts, segmenter, auto, aoi, min_area_m2, max_area_m2)
    with progress() as watcher:
        outcome = run(request, out_dir=out, watcher=watcher)
    if as_json:
        show_json(outcome.as_json())
        return
    show_findings(outcome.findings)
    chosen = outcome.run["segmenter"]
    click.echo(f"Segmenter: {chosen['name']} ({chosen['why']})")
    for thing in outcome.things[:20]:
        click.echo(f"Thing {thing.id}: {thing.area_m2:,.1f} m2, score {thing.score:.2f}")
    if len(outcome.things) > 20:
        click.echo(f"and {len(outcome.things) - 20} more")
    click.echo(f"Results: {outcome.folder}")
