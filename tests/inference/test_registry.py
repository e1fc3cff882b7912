import sys

import pytest

from errors import ModelError, UnknownDetectorError, WeightsMissingError
from inference import detectors, registry, weights
from inference.detectors.base import Remarking, Voting

CARD_SOURCE = """
from inference.detectors.base import CHANGED, Card
CARD = Card("{name}", "t", "s.", "s", ("optical",), 1, (1.0, 2.0), (CHANGED,), "fixed", "r", 0.5,
            0, weights={weights!r})
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A second folder of detectors beside the real one."""
    monkeypatch.setattr(detectors, "__path__", [*detectors.__path__, str(tmp_path)])
    known = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - known:
        if name.startswith("inference.detectors."):
            del sys.modules[name]


def test_the_detectors_without_weights_are_all_there():
    assert {"index_difference", "log_ratio", "structure"} <= set(registry.names())
    assert "base" not in registry.names()


def test_names_are_sorted_and_cards_carry_them():
    assert list(registry.names()) == sorted(registry.names())
    assert [registry.card(name).name for name in registry.names()] == list(registry.names())


def test_loading_gives_the_module_that_fits_and_predicts():
    detector = registry.load("log_ratio")
    assert callable(detector.fit)
    assert callable(detector.predict)


def test_a_detector_that_tells_who_voted_tells_their_titles_too():
    able = [entry.name for entry in registry.available() if entry.is_available]
    voting = [one for one in map(registry.load, able) if isinstance(one, Voting)]
    assert {"blend", "consensus"} <= {one.CARD.name for one in voting}
    assert all(isinstance(one, Remarking) for one in voting)


def test_an_unknown_name_suggests_the_closest_one():
    with pytest.raises(UnknownDetectorError, match="'log_ration'") as caught:
        registry.load("log_ration")
    assert "Did you mean 'log_ratio'?" in caught.value.hint
    assert "structure" in caught.value.hint


def test_a_name_like_no_other_lists_the_names():
    with pytest.raises(UnknownDetectorError) as caught:
        registry.card("../../etc/passwd")
    assert "Did you mean" not in caught.value.hint
    assert "index_difference" in caught.value.hint


def test_a_missing_package_makes_a_detector_unavailable(folder):
    (folder / "needs_package.py").write_text("import no_such_package_at_all", "utf-8")
    entry = next(entry for entry in registry.available() if entry.name == "needs_package")
    assert not entry.is_available
    assert "'no_such_package_at_all'" in entry.reason
    assert "needs_package" not in registry.names()
    with pytest.raises(ModelError, match="no_such_package_at_all"):
        registry.load("needs_package")


def test_missing_weights_leave_the_card_readable(folder, monkeypatch, tmp_path):
    source = CARD_SOURCE.format(name="needs_weights", weights="absent")
    (folder / "needs_weights.py").write_text(source, "utf-8")
    (tmp_path / "manifest.toml").write_text("", "utf-8")
    monkeypatch.setattr(weights, "SHIPPED_DIR", tmp_path)
    assert registry.card("needs_weights").weights == "absent"
    entry = next(entry for entry in registry.available() if entry.name == "needs_weights")
    assert not entry.is_available
    assert "'absent'" in entry.reason
    with pytest.raises(WeightsMissingError, match="'absent'"):
        registry.load("needs_weights")


def test_weights_that_the_manifest_lists_and_the_folder_holds_are_enough(
    folder, monkeypatch, tmp_path
):
    source = CARD_SOURCE.format(name="has_weights", weights="small")
    (folder / "has_weights.py").write_text(source, "utf-8")
    manifest = f'''
        [[weights]]
        name = "small"
        file = "small.safetensors"
        sha256 = "{"0" * 64}"
        bytes = 5
        licence = "CC0-1.0"
    '''
    (tmp_path / "manifest.toml").write_text(manifest, "utf-8")
    (tmp_path / "small.safetensors").write_bytes(b"small")
    monkeypatch.setattr(weights, "SHIPPED_DIR", tmp_path)
    assert registry.load("has_weights").CARD.name == "has_weights"


@pytest.mark.parametrize("source", ["1 / 0", "import inference.no_such_module"])
def test_a_bug_in_a_detector_is_raised_not_hidden(folder, source):
    (folder / "has_bug.py").write_text(source, "utf-8")
    with pytest.raises((ZeroDivisionError, ModuleNotFoundError)):
        registry.available()
