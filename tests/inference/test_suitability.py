import pytest

from inference import registry
from inference.recommend import recommend
from inference.suitability import against, findings
from raster import scene
from raster.align import align
from tests.scenes import ground, write_pair


def pair_of(folder, *, bands=3, gsd_m=1.0):
    image = ground((64, 72), bands=bands)
    return align(*map(scene.open, write_pair(folder, image, image, gsd_m=gsd_m)))


def why(name, pair):
    return list(against(registry.card(name), pair))


@pytest.mark.parametrize("name", ["cva", "irmad", "structure", "blend", "changenet", "consensus"])
def test_nothing_is_said_of_a_detector_that_suits(tmp_path, name):
    assert findings(registry.card(name), pair_of(tmp_path)) == ()


@pytest.mark.parametrize(
    ("name", "bands", "gsd_m", "said"),
    [
        ("log_ratio", 3, 1.0, "radar images, which these do not seem to be"),
        ("irmad", 1, 1.0, "at least 2 bands"),
        ("structure", 3, 100.0, "pixels of 0.05 to 30 m"),
        ("log_ratio", 3, 0.2, "pixels of 0.5 to 100 m"),
    ],
)
def test_sensor_bands_and_ground_size_of_the_card_count(tmp_path, name, bands, gsd_m, said):
    pair = pair_of(tmp_path, bands=bands, gsd_m=gsd_m)
    assert any(said in reason for reason in why(name, pair))
    (told,) = findings(registry.card(name), pair)
    assert (told.code, told.severity) == ("not_made_for", "caution")
    assert name in told.message
    assert said in told.message


@pytest.mark.parametrize("gsd_m", [30.2, 0.0497])
def test_pixels_of_a_map_may_be_a_little_off(tmp_path, gsd_m):
    assert why("structure", pair_of(tmp_path, gsd_m=gsd_m)) == []


@pytest.mark.parametrize("bands", [1, 3, 4])
@pytest.mark.parametrize("gsd_m", [0.1, 0.5, 3.0, 10.0, 30.0, 250.0])
def test_what_auto_takes_is_made_for_the_pair(tmp_path, bands, gsd_m):
    pair = pair_of(tmp_path, bands=bands, gsd_m=gsd_m)
    assert why(recommend(pair).name, pair) == []
