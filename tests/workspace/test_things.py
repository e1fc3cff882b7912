import pytest

from errors import LimitError, NotFoundError, UnreadableAoiError
from tests.workspace import steps
from tests.workspace.steps import ANN, BOB, SQUARE
from workspace import database, projects, things
from workspace.things import KeptThing

pytestmark = pytest.mark.usefixtures("limits", "extra_kinds")


@pytest.fixture
def project(tmp_path):
    return steps.project(tmp_path)


def thing(project, **changes):
    about = {"scene": project.pre, "geometry": SQUARE, "area_m2": 40.0, "score": 0.9}
    return KeptThing(**about | {"segmenter": "graph"} | changes)


def names(project, **where):
    return [one.name for one in things.listed(ANN, project.id, **where)]


def test_kept_things_have_numbers_names_and_their_scene(project):
    first, second = things.keep(
        ANN, project.id, [thing(project), thing(project, name="Silo\x07 1")]
    )
    (third,) = things.keep(ANN, project.id, [thing(project, scene=project.post, label="tank")])
    assert [first.id, second.id, third.id] == [1, 2, 3]
    assert names(project) == ["Thing 1", "Silo 1", "Thing 3"]
    assert things.listed(ANN, project.id, scene=project.post) == (third,)
    assert (third.label, third.geometry, third.area_m2) == ("tank", SQUARE, 40.0)


def test_every_step_can_be_taken_back_and_a_number_is_not_given_twice(project):
    things.keep(ANN, project.id, [thing(project), thing(project)])
    things.rename(ANN, project.id, 2, name="Mill", label="building")
    things.reshape(ANN, project.id, 2, moved(SQUARE), area_m2=7.0)
    things.remove(ANN, project.id, [1, 2])
    assert names(project) == []
    assert things.keep(ANN, project.id, [thing(project)])[0].id == 3
    seen = []
    while things.can_undo(ANN, project.id):
        things.undo(ANN, project.id)
        last = things.listed(ANN, project.id)[-1:]
        seen.append([(one.name, one.label, one.area_m2) for one in last])
    assert seen == [
        [],
        [("Mill", "building", 7.0)],
        [("Mill", "building", 40.0)],
        [("Thing 2", "", 40.0)],
        [],
    ]
    things.undo(ANN, project.id)


def moved(square):
    (ring,) = square["coordinates"]
    return {"type": "Polygon", "coordinates": [[[lon + 0.001, lat] for lon, lat in ring]]}


def test_nobody_else_sees_or_changes_them(project):
    things.keep(ANN, project.id, [thing(project)])
    for attempt in (
        lambda: things.listed(BOB, project.id),
        lambda: things.keep(BOB, project.id, [thing(project)]),
        lambda: things.rename(BOB, project.id, 1, name="x", label=""),
        lambda: things.remove(BOB, project.id, [1]),
        lambda: things.undo(BOB, project.id),
        lambda: things.can_undo(BOB, project.id),
    ):
        with pytest.raises(NotFoundError):
            attempt()
    assert names(project) == ["Thing 1"]


def test_what_is_not_there_cannot_be_changed(project):
    things.keep(ANN, project.id, [thing(project)])
    for gone in ([2], [1, 2], []):
        with pytest.raises(NotFoundError, match="no such thing"):
            things.remove(ANN, project.id, gone)
    assert names(project) == ["Thing 1"]


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "Polygon", "coordinates": [[[float("nan"), 1]] * 4]},
        {"type": "Polygon", "coordinates": "x"},
        None,
    ],
)
def test_an_outline_that_is_no_polygon_is_refused_and_nothing_is_kept(project, geometry):
    with pytest.raises(UnreadableAoiError, match="not a polygon"):
        things.keep(ANN, project.id, [thing(project), thing(project, geometry=geometry)])
    assert names(project) == []


def test_a_project_has_room_for_a_number_of_things(project, monkeypatch):
    monkeypatch.setattr(things, "MAX_THINGS", 2)
    things.keep(ANN, project.id, [thing(project)])
    with pytest.raises(LimitError, match="can keep 2 things; these would be 3"):
        things.keep(ANN, project.id, [thing(project), thing(project)])
    assert names(project) == ["Thing 1"]


def test_they_go_with_their_project(project):
    things.keep(ANN, project.id, [thing(project)])
    projects.delete(ANN, project.id)
    rows = database.connect().execute("SELECT COUNT(*) FROM thing_steps").fetchone()
    assert rows[0] == 0
