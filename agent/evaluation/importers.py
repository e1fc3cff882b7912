"""Question sets from the files of published datasets, which are not shipped.

Each reader takes the folder or the file as it is published, as hostile data: it opens no image and
follows no path in it. Knows no agent.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from agent.evaluation.question_sets import Asked, QuestionSet
from errors import InputError
from raster.text import clean

MOST_BYTES = 500_000_000
TEXT_LIMIT = 4000
CHANGECHAT = "ChangeChat-105k: Deng, Zhou and Wu 2025, DeltaVLM (arXiv 2507.22346)"
LEVIR = "LEVIR-CC: Liu et al. 2022; LEVIR-MCI: Liu et al. 2024, Change-Agent"
CDVQA = "CDVQA: Yuan, Mou, Xiong and Zhu 2022 (IEEE TGRS 60)"
DISASTERM3 = "DisasterM3: Wang et al. 2025 (arXiv 2505.21089)"
TYPES = {
    "": "caption", "binary": "binary", "count": "count", "loc": "localization", "open": "open",
    "dialog": "dialogue",
}  # fmt: skip
"""Endings of ChangeChat's test files and what they ask."""
CAPTION_QUERY = "Describe the changes between the two images."

Entry = Mapping[str, Any]


class _Unusable(Exception):  # noqa: N818 - a reason to skip an entry, not a failure
    """An entry holds no question with an answer."""


def read_changechat(path: Path) -> QuestionSet:
    """ChangeChat-105k: `changechat_105k_test*.json`, lists of conversations or of captions."""
    entries = [
        (_changechat_kind(file), entry)
        for file in _files(path, "changechat_105k_*.json")
        for entry in _list(_load(file))
    ]
    return _collected("ChangeChat-105k", CHANGECHAT, entries, _changechat, {})


def read_levir_captions(path: Path) -> QuestionSet:
    """LEVIR-CC and LEVIR-MCI: `LevirCCcaptions.json`, five captions for each pair."""
    (file,) = _files(path, "LevirCCcaptions.json")[:1]
    images = _list(_get(_load(file), "images"))
    entries = [(str(image.get("split", "")), image) for image in images]
    flags = {
        str(image["filename"]): bool(image["changeflag"])
        for image in images
        if "filename" in image and "changeflag" in image
    }
    return _collected("LEVIR-CC", LEVIR, entries, _levir, flags)


def read_cdvqa(path: Path) -> QuestionSet:
    """CDVQA: `<part>_questions.json`, `<part>_answers.json` and `<part>_images.json` of a part.

    Args:
        path: the questions of one part, or a folder that holds those of several.
    """
    entries = [entry for file in _files(path, "*_questions.json") for entry in _joined(file)]
    return _collected("CDVQA", CDVQA, entries, _cdvqa, {})


def read_disasterm3(path: Path) -> QuestionSet:
    """DisasterM3: lists of `prompts`, `task`, `ground_truth` and options, as benchmark files."""
    entries = [
        (str(entry.get("task", "")), entry)
        for file in _files(path, "*.json")
        for entry in _list(_load(file))
    ]
    return _collected("DisasterM3", DISASTERM3, entries, _disasterm3, {})


READERS: Mapping[str, Callable[[Path], QuestionSet]] = {
    "changechat": read_changechat, "levir": read_levir_captions, "cdvqa": read_cdvqa,
    "disasterm3": read_disasterm3,
}  # fmt: skip


def _collected(
    name: str,
    source: str,
    entries: Sequence[tuple[str, Entry]],
    read: Callable[[str, Entry], Iterator[Asked]],
    flags: Mapping[str, bool],
) -> QuestionSet:
    """The questions of all usable entries; what cannot be used is counted."""
    found: list[Asked] = []
    skipped: Counter[str] = Counter()
    for kind, entry in entries:
        try:
            found += read(kind, entry)
        except _Unusable as reason:
            skipped[str(reason)] += 1
        except (KeyError, TypeError, IndexError, AttributeError):
            skipped["an entry of another form"] += 1
    if not found:
        msg = f"No question of {name} was found."
        raise InputError(msg, hint="Give the folder or the file as the dataset publishes it.")
    return QuestionSet(name, source, tuple(found), flags, dict(skipped))


def _changechat_kind(file: Path) -> str:
    ending = file.stem.removeprefix("changechat_105k_").removeprefix("test").removeprefix("train")
    return TYPES.get(ending.strip("_"), ending.strip("_"))


def _changechat(kind: str, entry: Entry) -> Iterator[Asked]:
    if "captions" in entry:
        pair = _text(entry["image_A"])
        yield Asked(f"{kind} {pair}", pair, kind, CAPTION_QUERY, _texts(entry["captions"]))
        return
    pair, turns = _text(entry["image"][0]), entry["conversations"]
    asked = [turn for turn in turns if turn["from"] == "human"]
    said = [turn for turn in turns if turn["from"] == "gpt"]
    if not asked or len(asked) != len(said):
        msg = "a conversation without an answer to each question"
        raise _Unusable(msg)
    for number, (question, answer) in enumerate(zip(asked, said, strict=True)):
        query = _text(str(question["value"]).replace("<image>", " "))
        name = f"{kind} {entry.get('id', pair)} {number}"
        yield Asked(name, pair, kind, query, (_text(answer["value"]),), turn=number)


def _levir(split: str, entry: Entry) -> Iterator[Asked]:
    pair = _text(entry["filename"])
    captions = _texts([sentence["raw"] for sentence in entry["sentences"]])
    if not captions:
        msg = "a pair without a caption"
        raise _Unusable(msg)
    yield Asked(f"{split} {pair}", pair, "caption", CAPTION_QUERY, captions)


def _joined(questions: Path) -> Iterator[tuple[str, Entry]]:
    """Questions of one part with their answer and the name of their image."""
    part = questions.name.removesuffix("_questions.json")
    tables = {
        name: _list(_get(_load(questions.with_name(f"{part}_{name}.json")), name))
        for name in ("questions", "answers", "images")
    }
    answers = {one.get("question_id"): one.get("answer") for one in tables["answers"]}
    images = {one.get("id"): one.get("file_name") for one in tables["images"]}
    for one in tables["questions"]:
        if one.get("active", True):
            yield part, {**one, "answer": answers.get(one.get("id")),
                         "pair": images.get(one.get("img_id"))}  # fmt: skip


def _cdvqa(part: str, entry: Entry) -> Iterator[Asked]:
    if entry["answer"] is None or entry["pair"] is None:
        msg = "a question without an answer or an image"
        raise _Unusable(msg)
    name, pair = f"{part} {entry['id']}", _text(entry["pair"])
    answer = (_text(entry["answer"]),)
    yield Asked(name, pair, _text(entry["type"]), _text(entry["question"]), answer)


def _disasterm3(task: str, entry: Entry) -> Iterator[Asked]:
    truth = entry.get("ground_truth")
    if not isinstance(truth, str | int | float) or str(truth).lower().endswith((".png", ".tif")):
        msg = "a task that is answered by a mask"
        raise _Unusable(msg)
    options = _texts(entry.get("options_list") or [])
    pair = _text(str(entry["pre_image_path"]).replace("\\", "/"))
    name = f"{task} {pair} {_text(entry['prompts'])[:80]}"
    answers = _texts([truth, entry.get("ground_truth_option") or ""])
    yield Asked(name, pair, _text(task), _text(entry["prompts"]), answers, options)


def _files(path: Path, pattern: str) -> list[Path]:
    """The file, or the files of a folder whose names fit."""
    found = [path] if path.is_file() else sorted(path.rglob(pattern)) if path.is_dir() else []
    if not found:
        msg = f"There is no file {pattern!r} at {clean(path.name)!r}."
        raise InputError(msg, hint="Give the folder or the file as the dataset publishes it.")
    return found


def _load(file: Path) -> Any:
    try:
        if file.stat().st_size > MOST_BYTES:
            msg = f"{clean(file.name)!r} is too large for a set of questions."
            raise InputError(msg, hint="Give one part of the dataset.")
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        msg = f"{clean(file.name)!r} cannot be read as JSON."
        raise InputError(msg, hint="Give the file as the dataset publishes it.") from error


def _get(content: Any, name: str) -> Any:
    return content.get(name) if isinstance(content, Mapping) else None


def _list(content: Any) -> list[Entry]:
    """The entries of a list; nothing of anything else."""
    return [one for one in content if isinstance(one, Mapping)] if isinstance(content, list) else []


def _text(value: Any) -> str:
    return clean(str(value), limit=TEXT_LIMIT)


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(text for value in values if (text := _text(value)))
