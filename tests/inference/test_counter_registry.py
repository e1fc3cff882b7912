import pytest

from errors import UnknownDetectorError
from inference import counter_registry


def test_the_counters_are_found_by_their_cards():
    assert set(counter_registry.names()) >= {"buildings", "like_this", "objects"}
    assert counter_registry.card("like_this").needs_examples
    assert counter_registry.card("buildings").weights == "clicknet"


def test_a_misspelt_counter_is_refused_with_the_nearest_name():
    with pytest.raises(UnknownDetectorError) as refused:
        counter_registry.load("bildings", "cpu")
    assert "Did you mean 'buildings'?" in refused.value.hint


def test_a_counter_whose_weights_are_missing_says_so_and_stays_in_the_list(monkeypatch):
    monkeypatch.setattr("inference.weights.missing", lambda _name: "They are not here.")
    entries = {entry.name: entry for entry in counter_registry.available()}
    assert not entries["buildings"].is_available
    assert entries["buildings"].reason == "They are not here."
    assert entries["buildings"].card is not None
    assert entries["like_this"].is_available


def test_reading_the_cards_loads_no_heavy_package():
    import subprocess
    import sys

    lines = (
        "import sys; from inference import counter_registry as r; r.available();"
        "print([name for name in ('torch', 'skimage', 'segment_anything') if name in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", lines], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
