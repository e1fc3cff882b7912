"""`model`: whether the configured language model can be used."""

from dataclasses import asdict

import click

from commands.door import door
from commands.options import AS_JSON
from commands.show import show_json


@click.command()
@AS_JSON
@door
def model(*, as_json: bool) -> None:
    """Test the configured language model, and say what it is sent."""
    from agent.models import test_endpoint

    report = test_endpoint()
    if as_json:
        show_json({"model": None if report is None else asdict(report)})
        return
    if report is None:
        click.echo("No language model is configured; the offline planner answers.")
        return
    where = report.host or f"the server of {report.provider}"
    click.echo(f"Model: {report.model} at {where}")
    for name in ("is_reachable", "has_tools", "has_streaming", "has_images"):
        found = {True: "yes", False: "no", None: "not asked"}[getattr(report, name)]
        click.echo(f"{name.partition('_')[2]:<10} {found}")
    if report.problem:
        click.echo(report.problem)
    for sent in report.sent:
        click.echo(f"Sent: {sent}")
