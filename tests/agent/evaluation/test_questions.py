"""The table of questions: what is read, and that a broken one gets one clear sentence."""

import pytest

from agent.evaluation.questions import COLUMNS, Pattern, patterns, read, sample
from errors import InputError

HEAD = ",".join(COLUMNS)
ROW = (
    'q1,tuning,en,suburb,,How many new buildings?,count_objects,"{""subject"": ""building""}",'
    "object_count|building|appeared|north|3,"
)


def table(tmp_path, *rows, head=HEAD):
    path = tmp_path / "questions.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return path


def test_a_row_becomes_a_question(tmp_path):
    (question,) = read(table(tmp_path, ROW))
    assert (question.id, question.scene, question.tool) == ("q1", "suburb", "count_objects")
    assert question.arguments == {"subject": "building"}
    assert question.facts == (Pattern("object_count", "building", "appeared", "north", "3"),)
    assert question.kind == "count_objects"


def test_a_row_may_name_several_tools_or_reasons_that_are_equally_right(tmp_path):
    two = (
        ROW.replace("count_objects", "count_objects|detect_change"),
        "q2,g,en,s,,Why?,,,,cause|language",
    )
    asked, refused = read(table(tmp_path, *two))
    assert (asked.tool, asked.kind) == ("count_objects|detect_change", "count_objects")
    assert (refused.refusal, refused.kind) == ("cause|language", "refusal")


def test_empty_and_starred_cells_of_a_pattern_fit_any():
    assert patterns("a||x ; b|*|*|north") == (Pattern("a", "", "x"), Pattern("b", region="north"))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("q1,g,en,s,,Why?,,not json,,", "arguments in row 2"),
        ("q1,g,en,s,,Why?,,[],,", "arguments in row 2"),
        ("q1,g,en,s,,Why?,,,,because", "expects the refusal 'because'"),
        ("q1,g,en,s,,Why?,,,,cause|because", "expects the refusal 'cause.because'"),
        ("q1,g,en,s,q0,And there?,,,,", "'q1' has no id of its own, or follows none"),
        (",g,en,s,,Why?,,,,", "has no id"),
    ],
)
def test_a_broken_row_is_named(tmp_path, row, words):
    with pytest.raises(InputError, match=words):
        read(table(tmp_path, row))


def test_a_dialogue_stays_with_one_scene(tmp_path):
    with pytest.raises(InputError, match="q2"):
        read(table(tmp_path, ROW, "q2,tuning,en,fields,q1,And there?,,,,"))


def test_a_missing_column_is_named(tmp_path):
    with pytest.raises(InputError, match="no column 'refusal'"):
        read(table(tmp_path, head=HEAD.removesuffix(",refusal")))


def test_what_is_no_text_is_refused(tmp_path):
    path = tmp_path / "questions.csv"
    path.write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(InputError):
        read(path)


def test_a_sample_takes_whole_dialogues(tmp_path):
    rows = [f"q{n},g,en,s,{before},Why?,,,,cause"
            for n, before in enumerate(["", "q0", "", "q2", "q1", ""])]  # fmt: skip
    asked = read(table(tmp_path, *rows))
    assert [one.id for one in sample(asked, 2)] == ["q0", "q1", "q4", "q5"]
    assert sample(asked, 1) == asked
