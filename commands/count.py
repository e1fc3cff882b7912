"""`count`: things of one kind at two dates, and what became of each."""

from pathlib import Path
from typing import Literal

import click

from commands.door import door
from commands.options import AOI_OF_PAIR, AS_JSON, EXISTING, RESULT_FOLDER, Number, numbers
from commands.show import progress, refusal_as_json, show_findings, show_json


@click.command()
@click.argument("pre", type=EXISTING)
@click.argument("post", type=EXISTING)
@AOI_OF_PAIR
@click.option(
    "--class",
    "thing",
    default="",
    help="What to count, e.g. building; with --example any word for what the examples show.",
)
@click.option("--counter", default="", help="How to count; default: what suits --class.")
@click.option(
    "--example",
    "examples",
    multiple=True,
    metavar="W,S,E,N",
    callback=numbers,
    help="A box around one such thing, lon,lat in WGS 84; may be repeated.",
)
@click.option(
    "--on",
    type=click.Choice(["pre", "post"]),
    default="post",
    show_default=True,
    help="The image the examples are boxed on.",
)
@click.option("--similarity", type=Number(0, 1), help="How like the examples things must be.")
@click.option("--min-area-m2", type=Number(0), help="Smallest thing to count.")
@click.option("--max-area-m2", type=Number(0, min_open=True), help="Largest thing to count.")
@click.option("--movable", is_flag=True, help="Things may have moved, as vehicles do.")
@RESULT_FOLDER
@AS_JSON
@door
def count(  # noqa: PLR0913 - one parameter per option of the contract
    *,
    pre: Path,
    post: Path,
    aoi: Path | None,
    thing: str,
    counter: str,
    examples: tuple[tuple[float, float, float, float], ...],
    on: Literal["pre", "post"],
    similarity: float | None,
    min_area_m2: float | None,
    max_area_m2: float | None,
    movable: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """Count things of one kind at both dates and say what became of each."""
    from services.count import CountRequest, MapExample
    from services.count import count as run

    boxed = tuple(MapExample(on, box) for box in examples)
    request = CountRequest(
        pre, post, aoi, counter, thing, min_area_m2, max_area_m2, boxed, similarity, movable
    )
    with refusal_as_json(asked=as_json), progress() as watcher:
        outcome = run(request, out_dir=out, watcher=watcher)
    if as_json:
        show_json(outcome.as_json())
        return
    show_findings(outcome.result.findings)
    click.echo(f"Counter: {outcome.result.counter.title}")
    click.echo(outcome.result.caption)
    click.echo(f"Results: {outcome.folder}")
