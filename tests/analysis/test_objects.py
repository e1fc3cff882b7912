import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis import objects, tally
from analysis.agreement import Agreement
from raster import components as regions
from raster.area import PixelAreas


def found(mask):
    return regions.label(mask.codes, mask.scores, PixelAreas(mask.grid))


@pytest.fixture
def three(make_mask):
    codes = np.zeros((30, 30), np.uint8)
    codes[20:22, 20:22] = 1
    codes[2:12, 2:12] = 2
    codes[20:22, 2:4] = 1
    return make_mask(codes)


def test_the_table_has_exactly_the_promised_columns_and_the_largest_comes_first(three):
    table = objects.trace(three, found(three))
    assert isinstance(table, gpd.GeoDataFrame)
    assert tuple(table.columns) == objects.COLUMNS
    assert table["id"].tolist() == [1, 2, 3]
    assert table["class"].tolist() == ["new_building", "vegetation_loss", "vegetation_loss"]
    assert table["state"].tolist() == ["appeared", "decrease", "decrease"]
    assert table.crs.to_epsg() == 32633
    assert table["votes"].eq(1).all()
    assert table["seen_by"].isna().all()
    assert table["score"].to_numpy() == pytest.approx(0.8)


def test_a_square_has_its_geodesic_perimeter(three):
    table = objects.trace(three, found(three))
    # On the central meridian UTM shortens lengths by 0.9996.
    assert table["perimeter_m"].iloc[0] == pytest.approx(400 / 0.9996, rel=1e-5)


def test_the_ring_around_a_hole_counts_as_perimeter(make_mask):
    codes = np.ones((9, 9), np.uint8)
    codes[3:6, 3:6] = 0
    mask = make_mask(codes)
    table = objects.trace(mask, found(mask))
    assert table["perimeter_m"].iloc[0] == pytest.approx((360 + 120) / 0.9996, rel=1e-5)


def test_the_point_of_an_object_lies_inside_it_even_for_a_ring(make_mask):
    codes = np.zeros((30, 30), np.uint8)
    codes[3:27, 3:27] = 1
    codes[5:25, 5:25] = 0
    mask = make_mask(codes)
    table = objects.trace(mask, found(mask)).to_crs(4326)
    point = shapely.Point(table["lon"].iloc[0], table["lat"].iloc[0])
    assert table.geometry.iloc[0].contains(point)


@settings(max_examples=20)
@given(codes=arrays(np.uint8, (8, 9), elements=st.sampled_from([0, 1, 2, 255])))
def test_objects_add_up_to_their_class(make_mask, codes):
    mask = make_mask(codes)
    table = objects.trace(mask, found(mask))
    measured = tally.measure(mask, PixelAreas(mask.grid))
    for entry in mask.legend:
        total = table.loc[table["class"] == entry.name, "area_m2"].sum()
        assert total == pytest.approx(measured.class_m2(entry.code), rel=1e-12)


def test_above_the_limit_the_largest_are_traced_and_a_caution_says_so(three):
    components = found(three)
    table = objects.trace(three, components, limit=2)
    assert table["id"].tolist() == [1, 2]
    assert table["area_m2"].iloc[0] == components.area_m2.max()
    (finding,) = objects.findings(components, limit=2)
    assert (finding.code, finding.severity, finding.value) == ("objects_not_traced", "caution", 1)
    assert objects.findings(components) == ()


def test_votes_follow_their_objects_into_the_order_of_the_table(three):
    components = found(three)
    sees = np.column_stack([np.arange(3) < 2, components.code == 2])
    table = objects.trace(three, components, Agreement(("cva", "irmad"), sees))
    large = table[table["class"] == "new_building"].iloc[0]
    index = int(np.flatnonzero(components.code == 2)[0])
    assert large["votes"] == sees[index].sum()
    assert large["seen_by"].endswith("irmad")
    assert sorted(table["votes"]) == sorted(sees.sum(axis=1))


def test_a_limited_table_has_the_same_rows_as_the_head_of_the_whole(three):
    components = found(three)
    whole = objects.trace(three, components)
    part = objects.trace(three, components, limit=2)
    assert part.geometry.geom_equals(whole.geometry.iloc[:2]).all()


def test_no_change_gives_an_empty_table_with_all_columns(make_mask):
    mask = make_mask(np.zeros((4, 4)))
    table = objects.trace(mask, found(mask))
    assert len(table) == 0
    assert tuple(table.columns) == objects.COLUMNS
    assert table.crs.to_epsg() == 32633


def test_ties_are_ordered_from_top_to_bottom(make_mask):
    codes = np.zeros((9, 9), np.uint8)
    codes[0, 0] = codes[0, 4] = codes[4, 0] = 1
    components = found(make_mask(codes))
    order = objects.largest_first(components)
    same = np.ptp(np.round(components.area_m2, 6)) == 0
    places = [(int(components.top[i]), int(components.left[i])) for i in order]
    assert places == sorted(places) if same else len(places) == 3
