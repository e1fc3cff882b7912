"""Nearness to a user's layers: geodesic, monotonous, and touching or outside, never both."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from analysis.inquiry import measure, relations
from analysis.inquiry.case import Near, Which
from analysis.inquiry.nearness import PIECE, nearness
from analysis.inquiry.unanswerable import Unanswerable
from tests.inquiry_cases import counted, layer, value
from tests.ledgers import lonlat, rectangle

GEOD = Geod(ellps="WGS84")
HUTS = [(20 + 60 * col, 20 + 60 * row) for row in range(6) for col in range(6)]


def line(*ends):
    """A line through points in metres from the upper left corner."""
    return lonlat(shapely.LineString([(500_000 + x, 5_400_000 - y) for x, y in ends]))


def point(x, y):
    return lonlat(shapely.Point(500_000 + x, 5_400_000 - y))


def test_a_distance_is_the_geodesic_between_the_outlines():
    case = counted([], [(100, 100, 10, 10)], layers=[layer("well", [point(160, 105)])])
    (distance,) = relations.nearest(case, Which(), "well", 1)
    edge, well = point(110, 105), point(160, 105)
    expected_m = GEOD.inv(edge.x, edge.y, well.x, well.y)[2]
    assert distance.fact.unit == "m"
    assert value(distance) == pytest.approx(expected_m, abs=0.005)
    assert expected_m != pytest.approx(50, abs=0.005)


def test_the_nearest_things_come_in_order_with_the_name_of_the_feature():
    wells = layer("wells", [point(0, 0), point(399, 399)], ["old well", "new well"])
    case = counted([], HUTS, layers=[wells])
    found = relations.nearest(case, Which(state="appeared"), "wells", 3)
    values = [value(one) for one in found]
    assert values == sorted(values)
    assert found[0].fact.region == "old well"
    assert found[1].fact.name == "distance_to_feature_2"
    assert len({one.items for one in found}) == 3


def test_things_on_a_feature_are_at_no_distance():
    case = counted([], [(100, 100, 10, 10)], layers=[layer("pipe", [line((105, 0), (105, 300))])])
    (distance,) = relations.nearest(case, Which(), "pipe", 5)
    assert value(distance) == 0.0
    assert value(relations.related(case, Which(near=Near("pipe", "near", 0.0)))) == 1


@settings(max_examples=15)
@given(
    ends=st.lists(st.tuples(st.floats(-50, 450), st.floats(-50, 450)), min_size=2, max_size=5,
                  unique=True),
    distances=st.lists(st.floats(0, 300), min_size=2, max_size=6),
)  # fmt: skip
def test_more_things_lie_within_a_larger_distance(ends, distances):
    case = counted([], HUTS, layers=[layer("road", [line(*ends)])])
    numbers = [
        value(relations.related(case, Which(near=Near("road", "near", one))))
        for one in sorted(distances)
    ]
    assert numbers == sorted(numbers)
    touching = value(relations.related(case, Which(near=Near("road", "touches"))))
    outside = value(relations.related(case, Which(near=Near("road", "outside"))))
    assert touching + outside == len(HUTS)
    assert touching == value(relations.related(case, Which(near=Near("road", "near", 0.0))))


@settings(max_examples=15)
@given(
    left=st.floats(0, 300), top=st.floats(0, 300), wide=st.floats(20, 200), high=st.floats(20, 200)
)
def test_things_within_a_zone_are_those_the_zone_covers(left, top, wide, high):
    zone = rectangle(left, top, wide, high)
    case = counted([], HUTS, layers=[layer("zone", [lonlat(zone)])])
    huts = [rectangle(*one) for one in HUTS]
    grown, shrunk = zone.buffer(0.01, join_style="mitre"), zone.buffer(-0.01, join_style="mitre")
    within = value(relations.related(case, Which(near=Near("zone", "within"))))
    touching = value(relations.related(case, Which(near=Near("zone", "touches"))))
    # A border on a wall may fall either way, by less than the centimetre of the two zones.
    assert sum(map(shrunk.covers, huts)) <= within <= sum(map(grown.covers, huts))
    assert sum(map(shrunk.intersects, huts)) <= touching <= sum(map(grown.intersects, huts))


def test_a_thing_across_two_adjoining_polygons_lies_within_the_layer():
    zones = [lonlat(rectangle(0, 0, 105, 400)), lonlat(rectangle(105, 0, 295, 400))]
    case = counted([], [(100, 100, 10, 10)], layers=[layer("zones", zones)])
    assert value(relations.related(case, Which(near=Near("zones", "within")))) == 1
    apart = counted([], [(100, 100, 10, 10)], layers=[layer("zones", zones[:1])])
    assert value(relations.related(apart, Which(near=Near("zones", "within")))) == 0


def test_long_outlines_are_as_near_as_short_ones():
    """A river of a thousand vertices is cut into pieces, which changes no distance."""
    along = np.linspace(0, 400, 20 * PIECE)
    wavy = shapely.LineString(
        np.column_stack([500_200 + 60 * np.sin(along / 25), 5_400_000 - along])
    )
    case = counted([], HUTS, layers=[layer("river", [lonlat(wavy)])])
    near = nearness(case, case.layers[0])
    flat_m = [rectangle(*one).distance(wavy) for one in HUTS]
    got = dict(zip(case.items, near.distance_m, strict=True))
    for item, distance_m in got.items():
        east, south = HUTS[item.id - 1]
        expected_m = flat_m[HUTS.index((east, south))]
        # The grid's scale at its central meridian is 0.9996.
        assert distance_m == pytest.approx(expected_m / 0.9996, rel=1e-4, abs=0.01)


def test_features_with_such_things_are_counted_among_those_that_were_assessed():
    parcels = [lonlat(rectangle(100 * at, 0, 100, 100)) for at in range(4)]
    far = lonlat(rectangle(4000, 4000, 100, 100))
    case = counted([], [(10, 10), (40, 10), (190, 10)], layers=[layer("parcels", [*parcels, far])])
    touched, all_, share = relations.touched(case, Which(state="appeared"), "parcels")
    assert (value(touched), value(all_), value(share)) == (2 + 0, 4, 50.0)
    assert len(touched.items) == 3
    none = relations.touched(case, Which(state="vanished"), "parcels")
    assert [value(one) for one in none] == [0, 4, 0.0]


def test_points_and_lines_are_features_one_can_touch():
    poles = layer("poles", [point(15, 15), point(200, 200), line((0, 300), (400, 300))])
    case = counted([], [(10, 10)], layers=[poles])
    touched, all_, _share = relations.touched(case, Which(), "poles")
    assert (value(touched), value(all_)) == (1, 3)


def test_a_layer_that_is_only_around_the_area_has_no_assessed_feature():
    beside = layer("beside", [lonlat(rectangle(450, 0, 50, 50))])
    case = counted([], [(10, 10)], layers=[beside])
    with pytest.raises(Unanswerable) as refused:
        relations.touched(case, Which(), "beside")
    assert refused.value.reason == "outside_area"
    (distance,) = relations.nearest(case, Which(), "beside", 1)
    assert value(distance) == pytest.approx(430, rel=0.01)


def test_without_a_relation_the_layers_are_named():
    case = counted([], HUTS, layers=[layer("road", [line((0, 0), (400, 400))])])
    with pytest.raises(Unanswerable) as refused:
        relations.related(case, Which())
    assert (refused.value.reason, refused.value.nearest) == ("ambiguous", ("road",))


def test_ten_thousand_features_do_not_change_what_is_counted():
    """The same parcels, once alone and once among many others."""
    few = [lonlat(rectangle(100 * at, 0, 100, 100)) for at in range(4)]
    many = [lonlat(rectangle(4 * (at % 100), 100 + 3 * (at // 100), 3, 2)) for at in range(9996)]
    alone = counted([], HUTS, layers=[layer("parcels", few)])
    among = counted([], HUTS, layers=[layer("parcels", [*few, *many])])
    for name in ("parcels/parcels 1", "parcels/parcels 3"):
        assert measure.count(alone, Which(place=name)).items == (
            measure.count(among, Which(place=name)).items
        )
    touched, all_, _share = relations.touched(among, Which(), "parcels")
    assert value(all_) == 10_000
    assert value(touched) > value(relations.touched(alone, Which(), "parcels")[0])
