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
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeVar

import click

from errors import GroundshiftError, InputError, PairRefusedError, WeightsCorruptError
from progress import Watcher

if TYPE_CHECKING:
    from agent.answer import Answered
    from agent.desk import Desk
    from raster.findings import Finding
    from services.weights import WeightsRow

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger("groundshift")

OWN_QUESTIONS = Path(__file__).parent / "tests" / "agent" / "questions.csv"
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


@contextmanager
def _refusal_as_json(*, asked: bool) -> Iterator[None]:
    """Print a refusal by preflight to those who asked for JSON, and let it go on."""
    try:
        yield
    except PairRefusedError as refused:
        if asked:
            _show_json({"verdict": "refuse", "message": refused.message})
        raise


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
    with _refusal_as_json(asked=as_json), _progress() as watcher:
        outcome = run(request, out_dir=out, watcher=watcher)
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


def _numbers(_context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> Any:
    """Tuples of numbers from texts such as `13.4,52.5`; how many each has is in the metavar."""
    wanted = str(parameter.metavar).count(",") + 1
    found = []
    for text in values:
        try:
            numbers = tuple(float(part) for part in text.split(","))
        except ValueError:
            numbers = ()
        if len(numbers) != wanted or not all(map(math.isfinite, numbers)):
            msg = f"{text!r} is not {parameter.metavar}: {wanted} numbers with commas between them."
            raise click.BadParameter(msg)
        found.append(numbers)
    return tuple(found)


@main.command()
@click.argument("scene", type=EXISTING)
@click.option(
    "--point",
    "points",
    multiple=True,
    metavar="X,Y",
    callback=_numbers,
    help="A point on a thing; one thing for each.",
)
@click.option(
    "--box",
    "boxes",
    multiple=True,
    metavar="W,S,E,N",
    callback=_numbers,
    help="A box around a thing; one thing for each.",
)
@click.option(
    "--outside",
    multiple=True,
    metavar="X,Y",
    callback=_numbers,
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
@click.option("--out", type=ANY_PATH, help="Result folder; default: results/<utc>-<hash>.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
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
    with _progress() as watcher:
        outcome = run(request, out_dir=out, watcher=watcher)
    if as_json:
        _show_json(outcome.as_json())
        return
    _show_findings(outcome.findings)
    chosen = outcome.run["segmenter"]
    click.echo(f"Segmenter: {chosen['name']} ({chosen['why']})")
    for thing in outcome.things[:20]:
        click.echo(f"Thing {thing.id}: {thing.area_m2:,.1f} m2, score {thing.score:.2f}")
    if len(outcome.things) > 20:
        click.echo(f"and {len(outcome.things) - 20} more")
    click.echo(f"Results: {outcome.folder}")


@main.command()
@click.argument("pre", type=EXISTING)
@click.argument("post", type=EXISTING)
@click.option("--aoi", type=EXISTING, help="Area of interest; default: the whole overlap.")
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
    callback=_numbers,
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
@click.option("--out", type=ANY_PATH, help="Result folder; default: results/<utc>-<hash>.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
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
    with _refusal_as_json(asked=as_json), _progress() as watcher:
        outcome = run(request, out_dir=out, watcher=watcher)
    if as_json:
        _show_json(outcome.as_json())
        return
    _show_findings(outcome.result.findings)
    click.echo(f"Counter: {outcome.result.counter.title}")
    click.echo(outcome.result.caption)
    click.echo(f"Results: {outcome.folder}")


@main.command()
@click.argument("result", type=FOLDER)
@click.argument("question")
@click.option("--history", type=ANY_PATH, help="File that keeps the dialogue; made if new.")
@click.option(
    "--layer", "layers", multiple=True, type=EXISTING, help="Vector layer to ask about; repeatable."
)
@click.option(
    "--area", "areas", multiple=True, type=EXISTING, help="Named areas to ask about; repeatable."
)
@click.option("--yes", "may_run", is_flag=True, help="Begin what the question needs to be run.")
@click.option("--offline", is_flag=True, help="Do not ask the configured language model.")
@click.option(
    "--out",
    type=ANY_PATH,
    default="reports",
    show_default=True,
    help="Folder for reports that the question asks for.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@door
def ask(  # noqa: PLR0913 - one parameter per option of the contract
    *,
    result: Path,
    question: str,
    history: Path | None,
    layers: tuple[Path, ...],
    areas: tuple[Path, ...],
    may_run: bool,
    offline: bool,
    out: Path,
    as_json: bool,
) -> None:
    """Answer a question about a finished comparison or count; every number is a fact."""
    from agent import local_desk
    from agent.ask import ask as run
    from agent.models import configured

    dialogue = local_desk.read_history(history)
    with _progress() as watcher:
        means = local_desk.Means(areas, layers, may_run, out)
        desk = local_desk.open_desk(result, means, dialogue, watcher)
        answered = run(desk, question, dialogue, model=None if offline else configured())
    if history is not None:
        local_desk.write_history(history, dialogue.with_turn(answered))
    if as_json:
        _show_json(local_desk.as_json(answered))
        return
    _show_answer(answered, desk, out)


def _show_answer(answered: "Answered", desk: "Desk", out: Path) -> None:
    """The answer, the facts it cites, and what was planned, run or written."""
    if answered.notice:
        click.echo(answered.notice, err=True)
    click.echo(answered.text)
    cited = {found for _start, _end, found in answered.citations}
    for one in answered.facts:
        if one.fact.id in cited:
            click.echo(f"  [{one.fact.id}] {one.fact.name.replace('_', ' ')}: {one.fact.method}")
    if answered.reading:
        click.echo(f"What a model sees, not a measurement: {answered.reading}")
    plan = answered.plan
    if plan is not None and not plan.job:
        click.echo(f"Planned: {plan.summary} It takes about {plan.estimated_s:.0f} s.")
        click.echo("Nothing was begun; ask again with --yes.")
    for folder in getattr(desk.work, "folders", {}).values():
        click.echo(f"Results: {folder}")
    for name in answered.files:
        click.echo(f"Written: {out / name}")
    click.echo(f"Answered by: {answered.model}")


@main.command()
@click.argument("result", type=FOLDER)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["html", "docx"]),
    default=("html",),
    show_default=True,
    help="May be repeated.",
)
@click.option("--question", default="", help="A question that the report answers first.")
@click.option("--style", type=click.Choice(["full", "short"]), default="full", show_default=True)
@click.option("--language", default="", metavar="TAG", help="Default: that of the question.")
@click.option("--offline", is_flag=True, help="Do not ask the configured language model.")
@click.option("--out", type=ANY_PATH, default="reports", show_default=True, help="Folder.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@door
def report(  # noqa: PLR0913 - one parameter per option of the contract
    *,
    result: Path,
    formats: tuple[Literal["html", "docx"], ...],
    question: str,
    style: Literal["full", "short"],
    language: str,
    offline: bool,
    out: Path,
    as_json: bool,
) -> None:
    """Write a report of a finished comparison or count, to read, print or send."""
    from agent.local_report import Wish
    from agent.local_report import report as run
    from agent.models import configured

    model = configured() if question and not offline else None
    written = run(result, question, Wish(out, style, formats, language), model=model)
    if as_json:
        _show_json({"files": [str(path) for path in written]})
        return
    for path in written:
        click.echo(f"Written: {path}")


@main.command("evaluate-agent")
@click.option(
    "--questions", type=EXISTING, help="Table of questions; default: the project's own set."
)
@click.option(
    "--case", "cases", multiple=True, metavar="NAME=FOLDER", help="Result of a scene; repeatable."
)
@click.option("--dataset", default="", help="changechat, levir, cdvqa or disasterm3, with --data.")
@click.option("--data", type=EXISTING, help="Folder or file of that dataset as published.")
@click.option("--answers", type=EXISTING, help="JSON of answers to it, by question id.")
@click.option("--offline", is_flag=True, help="Do not ask the configured language model.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@door
def evaluate_agent(  # noqa: PLR0913 - one parameter per option of the contract
    *,
    questions: Path | None,
    cases: tuple[str, ...],
    dataset: str,
    data: Path | None,
    answers: Path | None,
    offline: bool,
    as_json: bool,
) -> None:
    """Score the agent on a set of questions, or answers to a published dataset beside a guess."""
    from agent import local_evaluation
    from agent.evaluation import tables
    from agent.evaluation.run import evaluate as run
    from agent.models import configured

    if dataset and data is not None:
        asked = local_evaluation.read_set(dataset, data)
        click.echo(local_evaluation.score_table(asked, answers))
        return
    if dataset or data or answers:
        msg = "A published dataset needs both --dataset and --data."
        raise InputError(msg, hint="Name the dataset and where its files are.")
    model = None if offline else configured()
    found = run(questions or OWN_QUESTIONS, cases=local_evaluation.desks(cases), model=model)
    if as_json:
        _show_json(tables.to_json(found))
    else:
        click.echo(tables.table(found))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@door
def model(*, as_json: bool) -> None:
    """Test the configured language model, and say what it is sent."""
    from agent.models import test_endpoint

    report = test_endpoint()
    if as_json:
        _show_json({"model": None if report is None else asdict(report)})
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


@main.group()
def weights() -> None:
    """List, fetch and check learned weights."""


@weights.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
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
        with _progress() as watcher:
            path = run(name, watcher=watcher)
    except KeyboardInterrupt:
        _complain("Interrupted; what has arrived is kept.", "The same command goes on from there.")
        sys.exit(130)
    click.echo(f"Weights: {path}")


@weights.command()
@click.argument("names", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@door
def verify(*, names: tuple[str, ...], as_json: bool) -> None:
    """Read every byte of the weights that are here; exit status 2 if any are damaged."""
    from services.weights import verify as run

    with _progress() as watcher:
        rows = run(names, watcher=watcher)
    _show_weights(rows, as_json=as_json)
    if any(row.status == "damaged" for row in rows):
        sys.exit(WeightsCorruptError.exit_status)


def _show_weights(rows: "tuple[WeightsRow, ...]", *, as_json: bool) -> None:
    if as_json:
        _show_json({"weights": [asdict(row) for row in rows]})
        return
    for row in rows:
        size = f"{row.size_bytes / 1e6:,.0f} MB"
        click.echo(f"{row.name:<18} {row.status:<10} {size:>9}  {row.licence}")
        if row.remedy:
            click.echo(f"{'':<18} {row.remedy}")


if __name__ == "__main__":
    main()
