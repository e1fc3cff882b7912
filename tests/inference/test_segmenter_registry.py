import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from errors import InputError, UnknownDetectorError
from inference import segmenter_registry, weights
from inference.segmenter_registry import kinds_of, recommend, require_kinds
from inference.segmenters.base import Prompt
from raster.bands import Band

RGB = tuple(Band(at + 1, role, role) for at, role in enumerate(("red", "green", "blue")))
RADAR = (Band(1, "VV", "vv"), Band(2, "VH", "vh"))
GREY = (Band(1, "band 1"),)


@pytest.fixture
def learned_is_here(monkeypatch):
    monkeypatch.setattr(weights, "missing", lambda _name: "")


@pytest.mark.parametrize(("gsd_m", "name"), [
    (0.05, "clicknet"), (0.3, "clicknet"), (1.0, "clicknet"), (2.39, "clicknet"),
    (2.5, "graph"), (10.0, "graph"),
])  # fmt: skip
@pytest.mark.usefixtures("learned_is_here")
def test_the_ground_size_decides_between_the_network_and_the_graph(gsd_m, name):
    found = recommend(gsd_m, RGB)
    assert found.name == name
    assert found.reason


@pytest.mark.usefixtures("learned_is_here")
def test_radar_is_never_given_to_the_network():
    assert recommend(0.5, RADAR).name == "graph"
    assert recommend(0.5, GREY, sensor="sar").name == "graph"
    assert "radar" in recommend(0.5, RADAR).reason


@pytest.mark.usefixtures("learned_is_here")
def test_a_grey_picture_is_given_to_the_network_and_the_lack_of_colour_said():
    found = recommend(0.5, GREY)
    assert found.name == "clicknet"
    assert "without colours" in found.reason


def test_without_its_weights_the_network_is_not_chosen(monkeypatch):
    monkeypatch.setattr(weights, "missing", lambda name: f"The weights {name!r} are not here.")
    found = recommend(0.3, RGB)
    assert found.name == "graph"
    assert "weights" in found.reason


def test_a_published_model_is_never_chosen_unasked(learned_is_here):
    chosen = {recommend(gsd_m, RGB).name for gsd_m in (0.1, 0.5, 2.0, 20.0)}
    assert chosen == {"clicknet", "graph"}


def test_an_unknown_name_is_refused_with_the_closest_one(flood):
    with pytest.raises(UnknownDetectorError, match="'flod'") as caught:
        segmenter_registry.load("flod", "cpu")
    assert "'flood'" in caught.value.hint


def test_a_model_is_loaded_once_however_many_ask_at_once(flood, monkeypatch):
    segmenter_registry.forget()
    calls = []
    original = flood.segmenter.load
    start = threading.Barrier(6)
    monkeypatch.setattr(
        flood.segmenter, "load", lambda device: calls.append(device) or original(device)
    )

    def ask(_turn):
        start.wait()
        return segmenter_registry.load("flood", "cpu")

    with ThreadPoolExecutor(6) as pool:
        models = [found.model for found in pool.map(ask, range(6))]
    assert calls == ["cpu"]
    assert all(model is models[0] for model in models)


def test_each_device_has_a_model_of_its_own(flood):
    assert segmenter_registry.load("flood", "cuda:0").model == {"device": "cuda:0"}
    assert segmenter_registry.load("flood", "cpu").model == {"device": "cpu"}


def test_kinds_of_a_prompt_are_all_it_combines():
    prompt = Prompt(outside=((1, 1),), box=(0, 0, 2, 2), text="shed")
    assert kinds_of(prompt) == {"point", "box", "text"}
    assert kinds_of(Prompt(polygon=((0, 0), (1, 0), (1, 1)))) == {"polygon"}


def test_a_kind_the_card_lacks_is_refused_with_what_it_takes(flood):
    require_kinds(flood.card, Prompt(inside=((1, 1),)))
    with pytest.raises(InputError, match="does not take a text prompt") as caught:
        require_kinds(flood.card, Prompt(inside=((1, 1),), text="shed"))
    assert "box, point, polygon" in caught.value.hint
