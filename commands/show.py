"""How commands show progress, findings and JSON.

Knows no command.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from errors import PairRefusedError
from progress import Watcher

if TYPE_CHECKING:
    from raster.findings import Finding


@contextmanager
def progress() -> Iterator[Watcher]:
    """A bar on a terminal, silence elsewhere."""
    if not sys.stderr.isatty():
        yield Watcher()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting", total=1.0)
        yield Watcher(lambda share, text: bar.update(task, completed=share, description=text))


@contextmanager
def refusal_as_json(*, asked: bool) -> Iterator[None]:
    """Print a refusal by preflight to those who asked for JSON, and let it go on."""
    try:
        yield
    except PairRefusedError as refused:
        if asked:
            show_json({"verdict": "refuse", "message": refused.message})
        raise


def show_json(content: Any) -> None:
    """Print one JSON object on one line."""
    click.echo(json.dumps(content, allow_nan=False, ensure_ascii=False))


def show_findings(findings: "tuple[Finding, ...]") -> None:
    """Print what was found before the run on stderr, beside the results."""
    for finding in findings:
        click.echo(f"[{finding.severity}] {finding.message} {finding.remedy}".rstrip(), err=True)
