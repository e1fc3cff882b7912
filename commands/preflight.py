"""`preflight`: whether two scenes may be compared."""

import sys
from pathlib import Path

import click

from commands.door import door
from commands.options import AOI_OF_PAIR, AS_JSON, EXISTING
from commands.show import progress, show_json
from errors import PairRefusedError


@click.command()
@click.argument("pre", type=EXISTING)
@click.argument("post", type=EXISTING)
@AOI_OF_PAIR
@AS_JSON
@door
def preflight(*, pre: Path, post: Path, aoi: Path | None, as_json: bool) -> None:
    """Say whether two scenes may be compared, and why not."""
    from services.preflight import preflight as run

    with progress() as watcher:
        report = run(pre, post, aoi=aoi, watcher=watcher)
    if as_json:
        show_json(report.as_json())
    else:
        click.echo(f"Verdict: {report.verdict}")
        for finding in report.findings:
            click.echo(f"[{finding.severity}] {finding.message} {finding.remedy}".rstrip())
    if report.verdict == "refuse":
        sys.exit(PairRefusedError.exit_status)
