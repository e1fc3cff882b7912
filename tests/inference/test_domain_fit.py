import json

import cv2
import numpy as np
import pytest

from inference import domain_fit
from inference.domain_fit import Learned, collect, judge


def place(seed, *, level=120, contrast=30, blur=1.5):
    rng = np.random.default_rng(seed)
    image = rng.normal(0, 1, (3, 128, 128)) + rng.normal(0, 0.4, (3, 1, 1))
    image = np.stack([cv2.GaussianBlur(band, (0, 0), blur) for band in image])
    image += np.kron(rng.normal(0, 0.3, (3, 8, 8)), np.ones((16, 16)))
    return np.clip(level + contrast * image / image.std(), 0, 255).astype(np.uint8)


def embed(pictures):
    """Stands for a network that looks at how red and how green a place is."""
    means = pictures.astype(np.float32).mean(axis=(2, 3))
    return np.stack([means[:, 0] - means[:, 1], means[:, 1] - means[:, 2]], axis=1)


@pytest.fixture(scope="module")
def stats():
    rng = np.random.default_rng(5)
    pairs = [
        tuple(
            place(2 * seed + date, level=rng.uniform(90, 150), contrast=rng.uniform(20, 45),
                  blur=rng.uniform(0.8, 2.5)) for date in range(2)
        )
        for seed in range(150)
    ]  # fmt: skip
    return collect(pairs, [0.3] * 75 + [1.2] * 75, embed=embed)


def fit(stats, pictures, gsd_m=0.5):
    return judge(Learned.model_validate(stats), pictures, gsd_m=gsd_m, embed=embed)


def test_statistics_survive_the_metadata_of_a_file(stats):
    kept = json.loads(json.dumps(stats))
    assert kept["pictures"] == 300
    assert kept["gsd_m"] == [0.3, 1.2]
    assert Learned.model_validate(kept) == Learned.model_validate(stats)


def test_places_like_those_learned_from_fit(stats):
    found = fit(stats, [place(seed) for seed in range(1000, 1020)])
    assert found.verdict == "fits"
    assert found.finding().severity == "info"


@pytest.mark.parametrize(
    ("look", "words"),
    [({"level": 235, "contrast": 4}, "brightness"), ({"blur": 9.0}, "sharpness")],
)
def test_strange_places_lie_outside_and_the_reason_names_what_is_strange(stats, look, words):
    found = fit(stats, [place(seed, **look) for seed in range(1000, 1020)])
    assert found.verdict == "outside"
    assert words in found.reason
    assert found.finding().code == "domain_outside"
    assert found.finding().severity == "caution"


def test_what_only_the_network_notices_counts(stats):
    reddish = [place(seed).copy() for seed in range(1000, 1010)]
    for picture in reddish:
        picture[0] = np.clip(picture[0].astype(int) + 70, 0, 255)
        picture[1] = np.clip(picture[1].astype(int) - 70, 0, 255)
    found = fit(stats, reddish)
    assert found.strange["content"] >= 0.8


def test_a_few_strange_places_make_it_doubtful(stats):
    usual = [place(seed) for seed in range(1000, 1014)]
    odd = [place(seed, level=235, contrast=4) for seed in range(6)]
    assert fit(stats, usual + odd).verdict == "doubtful"


def test_pixels_of_another_size_are_doubtful(stats):
    found = fit(stats, [place(1000)], gsd_m=2.0)
    assert found.verdict == "doubtful"
    assert "0.3 to 1.2 m" in found.reason
    told = found.finding()
    assert (told.code, told.severity, told.value) == ("domain_gsd", "caution", None)


def test_nothing_to_look_at_is_doubtful(stats):
    found = fit(stats, [])
    assert found.verdict == "doubtful"
    # Nothing strange was seen either, so no share of it is told.
    told = found.finding()
    assert (told.code, told.severity, told.value) == ("domain_unknown", "caution", None)


def test_squares_leave_out_what_was_not_observed():
    valid = np.ones((200, 300), bool)
    valid[:100, :100] = False
    cuts = domain_fit.squares(np.zeros((3, 200, 300), np.uint8), valid, 100)
    assert len(cuts) == 5
    assert {cut.shape for cut in cuts} == {(3, 100, 100)}


def test_a_small_picture_is_one_square_and_a_sliver_none():
    valid = np.ones((80, 90), bool)
    assert len(domain_fit.squares(np.zeros((3, 80, 90), np.uint8), valid, 256)) == 1
    assert domain_fit.squares(np.zeros((3, 9, 90), np.uint8), valid[:9], 256) == []
