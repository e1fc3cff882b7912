import importlib.util

import pytest

from workspace import devices


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with this many cards, with or without the learning library."""

    def make(cards, *, has_library=True, visible=None):
        for card in range(cards):
            (tmp_path / f"nvidia{card}").touch()
        (tmp_path / "nvidiactl").touch()
        (tmp_path / "nvidia-uvm").touch()
        found = object() if has_library else None
        monkeypatch.setattr(importlib.util, "find_spec", lambda _name: found)
        monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
        if visible is not None:
            monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
        return devices.compute_devices(2, device_files=tmp_path)

    return make


def test_every_card_has_a_worker_of_its_own(machine):
    assert machine(3) == ("cuda:0", "cuda:1", "cuda:2")


def test_more_than_ten_cards_are_numbered_in_order(machine):
    assert machine(11)[9:] == ("cuda:9", "cuda:10")


@pytest.mark.parametrize(
    ("cards", "has_library"), [(0, True), (2, False)], ids=["no card", "no library"]
)
def test_without_a_usable_card_the_processor_gets_as_many_workers_as_set(
    machine, cards, has_library
):
    assert machine(cards, has_library=has_library) == ("cpu", "cpu")


@pytest.mark.parametrize(
    ("visible", "expected"),
    [
        ("1", ("cuda:1",)),
        ("2, 0", ("cuda:2", "cuda:0")),
        ("0,7,1", ("cuda:0",)),
        ("GPU-8f2c", ("cuda:GPU-8f2c",)),
        ("", ("cpu", "cpu")),
        ("-1", ("cpu", "cpu")),
    ],
)
def test_the_operators_choice_of_cards_is_kept(machine, visible, expected):
    assert machine(3, visible=visible) == expected


def test_a_worker_sees_its_own_card_only():
    assert devices.environment("cuda:2") == {"CUDA_VISIBLE_DEVICES": "2"}
    assert devices.environment("cpu") == {"CUDA_VISIBLE_DEVICES": ""}
