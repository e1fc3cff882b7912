import pytest

from analysis.accuracy import Confusion, ObjectMatch
from benchmarks.accuracy import document, tables
from benchmarks.accuracy.checks import Checks
from benchmarks.accuracy.measuring import SetScores, from_json
from benchmarks.accuracy.recipes import AXES, UNDISTURBED, recipes
from benchmarks.accuracy.sets import LabelledSet
from benchmarks.accuracy.tables import Measured
from errors import InputError
from services.evaluate import Scored
from services.labelled_pairs import LabelledPair


def scored(counts, *, name="cva", objects=None, flagged_px=5, valid_px=1000, seconds=0.001):
    return Scored("p", name, counts, objects, flagged_px, valid_px, 0.5, seconds)


def labelled_set(name, kind, pairs=1, **where):
    one = LabelledPair("p", "pre", "post", None)
    return LabelledSet(name, kind, (one,) * pairs, **where)


def measured(*entries, detectors=("cva", "auto"), checks=None, missing=()):
    sets = tuple(dict.fromkeys(one for one, _scores in entries))
    scores = {(found.detector, found.set_name): found for _one, found in entries}
    return Measured(sets, detectors, scores, checks or {}, missing)


def cells(table, row):
    return [cell.strip() for cell in table.splitlines()[2 + row].strip("|").split("|")]


TOWNS = labelled_set("towns", "changed", 2)


def test_a_row_of_a_labelled_set_pools_pixels_and_objects():
    rows = (
        scored(Confusion(6, 2, 2, 990), objects=ObjectMatch(2, 4, 2)),
        scored(Confusion(6, 2, 2, 990), objects=ObjectMatch(1, 2, 2)),
    )
    found = measured((TOWNS, SetScores("cva", "towns", rows)))
    assert cells(tables.labelled(found), 0) == [
        "towns", "cva", "2", "0.750", "0.750", "0.750", "0.75 to 0.75", "0.600",
        "0.500", "0.750", "0.600", "0.50%",
    ]  # fmt: skip


def test_a_detector_that_refuses_a_set_keeps_its_row_and_says_why():
    refused = SetScores("cva", "towns", (), (("a", "No bands."), ("b", "No bands.")))
    found = measured((TOWNS, refused))
    assert cells(tables.labelled(found), 0)[:4] == ["towns", "cva", "0 of 2", tables.NONE]
    assert tables.refusals(found) == "* `cva`: No bands. towns (2)."


def test_rows_that_nobody_measured_are_left_out():
    calm = labelled_set("calm", "unchanged")
    still, at_two = curve_sets()
    found = Measured((calm, still, at_two), ("cva",), {}, {})
    assert len(tables.unchanged(found).splitlines()) == 2
    assert len(tables.robustness(found).splitlines()) == 2


def test_auto_says_what_it_chose():
    rows = (scored(Confusion(1, 0, 0, 9), name="cva"), scored(Confusion(1, 0, 0, 9), name="irmad"))
    found = measured((TOWNS, SetScores("auto", "towns", (*rows, rows[1]))))
    assert cells(tables.labelled(found), 0)[1] == "auto (irmad 2, cva 1)"


def test_unchanged_pairs_give_the_pooled_and_the_worst_share():
    calm = labelled_set("calm", "unchanged", 2)
    rows = (scored(None, flagged_px=10), scored(None, flagged_px=0))
    found = measured((calm, SetScores("cva", "calm", rows)), (calm, SetScores("auto", "calm", ())))
    assert cells(tables.unchanged(found), 0) == ["calm", "2", "0.50% (1.00%)", tables.NONE]


def curve_sets():
    at_two = labelled_set("shift, px 2", "curve", axis="shift, px", level="2")
    still = labelled_set(UNDISTURBED, "curve", level=UNDISTURBED)
    return still, at_two


def test_the_undisturbed_pairs_are_the_neutral_level_of_every_curve():
    still, at_two = curve_sets()
    found = measured(
        (still, SetScores("cva", UNDISTURBED, (scored(Confusion(8, 2, 2, 98)),))),
        (at_two, SetScores("cva", "shift, px 2", (scored(Confusion(6, 4, 4, 96)),))),
    )
    for axis, level in (("shift, px", "0"), ("gain", "1"), ("haze", "0"), ("GSD ratio", "1")):
        assert tables.curve_point(found, "cva", axis, level) == (0.8, 0.02)
    assert tables.curve_point(found, "cva", "shift, px", "2") == (0.6, 0.04)
    assert tables.curve_point(found, "auto", "shift, px", "2") == (None, None)


def test_every_level_but_one_of_each_curve_is_rendered():
    made = {(one.axis, one.level) for one in recipes() if one.axis}
    for axis, levels in AXES.items():
        assert len([level for level in levels if (axis, level) not in made]) == 1
    assert {axis for axis, _level in made} == AXES.keys()


def test_control_rows_say_the_change_by_a_shift_in_points():
    still, at_two = curve_sets()
    checks = Checks("cva", 2, 0, 3, 0.00012, 4, 900, 0, 1048576, 1.234, 0.987, 285128)
    found = measured(
        (still, SetScores("cva", UNDISTURBED, (scored(Confusion(8, 2, 2, 98)),))),
        (at_two, SetScores("cva", "shift, px 2", (scored(Confusion(6, 4, 4, 96)),))),
        checks={"cva": checks, "auto": None},
    )
    assert cells(tables.controls(found), 0) == [
        "cva", "2", "0", "3", "0.0001", "4 of 900", "-20.0 points", "0 of 1048576", "1.23",
        "0.99", "285,128",
    ]  # fmt: skip
    assert cells(tables.controls(found), 1)[:2] == ["auto", tables.REFUSED]


def test_scores_survive_being_kept():
    rows = (scored(Confusion(1, 2, 3, 4), objects=ObjectMatch(1, 2, 3)), scored(None))
    kept = SetScores("cva", "towns", rows, (("b", "No bands."),))
    assert from_json(kept.as_json()) == kept


def test_only_what_lies_between_the_marks_is_replaced(tmp_path):
    results = tmp_path / "RESULTS.md"
    results.write_text(f"# Head\n\n{document.BEGIN}\nold\n{document.END}\n\n## Speed\n")
    document.update(results, "new")
    document.update(results, "new")
    text = results.read_text()
    assert text == f"# Head\n\n{document.BEGIN}\n\nnew\n\n{document.END}\n\n## Speed\n"


@pytest.mark.parametrize("text", ["", document.BEGIN, document.END + document.BEGIN])
def test_a_file_without_marks_is_left_as_it_is(tmp_path, text):
    results = tmp_path / "RESULTS.md"
    results.write_text(text)
    with pytest.raises(InputError, match="lacks the marks"):
        document.update(results, "new")
    assert results.read_text() == text


def test_the_section_holds_every_table_and_names_what_is_missing():
    rows = (scored(Confusion(6, 2, 2, 990)),)
    found = measured((TOWNS, SetScores("cva", "towns", rows)), missing=(("sam", "No weights."),))
    text = document.section(found, "curves.svg")
    assert "$" not in text
    assert "| towns | cva |" in text
    assert "* `sam`: No weights." in text
    assert "(curves.svg)" in text
