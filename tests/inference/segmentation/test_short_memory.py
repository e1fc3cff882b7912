from dataclasses import replace

import pytest

from errors import OutOfDeviceMemoryError
from inference.segmentation.short_memory import attempts


def on_card(flood, window_px):
    flood.segmenter.CARD = replace(flood.card, window_px=window_px)
    return replace(flood, device="cuda:0")


def test_smaller_windows_come_before_the_cpu(flood):
    way = attempts(on_card(flood, 1024))
    found = [
        (attempt.loaded.device, attempt.loaded.card.window_px, [f.code for f in attempt.findings])
        for attempt in (next(way), next(way), next(way))
    ]
    assert found == [
        ("cuda:0", 1024, []), ("cuda:0", 512, ["smaller_window"]), ("cpu", 1024, ["on_cpu"]),
    ]  # fmt: skip
    with pytest.raises(OutOfDeviceMemoryError, match="too little memory") as caught:
        next(way)
    assert caught.value.hint


def test_a_window_that_is_small_already_is_not_halved(flood):
    gone = attempts(on_card(flood, 400), on_cpu=lambda: flood)
    assert [next(gone).loaded.device for _turn in range(2)] == ["cuda:0", "cpu"]


def test_the_model_for_the_cpu_is_loaded_only_when_it_is_needed(flood):
    way = attempts(on_card(flood, 1024), on_cpu=lambda: pytest.fail("it was loaded"))
    next(way)
    next(way)


def test_on_the_cpu_there_is_only_a_smaller_window_to_try(flood):
    flood.segmenter.CARD = replace(flood.card, window_px=1024)
    way = attempts(flood)
    assert [next(way).loaded.card.window_px for _turn in range(2)] == [1024, 512]
    with pytest.raises(OutOfDeviceMemoryError):
        next(way)


def test_a_halved_segmenter_does_everything_its_module_does(flood):
    flood.segmenter.propose = lambda _model, _embedding: ("thing",)
    way = attempts(on_card(flood, 1024))
    next(way)
    halved = next(way).loaded.segmenter
    assert halved.answer is flood.segmenter.answer
    assert halved.propose(None, None) == ("thing",)
