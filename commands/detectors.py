"""`detectors`: how change can be found here."""

from typing import Any

import click

from commands.door import door
from commands.options import AS_JSON
from commands.show import show_json


@click.command()
@AS_JSON
@door
def detectors(*, as_json: bool) -> None:
    """List the change detectors and whether they can run here."""
    from services.list_detectors import list_detectors

    rows = list_detectors()
    if as_json:
        show_json({"detectors": rows})
        return
    for row in rows:
        state = "available" if row["available"] else f"unavailable: {row['reason']}"
        click.echo(f"{row['name']:<18} {_needs(row)}{state}")
        if row["summary"]:
            click.echo(f"{'':<18} {row['summary']}")


def _needs(row: dict[str, Any]) -> str:
    """The bands and ground sizes a detector takes, where its card could be read."""
    if row["bands"] is None:
        return ""
    low, high = row["gsd_m"]
    return f"{row['bands']}+ bands, {low:g} to {high:g} m  "
