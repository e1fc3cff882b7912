"""A dialogue as files: Markdown to read, JSON to go on with, and every cited fact.

Writes what was kept; knows no page and asks nothing.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator

from agent.answer import Answered
from agent.dialogue import Dialogue
from analysis.facts import to_json
from wording import quantities

MARKS = re.compile(r"([\\`*_{}\[\]()#+!|<>~])")
# The earliest time a zip can hold: equal dialogues give equal files.
STAMP = (1980, 1, 1, 0, 0, 0)


def as_zip(dialogue: Dialogue) -> bytes:
    """`dialogue.md`, `dialogue.json` and `facts.json` in one file."""
    content = {
        "dialogue.md": markdown(dialogue),
        "dialogue.json": _json(dialogue.to_json()),
        "facts.json": _json(facts(dialogue)),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def facts(dialogue: Dialogue) -> list[dict[str, object]]:
    """The facts that answers cite, each once, as entries of `facts.json`."""
    cited = {found for turn in dialogue.turns for _start, _end, found in turn.citations}
    known = {one.fact.id: one.fact for turn in dialogue.turns for one in turn.facts}
    return [to_json(fact) for found, fact in known.items() if found in cited]


def markdown(dialogue: Dialogue) -> str:
    """Questions and answers; a number in brackets leads to the fact in the list at the end."""
    order = _order(dialogue)
    parts = ["# Questions and answers", ""]
    for turn in dialogue.turns:
        parts += [*_turn(turn, order), ""]
    if order:
        parts += ["## Where the numbers come from", "", *_sources(dialogue, order), ""]
    return "\n".join(parts)


def _order(dialogue: Dialogue) -> dict[str, int]:
    """Number of each cited fact, in order of appearance."""
    cited = (found for turn in dialogue.turns for _start, _end, found in turn.citations)
    return {found: number for number, found in enumerate(dict.fromkeys(cited), start=1)}


def _turn(turn: Answered, order: dict[str, int]) -> Iterator[str]:
    yield f"## {_plain(turn.question)}"
    yield ""
    yield _cited(turn, order)
    if turn.reading:
        yield ""
        yield f"*As the model reads the picture, not a measurement:* {_plain(turn.reading)}"
    yield ""
    yield f"*Answered by {_plain(turn.model)}.* {_plain(turn.notice)}".rstrip()


def _cited(turn: Answered, order: dict[str, int]) -> str:
    text, end = [], 0
    for start, stop, found in turn.citations:
        text += [_plain(turn.text[end:start]), f"**{_plain(turn.text[start:stop])}**"]
        text.append(f" [{order[found]}]")
        end = stop
    return "".join([*text, _plain(turn.text[end:])])


def _sources(dialogue: Dialogue, order: dict[str, int]) -> Iterator[str]:
    known = {one.fact.id: one.fact for turn in dialogue.turns for one in turn.facts}
    for found, number in order.items():
        fact = known[found]
        name = _plain(fact.name.replace("_", " "))
        value = _plain(quantities.text(fact.value, fact.unit))
        yield (
            f"{number}. {name}: {value}. {_plain(fact.method)} Fact `{found}` of run"
            f" `{_plain(fact.run)}`."
        )


def _plain(text: str) -> str:
    """Text from outside without live Markdown; new lines stay."""
    return MARKS.sub(r"\\\1", text)


def _json(content: object) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
