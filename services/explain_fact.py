"""Where a number comes from, in words: method, inputs with their hashes, what was left out.

Reads the record of the run, which is untrusted text; computes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.facts import Fact
from exports.page.rows import REASONS
from raster.findings import Finding
from raster.text import clean
from wording import quantities

SENTENCE_CHARS = 400


@dataclass(frozen=True)
class Input:
    """One input of the run.

    Attributes:
        role: `pre`, `post`, `aoi` ...
        name: of the file or folder; untrusted text, cleaned.
        sha256: of its content.
    """

    role: str
    name: str
    sha256: str


@dataclass(frozen=True)
class Call:
    """The tool call that found a fact.

    Attributes:
        tool: name of the tool.
        arguments: as given.
    """

    tool: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Explanation:
    """Everything behind one number.

    Attributes:
        fact: the fact.
        shown: value and unit as text.
        method: how it was measured, in one sentence.
        made_by: detector or counter, for people; empty where the record does not say.
        made_utc: when the run was made, ISO 8601; empty likewise.
        inputs: what the fact rests on, in the order of the record.
        excluded: (reason, area as text) of ground that was left out.
        cautions: what limits the fact, a sentence each.
        call: the tool call that found it, where a question did.
    """

    fact: Fact
    shown: str
    method: str
    made_by: str
    made_utc: str
    inputs: tuple[Input, ...]
    excluded: tuple[tuple[str, str], ...]
    cautions: tuple[str, ...]
    call: Call | None = None


def explain(
    fact: Fact,
    run: Mapping[str, Any],
    findings: Sequence[Finding] = (),
    *,
    call: Call | None = None,
) -> Explanation:
    """What is behind a fact of a run.

    Args:
        fact: the fact.
        run: content of `run.json`; every key may be missing.
        findings: of the run; those the fact names are its cautions.
        call: how a question found it.
    """
    return Explanation(
        fact=fact,
        shown=quantities.text(fact.value, fact.unit),
        method=_text(fact.method),
        made_by=_made_by(run),
        made_utc=_text(run.get("created_utc", "")),
        inputs=tuple(_inputs(fact, run)),
        excluded=tuple(
            (REASONS.get(part.reason, _text(part.reason)), quantities.text(part.area_m2, "m2"))
            for part in fact.excluded
        ),
        cautions=tuple(_cautions(fact, findings)),
        call=call,
    )


def _made_by(run: Mapping[str, Any]) -> str:
    maker = run.get("counter") or run.get("detector")
    if not isinstance(maker, Mapping):
        return ""
    return _text(maker.get("title") or maker.get("name") or "")


def _inputs(fact: Fact, run: Mapping[str, Any]) -> Iterator[Input]:
    """Inputs the fact names, in the order of the record; hashes without an entry come last."""
    listed = [entry for entry in run.get("inputs") or () if isinstance(entry, Mapping)]
    entries = {str(entry.get("sha256", "")): entry for entry in listed}
    for sha256, entry in entries.items():
        if sha256 in fact.inputs:
            role, name = _text(entry.get("role", "")), _text(entry.get("name", ""))
            yield Input(role, name, _text(sha256))
    for sha256 in fact.inputs:
        if sha256 not in entries:
            yield Input("", "", _text(sha256))


def _cautions(fact: Fact, findings: Sequence[Finding]) -> Iterator[str]:
    sentences = {finding.code: finding.message for finding in findings}
    for code in fact.cautions:
        yield _text(sentences.get(code, code.replace("_", " ")))


def _text(value: object) -> str:
    return clean(str(value), limit=SENTENCE_CHARS)
