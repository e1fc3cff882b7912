"""The truth of a rendered pair is exact, and the pair is a pure function of its spec."""

from dataclasses import replace

import numpy as np
import pytest
from shapely import contains_xy
from shapely.ops import unary_union

from errors import InputError
from simulation.events import Event
from simulation.light import Sun
from simulation.nuisances import Look, Nuisances, sample
from simulation.pair import PairSpec, SimulatedPair, render

EVENTS = (
    Event("building_appears", 3), Event("building_vanishes", 2), Event("building_grows"),
    Event("building_damaged"), Event("road_appears"),
)  # fmt: skip
SUBURB = PairSpec(5, "suburb", (256, 288), 0.5, "rgb", EVENTS)


@pytest.fixture(scope="module")
def suburb() -> SimulatedPair:
    return render(SUBURB)


def test_shapes_types_and_names_are_those_of_the_sensor(suburb: SimulatedPair) -> None:
    assert suburb.pre.shape == suburb.post.shape == (3, 256, 288)
    assert suburb.pre.dtype == suburb.post.dtype == np.uint8
    assert suburb.roles == suburb.band_names == ("red", "green", "blue")
    assert suburb.truth.dtype == np.uint8
    assert suburb.pre_valid.all()


def test_every_event_that_found_room_is_in_the_truth(suburb: SimulatedPair) -> None:
    names = [entry.class_name for entry in suburb.changed]
    assert names.count("building_new") == 3
    assert names.count("building_gone") == 2
    assert {"building_extended", "building_damaged", "road_new"} <= set(names)


def test_truth_mask_is_the_union_of_the_changed_objects(suburb: SimulatedPair) -> None:
    # Independent route: point in polygon at every pixel centre by shapely, not by rasterising.
    row, col = np.mgrid[:256, :288]
    union = unary_union([entry.polygon for entry in suburb.changed])
    inside = contains_xy(union, col + 0.5, row + 0.5)
    assert np.array_equal(suburb.truth > 0, inside)


def test_every_object_carries_the_code_of_its_class(suburb: SimulatedPair) -> None:
    codes = {entry.name: entry.code for entry in suburb.legend}
    row, col = np.mgrid[:256, :288]
    for entry in suburb.changed:
        inside = contains_xy(entry.polygon, col + 0.5, row + 0.5)
        assert set(np.unique(suburb.truth[inside])) == {codes[entry.class_name]}


def test_pixel_areas_agree_with_polygon_areas(suburb: SimulatedPair) -> None:
    for code in np.unique(suburb.truth[suburb.truth > 0]):
        name = next(entry.name for entry in suburb.legend if entry.code == code)
        shapes = [entry.polygon for entry in suburb.changed if entry.class_name == name]
        area = sum(shape.area for shape in shapes)
        # A random outline of length L misses its area by about 0.3 * sqrt(L) pixels.
        slack = 3 * 0.3 * np.sqrt(sum(shape.length for shape in shapes)) + 3
        assert abs(float((suburb.truth == code).sum()) - area) < slack


def test_building_masks_differ_exactly_where_buildings_came_or_went(suburb: SimulatedPair) -> None:
    codes = {entry.name: entry.code for entry in suburb.legend}
    came = suburb.buildings_post > suburb.buildings_pre
    went = suburb.buildings_pre > suburb.buildings_post
    new = np.isin(suburb.truth, [codes["building_new"], codes["building_extended"]])
    gone = suburb.truth == codes["building_gone"]
    assert np.array_equal(came, new)
    # Rubble is no building any more.
    assert (went | (suburb.truth == codes["building_damaged"])).sum() >= gone.sum()
    assert went[gone].all()


def test_equal_specs_give_equal_pairs_and_other_seeds_other_places(suburb: SimulatedPair) -> None:
    again = render(SUBURB)
    assert np.array_equal(again.pre, suburb.pre)
    assert np.array_equal(again.post, suburb.post)
    assert np.array_equal(again.truth, suburb.truth)
    assert not np.array_equal(render(replace(SUBURB, seed=6)).pre, suburb.pre)


@pytest.mark.parametrize(
    ("kind", "sensor", "gsd_m"),
    [("town", "rgb", 0.5), ("industry", "rgb", 0.6), ("farmland", "multispectral4", 2.5),
     ("forest", "rgb", 0.5), ("delta", "multispectral6", 10.0), ("harbour", "sar", 10.0)],
)  # fmt: skip
def test_without_events_and_nuisances_both_dates_are_identical(
    kind: str, sensor: str, gsd_m: float
) -> None:
    pair = render(PairSpec(8, kind, (96, 128), gsd_m, sensor))  # type: ignore[arg-type]
    assert np.array_equal(pair.pre, pair.post)
    assert not pair.truth.any()
    assert pair.changed == ()
    assert pair.pre.std() > 0


def test_nuisances_alter_pixels_but_not_truth(suburb: SimulatedPair) -> None:
    nuisances = replace(
        sample(np.random.default_rng(3), is_radar=False), shift_px=(2.4, -1.3), distractors=0.8
    )
    other = render(replace(SUBURB, nuisances=nuisances))
    assert np.array_equal(other.truth, suburb.truth)
    assert np.array_equal(other.buildings_pre, suburb.buildings_pre)
    assert np.array_equal(other.buildings_post, suburb.buildings_post)
    assert [o.polygon for o in other.changed] == [o.polygon for o in suburb.changed]
    assert np.abs(other.post.astype(int) - suburb.post).mean() > 3


def test_without_distractors_pixels_away_from_changes_stay(suburb: SimulatedPair) -> None:
    # Changes reach as far as their shadows, scars and felled trees: 24 m is beyond all of them.
    near = np.zeros((256, 288), bool)
    for entry in suburb.changed:
        west, north, east, south = (int(v) for v in entry.polygon.buffer(48).bounds)
        near[max(north, 0) : max(south, 0) + 1, max(west, 0) : max(east, 0) + 1] = True
    assert not near.all()
    assert np.array_equal(suburb.pre[:, ~near], suburb.post[:, ~near])


@pytest.mark.parametrize("shift", [(3.0, -2.0), (-5.0, 4.0)])
def test_whole_pixel_shift_moves_post_right_and_down_by_itself(shift: tuple[float, float]) -> None:
    spec = PairSpec(9, "town", (96, 96), nuisances=Nuisances(shift_px=shift))
    pair = render(spec)
    assert pair.shift_px == shift
    dx, dy = (int(value) for value in shift)
    moved = np.roll(pair.pre, (dy, dx), axis=(1, 2))[:, 8:-8, 8:-8]
    assert np.array_equal(moved, pair.post[:, 8:-8, 8:-8])


def test_half_pixel_shift_is_the_shift_recorded() -> None:
    spec = PairSpec(9, "town", (96, 96), nuisances=Nuisances(shift_px=(0.5, 0.0)))
    pair = render(spec)
    pre, post = pair.pre[1].astype(float), pair.post[1].astype(float)
    between = 0.5 * (pre[:, 8:-8] + pre[:, 7:-9])
    right = np.abs(post[:, 8:-8] - between).mean()
    left = np.abs(post[:, 8:-8] - 0.5 * (pre[:, 8:-8] + pre[:, 9:-7])).mean()
    assert right < 0.5 * left


def test_shadows_fall_away_from_the_sun() -> None:
    morning, evening = (Look(sun=Sun(azimuth, 35)) for azimuth in (90, 270))
    pair = render(PairSpec(4, "industry", (160, 160), nuisances=Nuisances(morning, evening)))
    change = pair.post.astype(int).sum(0) - pair.pre.astype(int).sum(0)
    west = np.roll(pair.buildings_pre, -6, 1) > pair.buildings_pre
    east = np.roll(pair.buildings_pre, 6, 1) > pair.buildings_pre
    assert change[west & ~east].mean() > 15
    assert change[east & ~west].mean() < -15


@pytest.mark.parametrize(
    "spec",
    [PairSpec(1, "moon"), PairSpec(1, sensor="lidar"), PairSpec(1, shape=(0, 5)),  # type: ignore[arg-type]
     PairSpec(1, gsd_m=0.0), PairSpec(1, shape=(64, 64), events=(Event("war"),))],  # type: ignore[arg-type]
)  # fmt: skip
def test_impossible_specs_are_refused_with_a_remedy(spec: PairSpec) -> None:
    with pytest.raises(InputError) as caught:
        render(spec)
    assert caught.value.hint
