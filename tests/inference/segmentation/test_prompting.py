from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from types import SimpleNamespace

import numpy as np
import pytest

from errors import CancelledError, InputError, OutOfDeviceMemoryError
from inference.segmentation.embeddings import Embeddings
from inference.segmentation.prompting import Prompter, Sight
from inference.segmenters.base import Candidate, Prompt
from progress import Watcher
from raster import scene
from raster.chip import stretch_of
from raster.grid import Grid
from tests.scenes import UTM33, transform, write

SHED = (100, 140, 50, 90)
POND = (200, 220, 260, 290)


def picture(*, sheds=(SHED, POND), shape=(300, 320)):
    image = np.full((3, *shape), 90, np.float32)
    image[:, ::7, ::5] = 140
    for number, (top, bottom, left, right) in enumerate(sheds):
        image[:, top:bottom, left:right] = np.array([200, 60, 10 + 20 * number])[:, None, None]
    return image


def sight_of(path):
    opened = scene.open(path)
    return Sight(opened, "ab" * 32, stretch_of(opened))


@dataclass(frozen=True)
class Desk:
    """A prompter over a picture in memory, and what its segmenter was asked to embed."""

    prompter: Prompter
    embedded: list

    def at(self, x, y):
        return self.prompter.answer(Prompt(inside=((x, y),)))


@pytest.fixture
def desk(tmp_path, flood):
    def make(image, *, gsd_m=1.0, loaded=flood, **profile):
        embedded = []

        def embed(model, chip):
            embedded.append(chip)
            return loaded.segmenter.embed(model, chip)

        module = SimpleNamespace(
            CARD=loaded.segmenter.CARD, embed=embed, answer=loaded.segmenter.answer
        )
        path = write(tmp_path / "scene.tif", image, gsd_m=gsd_m, **profile)
        spied = replace(loaded, segmenter=module)
        return Desk(Prompter(sight_of(path), spied, Embeddings(None, limit_bytes=0)), embedded)

    return make


def box_of(instance):
    rows, cols = instance.mask.shape
    return instance.top, instance.top + rows, instance.left, instance.left + cols


def test_a_click_gives_the_thing_on_the_grid_of_the_scene(desk):
    reply = desk(picture()).at(70, 120)
    assert box_of(reply.instance) == SHED
    assert reply.instance.mask.all()
    assert reply.instance.score == 0.9
    assert reply.findings == ()


@pytest.mark.parametrize("prompt", [
    Prompt(box=(48.0, 98.0, 92.0, 142.0)),
    Prompt(polygon=((52.0, 102.0), (88.0, 104.0), (86.0, 139.0))),
    Prompt(inside=((70.5, 120.5),), outside=((10.0, 10.0),)),
])  # fmt: skip
def test_boxes_outlines_and_points_beside_it_are_taken(desk, prompt):
    assert box_of(desk(picture()).prompter.answer(prompt).instance) == SHED


def test_a_finer_scene_is_looked_at_in_the_cards_pixels_and_answered_in_its_own(desk):
    fine = np.kron(picture(), np.ones((1, 4, 4), np.float32))
    table = desk(fine, gsd_m=0.25)
    top, bottom, left, right = box_of(table.at(280, 480).instance)
    assert table.embedded[0].grid.gsd_m == pytest.approx(0.5, rel=0.01)
    assert (top, bottom, left, right) == pytest.approx([4 * side for side in SHED], abs=2)


def test_neighbouring_prompts_use_one_embedding(desk):
    table = desk(picture())
    table.at(70, 120)
    table.at(72, 118)
    assert len(table.embedded) == 1


def test_after_a_look_ahead_a_prompt_nearby_embeds_nothing(desk):
    table = desk(picture())
    table.prompter.look_ahead(Prompt(inside=((74, 116),)))
    assert len(table.embedded) == 1
    assert box_of(table.at(70, 120).instance) == SHED
    assert len(table.embedded) == 1


def test_a_thing_larger_than_the_window_is_seen_whole_in_larger_pixels(desk):
    long = (100, 130, 20, 300)
    table = desk(picture(sheds=(long,)))
    reply = table.at(160, 115)
    assert box_of(reply.instance) == pytest.approx(long, abs=4)
    assert [chip.grid.gsd_m for chip in table.embedded] == pytest.approx([1, 2, 4], rel=0.01)
    assert "outline_coarse" in {finding.code for finding in reply.findings}
    assert "outline_cut" not in {finding.code for finding in reply.findings}


def test_a_thing_cut_by_its_window_is_seen_whole_in_the_next_one(desk):
    wide = (100, 130, 40, 200)
    table = desk(picture(sheds=(wide,), shape=(600, 640)))
    reply = table.at(110, 115)
    assert box_of(reply.instance) == pytest.approx(wide, abs=3)
    assert len(table.embedded) == 2


def test_a_thing_that_no_window_holds_is_said_to_be_cut(desk):
    endless = (400, 430, 0, 1400)
    table = desk(picture(sheds=(endless,), shape=(900, 1400)))
    reply = table.at(700, 415)
    assert "outline_cut" in {finding.code for finding in reply.findings}
    assert reply.instance is not None


def test_a_wider_look_that_shows_something_else_does_not_replace_the_thing(desk):
    # The closer look cuts a small thing at the window's side; the wider one sees other ground.
    table = desk(picture(sheds=(), shape=(600, 640)))
    chips = []

    def answer(_model, embedding, prompt):
        chips.append(embedding)
        mask = np.zeros((int(embedding["rows"]), int(embedding["cols"])), bool)
        mask[:5, :5] = True
        if len(chips) == 1:
            mask[:] = False
            mask[40:60, 100:] = True
        return (Candidate(mask, 0.5),)

    table.prompter.loaded.segmenter.answer = answer
    reply = table.at(300, 300)
    assert len(chips) == 2
    assert reply.instance.pixels == 20 * 28
    assert "outline_cut" in {finding.code for finding in reply.findings}


def test_the_edge_of_the_scene_cuts_nothing(desk):
    corner = (0, 40, 0, 30)
    table = desk(picture(sheds=(corner,)))
    reply = table.at(10, 10)
    assert box_of(reply.instance) == corner
    assert reply.findings == ()
    assert len(table.embedded) == 1


def test_a_large_box_is_looked_at_in_pixels_that_show_all_of_it(desk):
    field = (50, 850, 60, 1300)
    table = desk(picture(sheds=(field,), shape=(900, 1400)))
    reply = table.prompter.answer(Prompt(box=(60.0, 50.0, 1300.0, 850.0)))
    assert box_of(reply.instance) == pytest.approx(field, abs=24)
    assert len(table.embedded) == 1


def test_a_box_that_reaches_beyond_the_scene_asks_for_the_part_inside(desk):
    corner = (0, 60, 260, 320)
    table = desk(picture(sheds=(corner,)))
    reply = table.prompter.answer(Prompt(box=(255.0, -4000.0, 4000.0, 65.0)))
    assert reply.instance is None or box_of(reply.instance) == corner
    assert table.embedded[0].grid.gsd_m == pytest.approx(1, rel=0.01)


def test_a_box_beyond_all_reason_is_refused(desk):
    table = desk(picture())
    endless = Grid(UTM33, transform(1.0), 200_000, 200_000)
    sight = replace(table.prompter.sight, scene=replace(table.prompter.sight.scene, grid=endless))
    with pytest.raises(InputError, match="too much"):
        replace(table.prompter, sight=sight).answer(Prompt(box=(0.0, 0.0, 90_000.0, 90_000.0)))
    assert not table.embedded


def test_a_click_on_nodata_is_refused_with_a_remedy(desk):
    image = picture()
    image[:, 150:, :] = 0
    table = desk(image, nodata=0)
    with pytest.raises(InputError, match="nodata") as caught:
        table.at(100, 200)
    assert caught.value.hint
    with pytest.raises(InputError, match="nodata"):
        table.prompter.answer(Prompt(box=(20.0, 200.0, 60.0, 250.0)))


def test_what_was_not_observed_belongs_to_no_thing(desk):
    image = picture(sheds=((100, 200, 50, 90),))
    image[:, 150:, :] = 0
    assert box_of(desk(image, nodata=0).at(70, 120).instance) == (100, 150, 50, 90)


def test_where_the_segmenter_sees_nothing_a_finding_says_so(desk):
    blank = np.full((3, 200, 200), 90, np.float32)
    blank[:, 0, 0] = 91
    reply = desk(blank).at(100, 100)
    assert reply.instance is None
    assert [finding.code for finding in reply.findings] == ["nothing_found"]


def test_hundreds_of_prompts_embed_each_window_once_and_keep_their_order(desk):
    table = desk(picture(shape=(600, 640)))
    places = [(70, 120), (275, 210)] * 150
    seen = []
    replies = table.prompter.answer_all(
        [Prompt(inside=(place,)) for place in places],
        watcher=Watcher(lambda share, text: seen.append((share, text))),
    )
    assert [box_of(reply.instance) for reply in replies] == [SHED, POND] * 150
    assert len(table.embedded) == 2
    assert len(seen) == 300
    assert seen[-1][1] == "Outlining thing 300 of 300"


def test_one_prompt_on_nodata_does_not_spoil_the_others(desk):
    image = picture()
    image[:, 280:, :] = 0
    prompts = [Prompt(inside=(place,)) for place in ((70, 120), (100, 290), (275, 210))]
    first, second, third = desk(image, nodata=0).prompter.answer_all(prompts, watcher=Watcher())
    assert (box_of(first.instance), box_of(third.instance)) == (SHED, POND)
    assert second.instance is None
    (finding,) = second.findings
    assert finding.code == "prompt_left_out"
    assert finding.message.startswith("Prompt 2 was left out.")


def test_a_single_bad_prompt_is_an_error_even_in_a_batch(desk):
    image = picture()
    image[:, 280:, :] = 0
    with pytest.raises(InputError, match="nodata"):
        desk(image, nodata=0).prompter.answer_all([Prompt(inside=((100, 290),))], watcher=Watcher())


def test_cancelling_stops_between_prompts(desk):
    table = desk(picture())
    asked = []
    watcher = Watcher(is_cancelled=lambda: asked.append(1) or len(asked) > 3)
    prompts = [Prompt(inside=((70, 120),))] * 50
    with pytest.raises(CancelledError):
        table.prompter.answer_all(prompts, watcher=watcher)
    assert len(asked) == 4


def test_a_kind_of_prompt_the_card_lacks_is_refused_before_any_work(desk):
    table = desk(picture())
    prompt = Prompt(inside=((70, 120),), text="shed")
    with pytest.raises(InputError, match="does not take a text prompt"):
        table.prompter.answer(prompt)
    with pytest.raises(InputError, match="does not take a text prompt"):
        table.prompter.answer_all([prompt, prompt], watcher=Watcher())
    assert not table.embedded


class Hungry:
    """A segmenter on a graphics card that has memory for small windows only, or for none."""

    def __init__(self, flood, most_px):
        self.CARD = replace(flood.card, window_px=600)
        self.sizes = []
        self._flood = flood.segmenter
        self._most_px = most_px

    def embed(self, model, chip):
        self.sizes.append((model["device"], chip.valid.shape))
        if model["device"] != "cpu" and chip.valid.size > self._most_px:
            raise OutOfDeviceMemoryError("The card is too small.")
        return self._flood.embed(model, chip)

    def answer(self, model, embedding, prompt):
        return self._flood.answer(model, embedding, prompt)


def _on_card(desk, flood, most_px):
    hungry = Hungry(flood, most_px)
    table = desk(picture(shape=(800, 900)))
    card = replace(flood, segmenter=hungry, model={"device": "cuda:0"}, device="cuda:0")
    cpu = replace(flood, segmenter=hungry)
    prompter = replace(table.prompter, loaded=card, on_cpu=lambda: cpu)
    return hungry, prompter


def test_a_card_too_small_for_a_window_gets_a_smaller_one_and_says_so(desk, flood):
    hungry, prompter = _on_card(desk, flood, 300 * 300)
    reply = prompter.answer(Prompt(inside=((70, 120),)))
    assert box_of(reply.instance) == SHED
    assert hungry.sizes == [("cuda:0", (600, 600)), ("cuda:0", (300, 300))]
    assert [finding.code for finding in reply.findings] == ["smaller_window"]


def test_a_card_too_small_for_anything_leaves_the_work_to_the_cpu_and_says_so(desk, flood):
    hungry, prompter = _on_card(desk, flood, 10)
    reply = prompter.answer(Prompt(inside=((70, 120),)))
    assert box_of(reply.instance) == SHED
    assert hungry.sizes[-1] == ("cpu", (600, 600))
    assert [finding.code for finding in reply.findings] == ["on_cpu"]


def test_a_prompt_that_needs_the_whole_window_goes_straight_to_the_cpu(desk, flood):
    hungry, prompter = _on_card(desk, flood, 300 * 300)
    reply = prompter.answer(Prompt(box=(20.0, 80.0, 420.0, 300.0)))
    assert [device for device, _shape in hungry.sizes] == ["cuda:0", "cpu"]
    assert [finding.code for finding in reply.findings][:1] == ["on_cpu"]


def test_two_users_who_ask_one_model_at_once_get_their_own_things(desk):
    table = desk(picture(shape=(600, 640)))

    def ask(number):
        place, expected = (((70, 120), SHED), ((275, 210), POND))[number % 2]
        return box_of(table.at(*place).instance) == expected

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(64)))
