import numpy as np
import rasterio

from exports import kind, mask, observed, score
from raster.mask import NOT_OBSERVED, Observed


def test_the_mask_keeps_codes_grid_and_meaning(result, tmp_path):
    mask.write(result, tmp_path / "mask.tif")
    with rasterio.open(tmp_path / "mask.tif") as dataset:
        codes = dataset.read(1)
        assert dataset.dtypes == ("uint8",)
        assert dataset.nodata == NOT_OBSERVED
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert dataset.transform == result.mask.grid.transform
        assert dataset.crs.to_epsg() == 32633
        names = {code: dataset.tags()[f"CLASS_{code}"] for code in (0, 1, 2, 255)}
        colors = dataset.colormap(1)
    assert np.array_equal(codes, result.quicklook.codes)
    assert names == {0: "unchanged", 1: "built_up_gain", 2: "vegetation_loss", 255: "not observed"}
    assert colors[1][:3] == (0xD5, 0x5E, 0x00)


def test_the_score_keeps_values_and_not_a_number_where_not_observed(result, tmp_path):
    score.write(result, tmp_path / "score.tif")
    with rasterio.open(tmp_path / "score.tif") as dataset:
        values = dataset.read(1)
        assert dataset.dtypes == ("float32",)
        assert np.isnan(dataset.nodata)
        assert dataset.tags()["THRESHOLD"] == "0.42"
    assert np.array_equal(values, result.quicklook.scores, equal_nan=True)
    assert np.isnan(values[result.quicklook.codes == NOT_OBSERVED]).all()


def test_a_colour_that_is_none_becomes_grey_instead_of_an_error(build):
    legend = build().mask.legend
    broken = type(legend[0])(1, "x", "x", "changed", "red;}")
    assert mask.colormap([broken])[1] == (0x7A, 0x82, 0x8A, 255)


def test_observation_codes_are_kept_and_named(result, tmp_path):
    observed.write(result, tmp_path / "observed.tif")
    with rasterio.open(tmp_path / "observed.tif") as dataset:
        codes, names = dataset.read(1), dataset.tags()
    lost = result.quicklook.codes == NOT_OBSERVED
    assert np.array_equal(codes == Observed.POST_NODATA, lost)
    assert (codes[~lost] == Observed.YES).all()
    assert (names["CODE_0"], names["CODE_3"]) == ("yes", "post nodata")


def test_kinds_are_kept_with_the_legend_of_the_mask(result, tmp_path):
    kind.write(result, tmp_path / "kind.tif")
    with rasterio.open(result.mask.kinds_path) as made, rasterio.open(tmp_path / "kind.tif") as out:
        assert np.array_equal(made.read(1), out.read(1))
        assert out.tags()["CLASS_2"] == "vegetation_loss"
