import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis import tally
from raster.area import PixelAreas
from raster.mask import NOT_OBSERVED


@settings(max_examples=30)
@given(
    codes=arrays(np.uint8, (10, 13), elements=st.sampled_from([0, 1, 2])),
    observed=arrays(np.uint8, (10, 13), elements=st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5])),
)
def test_classes_unchanged_and_excluded_add_up_to_the_aoi_and_parts_to_the_whole(
    make_mask, codes, observed
):
    mask = make_mask(np.where(observed > 0, NOT_OBSERVED, codes), observed=observed)
    areas = PixelAreas(mask.grid)
    measured = tally.measure(mask, areas)
    pixels = areas.window(mask.grid.window)
    assert measured.aoi_m2 == pytest.approx(pixels[observed != 1].sum(), rel=1e-9, abs=1e-6)
    whole = (
        sum(measured.class_m2(entry.code) for entry in mask.legend)
        + measured.unchanged_m2
        + sum(measured.excluded_m2.values())
    )
    assert whole == pytest.approx(measured.aoi_m2, rel=1e-12, abs=1e-6)
    by_region = sum(measured.changed_by_region().values())
    assert by_region == pytest.approx(measured.changed_m2, rel=1e-12, abs=1e-6)
    of_class = pixels[(observed == 0) & (codes == 2)].sum()
    assert measured.class_m2(2) == pytest.approx(of_class, rel=1e-9, abs=1e-6)
    assert sum(measured.valid_by_region().values()) == pytest.approx(measured.valid_m2, abs=1e-6)


def test_many_blocks_give_the_same_as_one_sum(make_mask):
    rng = np.random.default_rng(3)
    codes = (rng.random((700, 1100)) < 0.2).astype(np.uint8)
    codes[:520, :520] = 0
    mask = make_mask(codes)
    areas = PixelAreas(mask.grid)
    expected = areas.window(mask.grid.window)[codes == 1].sum()
    assert tally.measure(mask, areas).changed_m2 == pytest.approx(expected, rel=1e-10)


def test_a_pixel_without_a_code_is_never_valid(make_mask):
    codes = np.zeros((4, 4), np.uint8)
    codes[0, 0] = NOT_OBSERVED
    mask = make_mask(codes)
    measured = tally.measure(mask, PixelAreas(mask.grid))
    assert measured.valid_m2 == pytest.approx(measured.aoi_m2 * 15 / 16, rel=1e-6)
    assert set(measured.excluded_m2) == {"no score"}
