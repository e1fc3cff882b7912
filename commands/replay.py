"""`replay`: a result made again from its record."""

from pathlib import Path

import click

from commands.door import door
from commands.options import AS_JSON, EXISTING, RESULT_FOLDER
from commands.show import progress, show_json


@click.command()
@click.argument("source", type=EXISTING)
@RESULT_FOLDER
@AS_JSON
@door
def replay(*, source: Path, out: Path | None, as_json: bool) -> None:
    """Make a result again from its run.json or bundle, and say whether it is identical."""
    from services.replay import replay as run

    with progress() as watcher:
        outcome = run(source, out_dir=out, watcher=watcher)
    if as_json:
        show_json(outcome.as_json())
        return
    click.echo("Identical: yes" if outcome.is_identical else "Identical: no")
    for difference in outcome.differences:
        click.echo(f"  {difference}")
    click.echo(f"Results: {outcome.folder}")
