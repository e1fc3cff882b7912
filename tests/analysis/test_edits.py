"""Corrections change exactly what they say, keep ids, and are hostile input until checked."""

import json
from collections import Counter

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.edits import MAX_VERTICES, apply, read
from analysis.ledger import match
from errors import InputError
from tests.ledgers import ABSENT, CORNER, NOT_SEEN, PRESENT, found, lonlat, rectangle

WITHIN = lonlat(rectangle(-5, -5, 200, 200))


def edit(kind, things=(), dates=(), shapes=(), **more):
    mapped = [shapely.geometry.mapping(lonlat(one)) for one in shapes]
    return read({"kind": kind, "things": [*things], "dates": [*dates], "shapes": mapped, **more})


def counted(scene, *edits):
    counts = match(apply(edits, scene, within=WITHIN).found).counts()
    return counts.pre, counts.post, counts.appeared, counts.vanished, counts.kept


def line(*corners):
    return shapely.LineString([(CORNER[0] + x, CORNER[1] - y) for x, y in corners])


def test_a_thing_rejected_at_one_date_is_gone_and_its_partner_is_new():
    """The look at the rejected thing's date said `present`, because it saw what was rejected."""
    scene = found([(0, 0)], [(1, 0)], looks={1: PRESENT, 2: PRESENT})
    assert counted(scene) == (1, 1, 0, 0, 1)
    assert counted(scene, edit("reject", [1])) == (0, 1, 1, 0, 0)
    assert counted(scene, edit("reject", [2], ["post"])) == (1, 0, 0, 1, 0)
    assert counted(scene, edit("reject", [1]), edit("reject", [2])) == (0, 0, 0, 0, 0)


def test_rejecting_leaves_things_elsewhere_alone():
    scene = found([(0, 0)], [(40, 0)], looks={1: ABSENT, 2: PRESENT})
    assert counted(scene, edit("reject", [1])) == (1, 1, 0, 0, 1)


def test_a_verdict_on_the_other_date_can_be_given_and_taken_back():
    scene = found([(0, 0)], [], looks={1: PRESENT})
    gone = edit("reject", [1], ["post"])
    assert counted(scene, gone) == (1, 0, 0, 1, 0)
    assert counted(scene, gone, edit("accept", [1], ["post"])) == (1, 1, 0, 0, 1)


def test_a_later_verdict_counts_more_than_an_earlier_rejection_in_the_same_place():
    scene = found([(0, 0)], [(1, 0)], looks={1: PRESENT, 2: PRESENT})
    rejected, confirmed = edit("reject", [1]), edit("accept", [2], ["pre"])
    assert counted(scene, rejected, confirmed) == (1, 1, 0, 0, 1)
    assert counted(scene, confirmed, rejected) == (0, 1, 1, 0, 0)


def test_what_was_not_seen_can_be_judged_by_a_person():
    scene = found([(0, 0)], [], looks={1: NOT_SEEN})
    assert counted(scene) == (0, 0, 0, 0, 0)
    assert counted(scene, edit("reject", [1], ["post"])) == (1, 0, 0, 1, 0)
    assert counted(scene, edit("accept", [1], ["post"])) == (1, 1, 0, 0, 1)


def test_accepting_changes_no_number_and_is_remembered():
    scene = found([(0, 0)], [(60, 0)])
    done = apply([edit("accept", [1])], scene)
    assert match(done.found) == match(scene)
    assert (done.decisions, done.drawn) == ({1: "accepted"}, frozenset())


def test_a_redrawn_thing_keeps_its_id_and_gets_the_size_of_its_outline():
    scene = found([(0, 0)], [(0, 0)])
    done = apply([edit("redraw", [2], shapes=[rectangle(0, 0, 20, 10)])], scene, within=WITHIN)
    (thing,) = done.found.post
    assert (thing.id, done.decisions, done.drawn) == (2, {2: "redrawn"}, {2})
    assert thing.area_m2 == pytest.approx(200, rel=2e-3)
    assert match(done.found).entries[0].state == "grown"
    assert done.found.pre == scene.pre


def test_an_outline_of_a_model_that_an_analyst_asked_is_not_drawn_by_hand():
    shapes = [rectangle(0, 0, 20, 10)]
    done = apply([edit("redraw", [1], shapes=shapes, source="model")], found([(0, 0)]))
    assert (done.drawn, done.decisions) == (frozenset(), {1: "redrawn"})


def test_a_line_across_a_thing_makes_two_that_inherit_its_look():
    scene = found([(0, 0, 20, 10)], [], looks={1: PRESENT})
    done = apply([edit("split", [1], shapes=[line((8, -3), (8, 13))])], scene, within=WITHIN)
    assert [thing.id for thing in done.found.pre] == [2, 3]
    areas = [thing.area_m2 for thing in done.found.pre]
    assert areas == pytest.approx([120, 80], rel=5e-3)
    assert match(done.found).counts().kept == 2


def test_a_thing_can_be_split_into_parts_that_were_drawn():
    parts = [rectangle(0, 0, 9, 10), rectangle(11, 0, 9, 10)]
    scene = found([], [(0, 0, 20, 10)])
    assert counted(scene, edit("split", [1], shapes=parts)) == (0, 2, 2, 0, 0)


def test_things_of_one_date_become_one():
    scene = found([(0, 0), (10, 0)], [(0, 0, 20, 10)], looks={1: ABSENT})
    assert counted(scene) == (2, 1, 0, 1, 1)
    done = apply([edit("merge", [1, 2])], scene)
    assert [thing.id for thing in done.found.pre] == [4]
    assert match(done.found).entries[0].state == "kept"


def test_a_thing_is_added_at_one_date_or_at_both():
    scene = found([], [])
    new = [rectangle(50, 50)]
    assert counted(scene, edit("add", dates=["post"], shapes=new)) == (0, 1, 1, 0, 0)
    assert counted(scene, edit("add", dates=["pre"], shapes=new)) == (1, 0, 0, 1, 0)
    assert counted(scene, edit("add", dates=["pre", "post"], shapes=new)) == (1, 1, 0, 0, 1)


def test_a_rejected_outline_is_kept_apart_with_its_date():
    done = apply([edit("reject", [2])], found([(0, 0)], [(60, 0)]))
    assert [(date, thing.id) for date, thing in done.rejected] == [("post", 2)]
    assert done.decisions == {2: "rejected"}


ANY = st.sampled_from(
    [
        edit("reject", [1]), edit("reject", [2], ["post"]), edit("accept", [3], ["pre"]),
        edit("add", dates=["post"], shapes=[rectangle(90, 90)]),
        edit("add", dates=["pre", "post"], shapes=[rectangle(90, 20)]),
        edit("split", [4], shapes=[line((65, -3), (65, 13))]), edit("merge", [1, 2]),
        edit("redraw", [3], shapes=[rectangle(1, 1, 12, 12)]),
    ]
)  # fmt: skip


@settings(max_examples=60)
@given(edits=st.lists(ANY, max_size=6))
def test_the_arithmetic_closes_after_any_corrections_and_earlier_ids_never_change(edits):
    scene = found([(0, 0), (10, 0)], [(0, 0), (60, 0)], looks={1: PRESENT, 4: NOT_SEEN})
    done, last = [], apply([], scene)
    for one in edits:
        try:
            now = apply([*done, one], scene, within=WITHIN)
        except InputError:
            continue
        done.append(one)
        counts = match(now.found).counts()
        assert counts.pre + counts.appeared - counts.vanished == counts.post
        assert counts.kept == counts.pre - counts.vanished
        named = set(one.things)
        for side in ("pre", "post"):
            before = {thing.id: thing for thing in getattr(last.found, side)}
            after = {thing.id: thing for thing in getattr(now.found, side)}
            assert before.keys() - after.keys() <= named
            fresh = after.keys() - before.keys()
            assert not fresh & {thing.id for _date, thing in last.rejected}
            assert all(after[number] == before[number] for number in before.keys() & after.keys()
                       if number not in named)  # fmt: skip
        last = now


def test_the_same_corrections_give_the_same_result_and_taking_back_gives_the_one_before():
    scene = found([(0, 0, 20, 10)], [(60, 0)])
    first = edit("split", [1], shapes=[line((8, -3), (8, 13))])
    second = edit("add", dates=["post"], shapes=[rectangle(90, 90)])
    assert match(apply([first, second], scene).found) == match(apply([first, second], scene).found)
    ids = Counter(thing.id for thing in apply([first, second], scene).found.post)
    assert ids == {2: 1, 5: 1}
    assert match(apply([first], scene).found).counts().post == 1


def test_a_correction_survives_json_with_who_and_when():
    made = read(
        edit("split", [1], shapes=[line((8, -3), (8, 13))]).as_json(), by="ann", at_utc="2026-01-02"
    )
    again = read(json.loads(json.dumps(made.as_json())))
    assert again == made
    assert (again.by, again.at_utc) == ("ann", "2026-01-02")


def test_who_did_it_is_cleaned_text():
    assert read({"kind": "reject", "things": [1]}, by="a\u202eb\n" + "x" * 500).by.startswith(
        "ab x"
    )


SQUARE = shapely.geometry.mapping(lonlat(rectangle(50, 50)))
BAD = {
    "nothing": None,
    "a list": [],
    "an unknown kind": {"kind": "explode"},
    "no thing": {"kind": "accept"},
    "two things": {"kind": "reject", "things": [1, 2]},
    "a thing that is a word": {"kind": "accept", "things": ["1"]},
    "a thing that is a truth": {"kind": "accept", "things": [True]},
    "a negative thing": {"kind": "accept", "things": [-1]},
    "a huge thing": {"kind": "accept", "things": [10**30]},
    "things that are no list": {"kind": "accept", "things": {"1": 1}},
    "an unknown date": {"kind": "accept", "things": [1], "dates": ["never"]},
    "a date that is a list": {"kind": "accept", "things": [1], "dates": [["pre"]]},
    "one thing to merge": {"kind": "merge", "things": [1]},
    "a thing merged with itself": {"kind": "merge", "things": [1, 1]},
    "an outline for accept": {"kind": "accept", "things": [1], "shapes": [SQUARE]},
    "a line as outline": {
        "kind": "redraw", "things": [1],
        "shapes": [{"type": "LineString", "coordinates": [[15, 48], [15.1, 48]]}],
    },
    "one part": {"kind": "split", "things": [1], "shapes": [SQUARE]},
    "no date to add": {"kind": "add", "shapes": [SQUARE]},
    "a date twice": {"kind": "add", "dates": ["pre", "pre"], "shapes": [SQUARE]},
    "a point": {"kind": "add", "dates": ["pre"],
                "shapes": [{"type": "Point", "coordinates": [15, 48]}]},
    "no geometry": {"kind": "add", "dates": ["pre"], "shapes": ["POLYGON EMPTY"]},
    "an empty polygon": {"kind": "add", "dates": ["pre"],
                         "shapes": [{"type": "Polygon", "coordinates": []}]},
    "a polygon of words": {"kind": "add", "dates": ["pre"],
                           "shapes": [{"type": "Polygon", "coordinates": [["a", "b"]]}]},
    "not a number": {"kind": "add", "dates": ["pre"], "shapes": [
        {"type": "Polygon", "coordinates": [[[15, 48], [float("nan"), 49], [16, 48], [15, 48]]]}]},
    "off the Earth": {"kind": "add", "dates": ["pre"], "shapes": [
        {"type": "Polygon", "coordinates": [[[15, 48], [999, 49], [16, 48], [15, 48]]]}]},
    "no area": {"kind": "add", "dates": ["pre"], "shapes": [
        {"type": "Polygon", "coordinates": [[[15, 48], [16, 49], [15, 48], [15, 48]]]}]},
    "too many corners": {"kind": "add", "dates": ["pre"], "shapes": [
        {"type": "Polygon", "coordinates": [[[15 + at / 1e6, 48] for at in range(MAX_VERTICES + 1)]
                                            + [[15, 49], [15, 48]]]}]},
    "too many parts": {"kind": "split", "things": [1], "shapes": [SQUARE] * 51},
}  # fmt: skip


@pytest.mark.parametrize("entry", BAD.values(), ids=BAD)
def test_what_is_no_correction_is_refused_with_a_remedy(entry):
    with pytest.raises(InputError) as caught:
        read(entry)
    assert caught.value.hint


IMPOSSIBLE = {
    "an unknown thing": edit("reject", [99]),
    "a thing rejected before": edit("accept", [1]),
    "an outline elsewhere": edit("add", dates=["pre"], shapes=[rectangle(300, 300)]),
    "an outline far away": read({"kind": "add", "dates": ["pre"], "shapes": [
        {"type": "Polygon", "coordinates": [[[-100, -40], [-99, -40], [-99, -39], [-100, -40]]]}]}),
    "a line beside it": edit("split", [2], shapes=[line((90, 0), (90, 10))]),
    "a line that ends in it": edit("split", [2], shapes=[line((65, -3), (65, 5))]),
    "things of two dates": edit("merge", [2, 3]),
}  # fmt: skip


@pytest.mark.parametrize("one", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_a_correction_that_cannot_be_applied_is_refused_with_a_remedy(one):
    scene = found([(0, 0), (60, 0)], [(0, 0)])
    with pytest.raises(InputError) as caught:
        apply([edit("reject", [1]), one], scene, within=WITHIN)
    assert caught.value.hint


def test_an_outline_that_crosses_itself_is_mended():
    bow = {"type": "Polygon", "coordinates": [[[15, 48], [15.1, 48.1], [15.1, 48], [15, 48.1],
                                               [15, 48]]]}  # fmt: skip
    (shape,) = read({"kind": "add", "dates": ["pre"], "shapes": [bow]}).shapes
    assert shape.is_valid
    assert shape.area == pytest.approx(0.005)
