import sys
from types import SimpleNamespace

from inference.device import Device, usable


def library(*, has_card):
    return SimpleNamespace(cuda=SimpleNamespace(is_available=lambda: has_card))


def test_a_card_that_works_is_used(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", library(has_card=True))
    assert usable("cuda:1") == Device("cuda:1")


def test_a_card_that_cuda_does_not_find_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", library(has_card=False))
    found = usable("cuda:0")
    assert found.name == "cpu"
    assert "does not find" in found.note


def test_a_library_that_cannot_be_loaded_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    found = usable("cuda:0")
    assert found.name == "cpu"
    assert "cannot be loaded" in found.note


def test_the_processor_is_used_without_loading_the_library(monkeypatch):
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    assert usable("cpu") == Device("cpu")
    assert "torch" not in sys.modules
