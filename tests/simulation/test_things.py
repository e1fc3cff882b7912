"""What is seen of a place: labels agree with outlines, and what is covered belongs to the cover."""

from dataclasses import replace

import numpy as np
import pytest
from shapely import contains_xy
from shapely.geometry import Polygon, box

from simulation import pair, things
from simulation.events import Story
from simulation.nuisances import Look, Nuisances
from simulation.pair import PairSpec
from simulation.plan import Area, Building, Part, Plan, Rows, Site, Trees
from simulation.things import Seen, see

SUBURB = PairSpec(5, "suburb", (160, 176), 0.5)


@pytest.fixture(scope="module")
def suburb() -> Seen:
    return see(SUBURB)


def staged(monkeypatch: pytest.MonkeyPatch, **parts: object) -> Seen:
    """A picture of 100 x 100 m at 1 m of a plan made by hand; its view begins at (16, 16) m."""
    site = Site(132.0, 132.0, 1.0)
    plan = Plan(site, "soil", **parts)  # type: ignore[arg-type]
    story = Story(plan, (), box(16, 16, 116, 116))
    monkeypatch.setattr(pair, "tell", lambda _spec: story)
    return see(PairSpec(1, "suburb", (100, 100), 1.0))


def house(x: float, y: float, length: float, width: float, **more: object) -> Building:
    part = Part((x + 16, y + 16), length, width, 0.0, 4.0)
    return Building("house", (part,), "tile_red", **more)  # type: ignore[arg-type]


def of_kind(seen: Seen, kind: str) -> list[things.Thing]:
    return [thing for thing in seen.things if thing.kind == kind]


def test_the_same_spec_gives_the_same_things(suburb: Seen) -> None:
    again = see(SUBURB)
    assert np.array_equal(suburb.labels, again.labels)
    assert np.array_equal(suburb.picture, again.picture)
    assert suburb.things == again.things


def test_the_picture_is_the_one_of_the_rendered_pair(suburb: Seen) -> None:
    assert np.array_equal(suburb.picture, pair.render(SUBURB).pre)


def test_every_label_is_a_thing_and_every_thing_is_seen(suburb: Seen) -> None:
    ids = np.unique(suburb.labels[suburb.labels > 0])
    assert [thing.id for thing in suburb.things] == ids.tolist()
    assert [thing.pixels for thing in suburb.things] == np.bincount(suburb.labels.ravel())[
        1:
    ].tolist()


def test_buildings_lie_inside_their_outlines_and_fill_what_nothing_covers(suburb: Seen) -> None:
    # Independent route: point in polygon at pixel centres, not rasterising.
    rows, cols = np.mgrid[: suburb.labels.shape[0], : suburb.labels.shape[1]]
    crowns = np.isin(suburb.labels, [tree.id for tree in of_kind(suburb, "tree")])
    buildings = of_kind(suburb, "building")
    assert len(buildings) > 3
    for thing in buildings:
        inside = contains_xy(thing.polygon, cols + 0.5, rows + 0.5)
        labelled = suburb.labels == thing.id
        assert not (labelled & ~inside).any()
        hard = np.isin(
            suburb.labels, [t.id for t in suburb.things if t.kind in {"vehicle", "building"}]
        )
        assert (labelled | crowns | hard)[inside].all()


def test_the_roof_that_is_painted_later_covers_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = staged(monkeypatch, buildings=(house(30, 30, 20, 10), house(40, 30, 20, 10)))
    first, second = of_kind(seen, "building")
    assert (first.pixels, second.pixels) == (100, 200)
    assert first.polygon is not None
    assert first.polygon.area == pytest.approx(200)


def test_a_crown_covers_the_roof_under_it(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = Trees.planted(np.array([[46.0, 46.0]]), np.array([5.0]), np.array([False]))
    seen = staged(monkeypatch, buildings=(house(30, 30, 20, 20),), trees=tree)
    (roof,), (crown,) = of_kind(seen, "building"), of_kind(seen, "tree")
    assert roof.pixels + crown.pixels == 400
    assert crown.pixels == pytest.approx(np.pi * 25, rel=0.15)


def test_what_is_wholly_hidden_is_no_thing(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = staged(monkeypatch, buildings=(house(30, 30, 8, 8), house(30, 30, 20, 20)))
    assert [thing.pixels for thing in of_kind(seen, "building")] == [400]


def test_fields_are_apart_but_water_that_touches_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    furrows = Rows(0.0, 4.0, 0.05)
    areas = (
        Area(box(20, 20, 40, 40), "crop", rows=furrows),
        Area(box(40, 20, 60, 40), "crop", rows=furrows),
        Area(box(20, 60, 40, 80), "lake"),
        Area(box(40, 60, 60, 80), "river"),
    )
    seen = staged(monkeypatch, areas=areas)
    assert [thing.pixels for thing in of_kind(seen, "field")] == [400, 400]
    assert [thing.pixels for thing in of_kind(seen, "water")] == [800]


def test_paint_on_a_road_is_road(monkeypatch: pytest.MonkeyPatch) -> None:
    areas = (Area(box(20, 50, 100, 60), "asphalt"), Area(box(30, 54, 90, 56), "paint"))
    assert [thing.pixels for thing in of_kind(staged(monkeypatch, areas=areas), "road")] == [800]


def test_slivers_of_ground_are_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    areas = (Area(box(20, 20, 25, 27), "grass"), Area(box(40, 40, 60, 60), "grass"))
    assert [thing.pixels for thing in of_kind(staged(monkeypatch, areas=areas), "lawn")] == [400]


def test_rubble_is_no_building_at_the_later_date(monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(132.0, 132.0, 1.0)
    plan = Plan(site, "soil", buildings=(house(30, 30, 20, 20, damage="rubble"),))
    monkeypatch.setattr(pair, "tell", lambda _spec: Story(plan, (), box(16, 16, 116, 116)))
    spec = PairSpec(1, "suburb", (100, 100), 1.0)
    assert [thing.kind for thing in see(spec, "pre").things] == ["building"]
    assert see(spec, "post").things == ()


def test_misregistration_does_not_move_the_picture_off_its_labels() -> None:
    moved = replace(SUBURB, nuisances=Nuisances(shift_px=(9.0, 4.0), warp_px=2.0))
    assert np.array_equal(see(moved, "post").picture, see(SUBURB, "post").picture)


def test_what_was_not_observed_is_zero() -> None:
    seen = see(replace(SUBURB, nuisances=Nuisances(pre=Look(nodata_share=0.3))))
    assert 0.2 < 1 - seen.valid.mean() < 0.4
    assert (seen.picture[:, ~seen.valid] == 0).all()
    assert (seen.picture[:, seen.valid] > 0).all()


def test_an_empty_plan_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = staged(monkeypatch, areas=(Area(Polygon(), "grass"),))
    assert seen.things == ()
    assert not seen.labels.any()
