"""The command-line door: parse, call a service, show.

Heavy imports happen inside the commands, so that `--help` answers at once.
"""

import json
import logging
import math
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

from errors import GroundshiftError, PairRefusedError
from progress import Watcher

if TYPE_CHECKING:
    from raster.findings import Finding

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger("groundshift")

EXISTING = click.Path(exists=True, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
ANY_PATH = click.Path(path_type=Path)


class Number(click.FloatRange):
    """A number within a range; `nan` lies within any range for click, and is refused here."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number, or a usage error."""
        number: float = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a finite number.", param, ctx)
        return number


def door(command: Callable[P, R]) -> Callable[P, R]:
    """Turn errors into one sentence on stderr and the right exit status."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except GroundshiftError as error:
            _complain(error.message, error.hint)
            sys.exit(error.exit_status)
        except KeyboardInterrupt:
            _complain("Interrupted; nothing was written.", "")
            sys.exit(130)
        except Exception:  # the last door: a fault of ours is logged whole
            log.exception("unexpected error")
            _complain("Groundshift failed, and it is our fault.", "Please report the lines above.")
            sys.exit(1)

    return guarded


def _complain(message: str, hint: str) -> None:
    click.echo(f"error: {message}", err=True)
    if hint:
        click.echo(f"  try: {hint}", err=True)


@contextmanager
def _progress() -> Iterator[Watcher]:
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


def _show_json(content: Any) -> None:
    click.echo(json.dumps(content, allow_nan=False, ensure_ascii=False))


def _show_findings(findings: "tuple[Finding, ...]") -> None:
    for finding in findings:
        click.echo(f"[{finding.severity}] {finding.message} {finding.remedy}".rstrip(), err=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-v", "--verbose", is_flag=True, help="Log each step to stderr.")
def main(*, verbose: bool) -> None:
    """Change analysis of satellite and aerial imagery."""
    # A service manager's stop is answered like Ctrl-C: clean up, then leave.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    level = logging.DEBUG if verbose else logging.WARNING
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(message)s")
    logging.getLogger("rasterio").setLevel(logging.ERROR)


@main.command()
@click.argument("pre", type=EXISTING)
@click.argument("post", type=EXISTING)
@click.option("--aoi", type=EXISTING, help="Area of interest; default: the whole overlap.")
@click.option("--detector", default="auto", show_default=True, help="See `detectors`.")
@click.option("--threshold", type=Number(0, 1), help="Default: the detector's own rule.")
@click.option("--min-area-m2", type=Number(0), help="Smallest object to keep.")
@click.option("--out", type=ANY_PATH, help="Result folder; default: results/<utc>-<hash>.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@door
def compare(  # noqa: PLR0913 - one parameter per option of the contract
    *,
    pre: Path,
    post: Path,
    aoi: Path | None,
    detector: str,
    threshold: float | None,
    min_area_m2: float | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Find what changed between two scenes of one place."""
    from services.compare import CompareRequest
    from services.compare import compare as run

    request = CompareRequest(pre, post, aoi, detector, threshold, min_area_m2)
    try:
        with _progress() as watcher:
            outcome = run(request, out_dir=out, watcher=watcher)
    except PairRefusedError as refused:
        if as_json:
            _show_json({"verdict": "refuse", "message": refused.message})
        raise
    if as_json:
        _show_json(outcome.as_json())
        return
    _show_findings(outcome.findings)
    click.echo(f"Detector: {outcome.run['detector']['name']} ({outcome.run['detector']['why']})")
    click.echo(outcome.caption)
    click.echo(f"Results: {outcome.folder}")


@main.command()
@click.argument("pre", type=EXISTING)
@click.argument("post", type=EXISTING)
@click.option("--aoi", type=EXISTING, help="Area of interest; default: the whole overlap.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@door
def preflight(*, pre: Path, post: Path, aoi: Path | None, as_json: bool) -> None:
    """Say whether two scenes may be compared, and why not."""
    from services.preflight import preflight as run

    with _progress() as watcher:
        report = run(pre, post, aoi=aoi, watcher=watcher)
    if as_json:
        _show_json(report.as_json())
    else:
        click.echo(f"Verdict: {report.verdict}")
        for finding in report.findings:
            click.echo(f"[{finding.severity}] {finding.message} {finding.remedy}".rstrip())
    if report.verdict == "refuse":
        sys.exit(PairRefusedError.exit_status)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@door
def detectors(*, as_json: bool) -> None:
    """List the change detectors and whether they can run here."""
    from services.list_detectors import list_detectors

    rows = list_detectors()
    if as_json:
        _show_json({"detectors": rows})
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


@main.command()
@click.option("--detector", required=True, help="See `detectors`, or `auto`.")
@click.option("--data", type=FOLDER, required=True, help="Folder of <id>/{pre,post,label}.*")
@click.option("--gsd-m", type=Number(0, min_open=True), help="GSD of plain pictures.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@door
def evaluate(*, detector: str, data: Path, gsd_m: float | None, as_json: bool) -> None:
    """Score a detector against labelled pairs, pooled over pixels."""
    from services.evaluate import evaluate as run

    with _progress() as watcher:
        report = run(detector, data, gsd_m=gsd_m, watcher=watcher)
    if as_json:
        _show_json(report)
        return
    for row in (*report["per_pair"], {"id": "all pairs", **report}):
        f1 = "no label" if row["f1"] is None else f"F1 {row['f1']:.3f}"
        click.echo(f"{row['id']:<24} {f1}  flagged {row['flagged_share']:.2%}")


@main.command()
@click.argument("source", type=EXISTING)
@click.option("--out", type=ANY_PATH, help="Result folder; default: results/<utc>-<hash>.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@door
def replay(*, source: Path, out: Path | None, as_json: bool) -> None:
    """Make a result again from its run.json or bundle, and say whether it is identical."""
    from services.replay import replay as run

    with _progress() as watcher:
        outcome = run(source, out_dir=out, watcher=watcher)
    if as_json:
        _show_json(outcome.as_json())
        return
    click.echo("Identical: yes" if outcome.is_identical else "Identical: no")
    for difference in outcome.differences:
        click.echo(f"  {difference}")
    click.echo(f"Results: {outcome.folder}")


if __name__ == "__main__":
    main()
