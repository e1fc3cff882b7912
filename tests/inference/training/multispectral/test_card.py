"""The shipped weights for 10 m, their manifest entry and their card say the same."""

import hashlib
import re
from pathlib import Path

import pytest

from inference import weights
from inference.networks import changenet
from inference.siamese import facts
from inference.siamese.multispectral import BANDS
from inference.training.multispectral import observed
from inference.training.multispectral.places import GSD_M
from inference.training.multispectral.pool import HELD_OUT

FOLDER = Path(__file__).resolve().parents[4] / "weights"
FILE = FOLDER / "changenet_10m.safetensors"


@pytest.fixture(scope="module")
def card() -> str:
    return (FOLDER / "changenet_10m.md").read_text(encoding="utf-8")


def test_file_manifest_and_card_agree(card: str) -> None:
    entry = weights.entry("changenet_10m")
    content = FILE.read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry.sha256
    assert len(content) == entry.bytes < 20_000_000
    assert entry.sha256 in card
    assert f"{entry.bytes:,} bytes" in card
    assert (entry.card, entry.gsd_m, entry.is_shipped) == ("changenet_10m.md", GSD_M, True)


def test_the_card_says_what_the_file_says(card: str) -> None:
    kept = facts.read(FILE)
    assert kept.bands == BANDS
    assert f"{kept.gsd_range_m[0]:g} to {kept.gsd_range_m[1]:g} m" in card
    assert f"near {kept.working_gsd_m:g} m" in card
    assert f"threshold {kept.threshold:g}" in card
    assert f"{kept.min_area_m2:g} m2" in card
    assert kept.training_stats is not None
    assert ("`auto` does not choose it" in card) != kept.is_recommended


def test_the_file_is_of_this_network() -> None:
    assert changenet.load(FILE, "cpu").bands == len(BANDS)


def test_the_card_names_what_was_kept_for_judging_and_how_to_make_it_again(card: str) -> None:
    assert f"{HELD_OUT:,}" in card
    assert f"columns from {observed.KEPT_FROM_PX}" in card
    assert "python -m inference.training changenet_10m --scenes DIR" in card
    assert len(re.findall(r"\| 0\.\d\d \|", card)) >= 8
