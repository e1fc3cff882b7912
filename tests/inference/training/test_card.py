"""The shipped weights, their manifest entry and their card say the same."""

import hashlib
import re
from pathlib import Path

import pytest

from inference import weights
from inference.networks import clicknet
from inference.training.judge import ALL
from inference.training.oam import VALIDATION
from inference.training.pools import KINDS
from inference.training.tables import COUNTED, tables

FOLDER = Path(__file__).resolve().parents[3] / "weights"


@pytest.fixture(scope="module")
def card() -> str:
    return (FOLDER / "clicknet.md").read_text(encoding="utf-8")


def rows(card: str, start: str) -> list[list[str]]:
    lines = [line for line in card.splitlines() if line.startswith(start)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_file_manifest_and_card_agree(card: str) -> None:
    entry = weights.entry("clicknet")
    content = (FOLDER / entry.file).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry.sha256
    assert len(content) == entry.bytes < 20_000_000
    assert entry.sha256 in card
    assert entry.card == "clicknet.md"


def test_the_file_is_of_this_network() -> None:
    assert clicknet.load(FOLDER / "clicknet.safetensors", "cpu")


def test_the_card_has_figures_for_every_kind_and_place(card: str) -> None:
    titles = [row[0] for row in rows(card, "| ")]
    for kind in set(KINDS) - {"ship", "containers", "tank"}:
        assert f"{kind}, simulated" in titles
    for place in {*VALIDATION, ALL}:
        assert f"building, `{place}`" in titles
        assert f"`{place}`, 0.3 m" in titles
    assert set(COUNTED.values()) <= set(titles)
    for row in rows(card, "| building"):
        assert all(re.fullmatch(r"\d+|\d\.\d\d", cell) for cell in row[1:])


def test_tables_hold_what_was_measured() -> None:
    line = {"things": 7, "click_median": 0.811, "second_median": 0.9, "box_median": 0.95,
            "click_mean": 0.7, "box_mean": 0.8, "score_error": 0.05}  # fmt: skip
    count = {"chips": 3, "buildings": 100, "found": 98, "mae_per_chip": 1.33, "mae_share": 0.04,
             "exact_share": 0.333}  # fmt: skip
    place = {"prompts": {"building": line}, "counting": count}
    text = tables({"simulated": {"tree": line}, "counting_clean": count,
                   "counting_nuisances": count, "set2-1-1": place})  # fmt: skip
    assert "| tree, simulated | 7 | 0.81 | 0.90 | 0.95 | 0.70 | 0.80 | 0.05 |" in text
    assert "| `set2-1-1`, 0.3 m | 3 | 100 | 98 | 1.3 | 4.0% | 33% |" in text
    assert text.count("| building, `set2-1-1` |") == 1
