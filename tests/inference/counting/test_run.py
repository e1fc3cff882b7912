from dataclasses import replace

import numpy as np
import pytest

from errors import (
    AoiError,
    CancelledError,
    InputError,
    UnknownDetectorError,
    UnsuitableSceneError,
)
from inference import counter_registry
from inference.counters.base import Wanted
from inference.counting import run as counting
from inference.counting import two_dates
from inference.counting.run import Marked
from inference.run import Site
from progress import Watcher
from raster import aoi, scene
from raster.align import align
from raster.mask import Observed
from tests import bright
from tests.scenes import ground, transform, write_pair

WANTED = Wanted(4.0, 2_000.0)
HOUSES = ((40, 50, 14, 20), (100, 180, 18, 12), (200, 60, 16, 16), (210, 240, 20, 30))


@pytest.fixture(autouse=True)
def counter(monkeypatch):
    """The counter `bright` instead of the real ones."""
    monkeypatch.setattr(counter_registry, "card", lambda _name: bright.CARD)
    monkeypatch.setattr(counter_registry, "load", lambda _name, _device: bright.loaded())


def scene_of(houses, *, level=250.0, seed=0):
    """Middle grey ground, bright houses with shadows, and a bright road too large to count.

    Without the road the houses are so few that the stretch would make bright ground as bright.
    """
    image = (ground(seed=seed) - 120) * 0.7 + 100
    image[:, :, :16] = level
    for top, left, height, width in houses:
        image[:, top : top + height, left : left + width] = level
        image[:, top + height : top + height + 3, left : left + width] = 20
    return image


def site_of(folder, pre, post, *, area=None, **profile):
    paths = write_pair(folder, pre, post, **profile)
    pair = align(*(scene.open(path) for path in paths))
    if area is None:
        return Site(pair, pair.grid.window, aoi.whole(pair.grid))
    clipped, window = aoi.clip(area, pair.grid)
    return Site(pair, window, clipped)


def count(site, **options):
    wanted = options.pop("wanted", WANTED)
    watcher = options.pop("watcher", Watcher())
    return counting.count(site, "bright", wanted, watcher=watcher, **options)


def verdicts(looks):
    return [look.verdict for look in looks]


def test_things_of_an_unchanged_pair_are_all_found_and_present(tmp_path):
    noise = np.random.default_rng(1).normal(0, 2, (3, 300, 320))
    found = count(site_of(tmp_path, scene_of(HOUSES), scene_of(HOUSES) * 0.9 + noise))
    assert len(found.pre) == len(found.post) == len(HOUSES)
    assert set(verdicts(found.pre_looks) + verdicts(found.post_looks)) == {"present"}
    assert {(one.top, one.left) for one in found.pre} == {house[:2] for house in HOUSES}


def test_a_house_that_is_gone_is_absent_and_one_that_is_new_was_absent(tmp_path):
    found = count(site_of(tmp_path, scene_of(HOUSES[:3]), scene_of(HOUSES[1:])))
    gone = [one for one, look in zip(found.pre, found.pre_looks, strict=True)
            if look.verdict == "absent"]  # fmt: skip
    new = [one for one, look in zip(found.post, found.post_looks, strict=True)
           if look.verdict == "absent"]  # fmt: skip
    assert [(one.top, one.left) for one in gone] == [HOUSES[0][:2]]
    assert [(one.top, one.left) for one in new] == [HOUSES[3][:2]]


@pytest.mark.parametrize(("sure", "gone"), [(0.85, 1), (0.95, 0)])
def test_a_doubtful_find_at_one_date_is_no_change(tmp_path, monkeypatch, sure, gone):
    card = replace(bright.CARD, sure_score=sure)
    monkeypatch.setattr(counter_registry, "card", lambda _name: card)
    found = count(site_of(tmp_path, scene_of(HOUSES), scene_of(HOUSES[1:])))
    assert len(found.pre) - len(found.post) == gone
    assert len(found.post) == len(HOUSES) - 1


def test_a_house_the_counter_missed_at_one_date_is_present_by_its_looks(tmp_path):
    post = scene_of(HOUSES)
    top, left, height, width = HOUSES[0]
    post[:, top : top + height, left : left + width] = 190
    found = count(site_of(tmp_path, scene_of(HOUSES), post))
    assert len(found.post) == len(HOUSES) - 1
    look = next(look for one, look in zip(found.pre, found.pre_looks, strict=True)
                if one.top == top)  # fmt: skip
    assert look.verdict == "present"
    assert look.support < 0.1 < 0.7 < look.likeness


def test_a_roof_that_only_the_counter_cut_in_two_is_one_thing_at_both_dates(tmp_path):
    post = scene_of(HOUSES)
    top, left, height, width = HOUSES[3]
    post[:, top : top + height, left + width // 2 - 1 : left + width // 2 + 1] = 190
    found = count(site_of(tmp_path, scene_of(HOUSES), post))
    assert len(found.pre) == len(found.post) == len(HOUSES)
    ours = next(one for one in found.pre if one.top == top)
    theirs = next(one for one in found.post if one.top == top)
    assert ours.window == theirs.window
    assert np.array_equal(ours.mask, theirs.mask)


def test_a_house_that_truly_grew_keeps_its_two_outlines(tmp_path):
    top, left, height, width = HOUSES[3]
    grown = (*HOUSES[:3], (top, left, height, width + 25))
    found = count(site_of(tmp_path, scene_of(HOUSES), scene_of(grown)))
    ours = next(one for one in found.pre if one.top == top)
    theirs = next(one for one in found.post if one.top == top)
    assert (ours.pixels, theirs.pixels) == (height * width, height * (width + 25))


def test_swapped_dates_swap_the_result(tmp_path):
    pre, post = scene_of(HOUSES[:3]), scene_of(HOUSES[1:])
    post[:, 107:109, 180:192] = 190
    one = count(site_of(tmp_path / "one", pre, post))
    two = count(site_of(tmp_path / "two", post, pre))
    assert sorted(thing.window.flatten() for thing in one.pre) == sorted(
        thing.window.flatten() for thing in two.post
    )
    assert sorted(verdicts(one.pre_looks)) == sorted(verdicts(two.post_looks))
    assert sorted(verdicts(one.post_looks)) == sorted(verdicts(two.pre_looks))


def test_what_the_other_date_did_not_observe_is_not_seen(tmp_path):
    post = scene_of(HOUSES)
    post[:, 30:60, 40:80] = 0
    found = count(site_of(tmp_path, scene_of(HOUSES), post, nodata=0))
    look = next(look for one, look in zip(found.pre, found.pre_looks, strict=True)
                if one.top == HOUSES[0][0])  # fmt: skip
    assert look.verdict == "not seen"
    assert (found.observed[30:60, 40:80] == Observed.POST_NODATA).all()


def area(left, top, right, bottom):
    step = transform()
    (west, north), (east, south) = step @ (left, top), step @ (right, bottom)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    from raster.grid import lonlat_transformer
    from tests.scenes import UTM33

    corners = [lonlat_transformer(UTM33).transform(x, y) for x, y in ring]
    drawn = {"type": "Polygon", "coordinates": [corners]}
    return aoi.from_geojson(drawn, name="drawn")


def test_a_thing_counts_where_its_middle_lies_and_is_seen_whole(tmp_path):
    _top, left, _height, width = HOUSES[0]
    pre = post = scene_of(HOUSES)
    inside = area(0, 0, left + width * 0.6, 150)
    outside = area(0, 0, left + width * 0.4, 150)
    found = count(site_of(tmp_path / "in", pre, post, area=inside))
    assert [one.pixels for one in found.pre] == [one.pixels for one in found.post] == [280]
    missed = count(site_of(tmp_path / "out", pre, post, area=outside))
    assert missed.pre == missed.post == ()


def test_a_thing_that_wavers_across_the_edge_of_the_area_counts_at_both_dates_or_none(tmp_path):
    pre, post = scene_of(((40, 50, 20, 20),)), scene_of(((40, 50, 20, 23),))
    # The middles of the outlines are at column 60 and 61.5, that of both together at 61.5.
    for edge in (59, 60.7, 62.7):
        found = count(site_of(tmp_path / str(edge), pre, post, area=area(0, 0, edge, 150)))
        assert len(found.pre) == len(found.post) == (edge > 62)


def test_a_pair_without_things_counts_none(tmp_path):
    found = count(site_of(tmp_path, scene_of(()), scene_of(())))
    assert found.pre == found.post == found.pre_looks == found.post_looks == ()
    assert found.findings == ()


def test_things_at_the_edge_are_told(tmp_path):
    houses = ((0, 100, 14, 20),)
    found = count(site_of(tmp_path, scene_of(houses), scene_of(houses)))
    assert [finding.code for finding in found.findings] == ["count_cut_pre", "count_cut_post"]
    assert [finding.value for finding in found.findings] == [1.0, 1.0]


def test_a_shift_of_the_later_date_is_corrected(tmp_path):
    pre = scene_of(HOUSES)
    post = np.roll(pre, (3, 4), axis=(1, 2))
    found = count(site_of(tmp_path, pre, post))
    starts = [{(one.top, one.left) for one in side} for side in (found.pre, found.post)]
    assert starts[0] == starts[1] == {house[:2] for house in HOUSES}


def test_fine_pixels_are_averaged_and_this_is_said(tmp_path):
    pre = scene_of(HOUSES)
    found = count(site_of(tmp_path, pre, pre, gsd_m=0.25), wanted=Wanted(1.0, 250.0))
    assert found.grid.shape == (150, 160)
    assert [finding.code for finding in found.findings] == ["count_resampled"]
    assert len(found.pre) == len(HOUSES)


def test_coarse_pixels_are_enlarged_with_a_caution(tmp_path):
    pre = scene_of(HOUSES)
    found = count(site_of(tmp_path, pre, pre, gsd_m=4.0), wanted=Wanted(1.0, 32_000))
    assert found.grid.gsd_m == pytest.approx(2.0, rel=0.01)
    assert [finding.code for finding in found.findings] == ["count_coarse"]


def test_pixels_too_large_to_show_a_thing_are_refused(tmp_path):
    pre = scene_of(HOUSES)
    with pytest.raises(UnsuitableSceneError, match="Pixels of 30 m are too large") as refused:
        count(site_of(tmp_path, pre, pre, gsd_m=30.0))
    assert "at most 2 m" in refused.value.hint


def test_an_area_that_does_not_fit_into_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(two_dates, "MAX_PIXELS", 300 * 320 - 1)
    with pytest.raises(AoiError, match="too large") as refused:
        count(site_of(tmp_path, scene_of(()), scene_of(())))
    assert "smaller area" in refused.value.hint


@pytest.mark.parametrize(
    "wanted",
    [Wanted(9, 4), Wanted(-1, 4), Wanted(float("nan"), 4), Wanted(1, 4, similarity=1.2)],
)
def test_sizes_and_similarities_that_cannot_be_are_refused(tmp_path, wanted):
    with pytest.raises(InputError):
        count(site_of(tmp_path, scene_of(()), scene_of(())), wanted=wanted)


class TestExamples:
    @pytest.fixture
    def site(self, tmp_path):
        pre = scene_of(HOUSES)
        pre[:, 120:170, 250:] = 0
        return site_of(tmp_path, pre, scene_of(HOUSES), nodata=0, area=area(0, 0, 120, 120))

    @pytest.fixture
    def asked(self, monkeypatch):
        """What the counter was asked, call by call."""
        told = []

        class Asking(bright.Module):
            CARD = replace(bright.CARD, needs_examples=True)

            @staticmethod
            def find(model, ground, wanted, watcher):
                told.append(wanted)
                return bright.find(model, ground, wanted, watcher)

        loaded = replace(bright.loaded(), counter=Asking())
        monkeypatch.setattr(counter_registry, "card", lambda _name: Asking.CARD)
        monkeypatch.setattr(counter_registry, "load", lambda _name, _device: loaded)
        return told

    def test_an_example_outside_the_area_is_read_from_its_own_date(self, site, asked):
        count(site, marked=(Marked("post", (240.0, 210.0, 270.0, 230.0)),))
        example = asked[0].examples[0]
        left, top, right, bottom = (round(side) for side in example.inner)
        assert (right - left, bottom - top) == (30, 20)
        inside = example.chip.image[:, top:bottom, left:right]
        assert inside.min() == 255
        assert example.chip.image[:, top - 5 : top, left:right].max() < 255
        assert len(asked) == 2

    def test_without_an_example_there_is_nothing_to_look_for(self, site, asked):
        with pytest.raises(InputError, match="needs at least one example"):
            count(site)
        assert asked == []

    @pytest.mark.parametrize(
        ("box", "words"),
        [
            ((-5, 10, 20, 40), "outside the ground"),
            ((20, 10, 10, 40), "outside the ground"),
            ((float("nan"), 10, 20, 40), "outside the ground"),
            ((10, 10, 12, 40), "pixels small"),
            ((260, 130, 300, 160), "shows nothing"),
        ],
    )
    def test_an_example_that_cannot_be_used_is_refused(self, site, asked, box, words):
        with pytest.raises(InputError, match=words):
            count(site, marked=(Marked("pre", box),))
        assert asked == []


def test_counting_can_be_cancelled(tmp_path):
    site = site_of(tmp_path, scene_of(HOUSES), scene_of(HOUSES))
    with pytest.raises(CancelledError):
        count(site, watcher=Watcher(is_cancelled=lambda: True))


def test_progress_never_goes_back_and_ends_near_one(tmp_path):
    told = []
    site = site_of(tmp_path, scene_of(HOUSES), scene_of(HOUSES))
    count(site, watcher=Watcher(on_progress=lambda share, _words: told.append(share)))
    assert told == sorted(told)
    assert told[0] < 0.1
    assert told[-1] > 0.9


def test_an_unknown_counter_is_refused(tmp_path, monkeypatch):
    monkeypatch.undo()
    site = site_of(tmp_path, scene_of(()), scene_of(()))
    with pytest.raises(UnknownDetectorError, match="no counter 'unicorns'"):
        counting.count(site, "unicorns", WANTED, watcher=Watcher())
