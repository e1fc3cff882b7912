import shapely

from analysis.count_result import Counter, CountResult
from analysis.edits import Edited
from analysis.ledger import Found, Look, match
from analysis.things import drawn
from raster.grid import Grid
from services import count_view
from tests import scenes

GRID = Grid(scenes.UTM33, scenes.transform(), 200, 200)


def box(left, top, width, height):
    east, north = scenes.ORIGIN
    return shapely.box(east + left, north - top - height, east + left + width, north - top)


def counted(pre, post, looks=None):
    """A count of boxes, matched as a run would."""
    pre_things = drawn(pre, GRID.crs, first_id=1)
    post_things = drawn(post, GRID.crs, first_id=1 + len(pre))
    found = Found(GRID, pre_things, post_things, looks or {})
    blank = {"run": {}, "tally": None, "within": None, "facts": (), "caption": ""}
    return CountResult(
        counter=Counter("x", "X", "house", "houses"),
        edited=Edited(found, {2: "accepted"}),
        ledger=match(found),
        area=GRID,
        scenes=("pre.tif", "post.tif"),
        **blank,
    )


def test_changes_come_first_and_each_row_says_where_it_stands():
    result = counted(
        [box(10, 10, 10, 10), box(60, 60, 8, 8)], [box(10, 10, 10, 10), box(100, 5, 6, 6)]
    )
    rows = count_view.rows(result)
    assert [(row.state, row.id) for row in rows] == [("appeared", 4), ("vanished", 2), ("kept", 1)]
    assert [bool(row.pre_area_m2) for row in rows] == [False, True, True]
    assert [[thing.date for thing in row.things] for row in rows] == [
        ["post"],
        ["pre"],
        ["pre", "post"],
    ]
    assert rows[1].decision == "accepted"


def test_outlines_of_two_dates_are_told_apart_and_one_known_from_the_other_is_not():
    result = counted(
        [box(10, 10, 10, 10), box(60, 60, 8, 8)],
        [box(11, 10, 10, 10)],
        {2: Look(0.9, 0.9, "present")},
    )
    sides = {}
    for feature in count_view.features(result):
        about = feature["properties"]
        sides.setdefault(about["id"], []).append(about.get("side"))
    assert sides == {1: ["left", "right"], 2: [None]}
    (row,) = [row for row in count_view.rows(result) if row.id == 2]
    assert [(one.date, one.is_outlined) for one in row.things] == [("pre", True), ("post", False)]


def test_an_outline_is_in_degrees_where_the_thing_is():
    result = counted([box(10, 20, 10, 10)], [])
    outline = shapely.geometry.shape(count_view.outline(result, 1))
    west, south, east, north = outline.bounds
    assert 14.9 < west < east < 15.1
    assert 48.7 < south < north < 48.8
