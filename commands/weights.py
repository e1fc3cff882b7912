"""`weights`: learned weights on this machine and how they get here."""

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from commands.door import complain, door
from commands.options import AS_JSON
from commands.show import progress, show_json
from errors import WeightsCorruptError

if TYPE_CHECKING:
    from services.weights import WeightsRow


@click.group()
def weights() -> None:
    """List, fetch, check and remove learned weights."""


@weights.command("list")
@AS_JSON
@door
def list_weights(*, as_json: bool) -> None:
    """List the weights and whether they are on this machine."""
    from services.weights import list_weights as run

    _show_weights(run(), as_json=as_json)


@weights.command()
@click.argument("name")
@door
def fetch(*, name: str) -> None:
    """Fetch weights from their publisher, check them and keep them; goes on where it stopped."""
    from services.fetch_weights import fetch as run

    try:
        with progress() as watcher:
            path = run(name, watcher=watcher)
    except KeyboardInterrupt:
        complain("Interrupted; what has arrived is kept.", "The same command goes on from there.")
        sys.exit(130)
    click.echo(f"Weights: {path}")


@weights.command()
@click.argument("names", nargs=-1)
@AS_JSON
@door
def verify(*, names: tuple[str, ...], as_json: bool) -> None:
    """Read every byte of the weights that are here; exit status 2 if any are damaged."""
    from services.weights import verify as run

    with progress() as watcher:
        rows = run(names, watcher=watcher)
    _show_weights(rows, as_json=as_json)
    if any(row.status == "damaged" for row in rows):
        sys.exit(WeightsCorruptError.exit_status)


@weights.command()
@click.argument("name")
@door
def remove(*, name: str) -> None:
    """Delete a detector trained here on labels; results that it made stay as they are."""
    from services.weights import remove as run

    run(name)
    click.echo(f"Removed: {name}")


def _show_weights(rows: "tuple[WeightsRow, ...]", *, as_json: bool) -> None:
    if as_json:
        show_json({"weights": [asdict(row) for row in rows]})
        return
    for row in rows:
        size = f"{row.size_bytes / 1e6:,.0f} MB"
        click.echo(f"{row.name:<18} {row.status:<10} {size:>9}  {row.licence}")
        if row.remedy:
            click.echo(f"{'':<18} {row.remedy}")
