from pathlib import Path

import pytest
import rasterio

from inference import recommend as choosing
from inference import registry, weights
from inference.domain_fit import DomainFit
from inference.recommend import recommend
from raster import scene
from raster.align import align
from tests.inference import small_changenet
from tests.scenes import ground, write


@pytest.fixture(autouse=True)
def _without_weights(tmp_path, monkeypatch):
    (tmp_path / weights.MANIFEST_NAME).write_text("", "utf-8")
    monkeypatch.setattr(weights, "SHIPPED_DIR", tmp_path)


def recommended(folder: Path, names, **fields):
    return chosen(folder, names, **fields).name


def chosen(
    folder: Path, names, *, dtype="uint16", post_on="2024-06-03", file_name="scene", gsd_m=1.0
):
    image = ground((64, 72), bands=len(names))
    scenes = []
    for role, date in (("pre", "2023-06-01"), ("post", post_on)):
        path = write(folder / f"{role}_{file_name}.tif", image, dtype=dtype, date=date, gsd_m=gsd_m)
        with rasterio.open(path, "r+") as dataset:
            dataset.descriptions = names
        scenes.append(scene.open(path))
    return recommend(align(*scenes))


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


def test_bands_without_a_name_are_not_said_to_lack_infrared(tmp_path):
    found = chosen(tmp_path, ("",) * 13, gsd_m=10.0)
    assert found.name == "blend"
    assert found.reason.startswith("nothing says which bands these are")


RGB = ("red", "green", "blue")


@pytest.fixture
def network(tmp_path, monkeypatch):
    """The network is here, and says of every pair what the test wants."""

    def say(fit):
        small_changenet.install(tmp_path / "weights", monkeypatch)
        detector = registry.load("changenet")
        monkeypatch.setattr(detector, "familiarity", lambda _sample: fit)

    return say


def fit(verdict):
    return DomainFit(verdict, "In sharpness, 70% of the places are unlike it.", {"texture": 0.7}, 9)


def test_fine_pictures_are_given_to_the_network(tmp_path, network):
    network(fit("fits"))
    found = chosen(tmp_path, RGB, gsd_m=0.5)
    assert found.name == "changenet"
    assert "0.5 m" in found.reason
    assert found.fit == fit("fits")


def test_a_doubtful_pair_is_given_to_the_network_with_a_word_of_care(tmp_path, network):
    network(fit("doubtful"))
    found = chosen(tmp_path, RGB, gsd_m=0.5)
    assert found.name == "changenet"
    assert "with care: in sharpness" in found.reason


def test_a_pair_outside_what_it_knows_is_kept_from_the_network(tmp_path, network):
    network(fit("outside"))
    found = chosen(tmp_path, RGB, gsd_m=0.5)
    assert found.name == "cva"
    assert "left out: in sharpness" in found.reason


def test_weights_that_say_nothing_of_their_domain_are_trusted(tmp_path, network):
    network(None)
    assert chosen(tmp_path, RGB, gsd_m=0.5).name == "changenet"


@pytest.mark.parametrize("gsd_m", [1.1, 2.4, 10.0])
def test_coarse_pictures_never_reach_the_network(tmp_path, network, gsd_m):
    network(fit("fits"))
    found = chosen(tmp_path, RGB, gsd_m=gsd_m + 0.2)
    assert found.name == "blend"
    assert "network" not in found.reason


def test_pixels_that_the_network_would_have_to_enlarge_are_kept_from_it(tmp_path, network):
    network(fit("fits"))
    below, above = (tmp_path / "below", tmp_path / "above")
    for folder in (below, above):
        folder.mkdir()
    assert recommended(below, RGB, gsd_m=1.19) == "changenet"
    # On the ground a pixel of 1.2 m in the middle of a UTM zone is 1.2005 m.
    assert recommended(below, RGB, gsd_m=1.2) == "changenet"
    assert recommended(above, RGB, gsd_m=1.3) == "blend"


@pytest.mark.parametrize(
    ("names", "gsd_m"), [(("green",), 10.0), (RGB, 31.0)], ids=["one band", "too coarse"]
)
def test_what_three_methods_cannot_look_at_is_left_to_one(tmp_path, names, gsd_m):
    assert recommended(tmp_path, names, gsd_m=gsd_m) == "cva"


def test_pixels_of_landsat_are_looked_at_by_three_methods_whatever_their_map_scale(tmp_path):
    assert recommended(tmp_path, RGB, gsd_m=30.02) == "blend"


def test_a_very_large_pair_is_left_to_the_fastest_method(tmp_path, monkeypatch):
    assert recommended(tmp_path, RGB, gsd_m=10.0) == "blend"
    monkeypatch.setattr(choosing, "LARGEST_PX", 64 * 72 - 1)
    found = chosen(tmp_path, RGB, gsd_m=10.0)
    assert found.name == "cva"
    assert "left to one method" in found.reason


@pytest.mark.parametrize("names", [("green",), ("nir", "red", "green"), ("red", "nir")])
def test_what_is_not_in_natural_colours_is_kept_from_the_network(tmp_path, network, names):
    network(fit("fits"))
    assert recommended(tmp_path, names, gsd_m=0.5) == "cva"


def test_without_its_weights_the_reason_says_so(tmp_path):
    found = chosen(tmp_path, RGB, gsd_m=0.5)
    assert found.name == "cva"
    assert "network cannot run: the weights 'changenet' are not on this machine" in found.reason


def test_indices_come_before_the_network_where_the_bands_have_them(tmp_path, network):
    network(fit("fits"))
    assert recommended(tmp_path, ("red", "nir", "swir1"), gsd_m=0.5) == "index_difference"


def test_the_name_of_the_network_is_that_of_its_detector():
    assert choosing.NETWORK in registry.names()


def test_weights_that_were_not_better_where_they_were_judged_are_not_chosen(tmp_path, monkeypatch):
    facts = small_changenet.FACTS | {"is_recommended": False}
    small_changenet.install(tmp_path / "weights", monkeypatch, facts=facts)
    assert recommended(tmp_path, RGB, gsd_m=0.5) == "cva"
