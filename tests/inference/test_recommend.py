from pathlib import Path

import pytest
import rasterio

from inference.recommend import recommend
from raster import scene
from raster.align import align
from tests.scenes import ground, write


def recommended(folder: Path, names, *, dtype="uint16", post_on="2024-06-03", file_name="scene"):
    image = ground((64, 72), bands=len(names))
    scenes = []
    for role, date in (("pre", "2023-06-01"), ("post", post_on)):
        path = write(folder / f"{role}_{file_name}.tif", image, dtype=dtype, date=date)
        with rasterio.open(path, "r+") as dataset:
            dataset.descriptions = names
        scenes.append(scene.open(path))
    return recommend(align(*scenes)).name


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("red", "nir", "swir1"), "index_difference"),
        (("red", "green", "blue", "nir"), "cva"),
        (("VV", "VH"), "log_ratio"),
    ],
)
def test_the_bands_decide(tmp_path, names, expected):
    assert recommended(tmp_path, names) == expected


def test_a_ready_made_index_is_compared_by_its_difference(tmp_path):
    name = recommended(tmp_path, ("",), dtype="float32", file_name="nbr")
    assert name == "index_difference"


def test_dates_of_two_seasons_are_not_compared_by_indices(tmp_path):
    assert recommended(tmp_path, ("red", "nir", "swir1"), post_on="2024-09-03") == "cva"


def test_values_of_eight_bits_are_not_taken_for_reflectance(tmp_path):
    assert recommended(tmp_path, ("red", "nir", "swir1"), dtype="uint8") == "cva"
