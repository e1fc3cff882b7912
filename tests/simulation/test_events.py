"""Events stay inside the view, apart from each other, and look like ordinary things."""

import numpy as np
import pytest
from shapely.geometry import box

from simulation.events import HANDLERS, LEGEND, Event, happen
from simulation.places import lay_out
from simulation.plan import BUILDING_KINDS, Site

BUILT = ("building_appears", "building_vanishes", "building_grows", "building_damaged",
         "road_appears")  # fmt: skip
PORT = ("land_reclaimed", "ship_appears", "ship_vanishes", "containers_appear",
        "containers_vanish")  # fmt: skip


def story(kind: str, gsd_m: float, kinds: tuple[str, ...], count: int = 3) -> object:
    rng = np.random.default_rng(17)
    site = Site(320 * gsd_m, 320 * gsd_m, gsd_m)
    plan = lay_out(rng, site, kind)  # type: ignore[arg-type]
    view = box(20 * gsd_m, 20 * gsd_m, 300 * gsd_m, 300 * gsd_m)
    events = tuple(Event(name, count) for name in kinds)  # type: ignore[arg-type]
    return happen(rng, plan, events, view)


@pytest.mark.parametrize(
    ("kind", "gsd_m", "kinds"),
    [("suburb", 1.0, BUILT), ("town", 0.5, BUILT), ("harbour", 20.0, PORT),
     ("delta", 20.0, ("clearing", "flood", "burn"))],
)  # fmt: skip
def test_changes_lie_in_the_view_and_do_not_touch(
    kind: str, gsd_m: float, kinds: tuple[str, ...]
) -> None:
    told = story(kind, gsd_m, kinds)
    assert {change.kind.name for change in told.changes} >= {
        HANDLER_CLASS[name] for name in kinds if name != "land_reclaimed"
    }
    for number, change in enumerate(told.changes):
        assert change.polygon.area > 0
        assert change.polygon.within(told.view.buffer(1e-6))
        for other in told.changes[:number]:
            assert change.polygon.distance(other.polygon) > 1


HANDLER_CLASS = dict(zip(
    ("building_appears", "building_vanishes", "building_grows", "building_damaged", "road_appears",
     "clearing", "flood", "burn", "ship_appears", "ship_vanishes", "containers_appear",
     "containers_vanish", "land_reclaimed"),
    (entry.name for entry in LEGEND), strict=True,
))  # fmt: skip


def test_every_event_has_a_handler_and_codes_are_unique() -> None:
    assert set(HANDLERS) == set(HANDLER_CLASS)
    assert len({entry.code for entry in LEGEND}) == len(LEGEND)


def test_new_and_removed_buildings_come_from_the_same_stock_as_lasting_ones() -> None:
    told = story("town", 0.5, ("building_appears", "building_vanishes"), 12)
    houses = [b for b in told.plan.buildings if b.kind in BUILDING_KINDS]
    moved = [b.outline.area for b in houses if b.presence.pre != b.presence.post]
    lasting = [b.outline.area for b in houses if b.presence.pre and b.presence.post]
    assert len(moved) == 24
    assert 0.6 < np.median(moved) / np.median(lasting) < 1.7


def test_no_building_stands_on_a_new_road() -> None:
    told = story("suburb", 1.0, ("road_appears",), 1)
    road = told.changes[0].polygon
    assert all(b.outline.distance(road) > 2 for b in told.plan.buildings)
