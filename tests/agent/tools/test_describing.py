"""Tools that tell of a result: scenes, method, places, cautions, captions, single facts."""

from dataclasses import replace

import pytest

from agent.tools import registry
from tests.agent.tools.desks import HOSTILE
from wording.english import ENGLISH
from wording.slots import Glossary, render


def ask(desk, name, **arguments):
    return registry.call(registry.discover()[name], desk, arguments)


def facts(told):
    return {one.fact.name: one.fact for one in told.facts}


def test_the_pair_is_described_by_dates_ground_and_pixels(desk):
    told = facts(ask(desk, "describe_pair"))
    assert told["pre_acquired_on"].value == "2023-06-01"
    assert told["post_acquired_on"].value == "2024-06-03"
    assert told["pixel_size"].value == pytest.approx(1.0, rel=2e-3)
    assert told["aoi_area"].value == pytest.approx(300 * 320, rel=2e-3)
    assert told["valid_area"].unit == "m2"
    assert told["result"].value == "Bright things: pre.tif to post.tif"


def test_alignment_is_a_shift_in_pixels_and_metres_where_it_was_measured(desk):
    told = ask(desk, "check_alignment", result=desk.cases[1].id)
    assert {one.fact.unit for one in told.facts} == {"px", "m"}
    assert told.refusal is None


def test_the_method_names_what_found_the_things_and_the_smallest_of_them(desk):
    told = facts(ask(desk, "describe_method", result=desk.cases[1].id))
    assert told["detector"].value == "cva"
    assert told["smallest_mapped_area"].unit == "m2"
    counted = ask(desk, "describe_method")
    assert facts(counted)["counter"].value == "bright"
    assert facts(counted)["method_title"].value == "Bright things"
    assert counted.quoted == ("Cannot tell snow from huts.",)


def test_every_result_is_listed_with_its_day(desk):
    told = ask(desk, "list_results")
    assert [one.case for one in told.facts] == [case.id for case in desk.cases for _ in range(2)]
    assert all(case.id in note for case, note in zip(desk.cases, told.notes, strict=True))
    assert len({one.fact.id for one in told.facts}) == 4
    assert len({one.fact.value for one in told.facts if one.fact.name == "result"}) == 2


def test_no_result_is_a_refusal(desk, working):
    assert ask(replace(desk, cases=()), "list_results").refusal.reason == "no_result"
    told = ask(replace(working, cases=()), "list_results")
    assert told.refusal.alternative == "start_work"


def test_places_and_layers_are_listed(desk):
    told = ask(desk, "list_places")
    values = [one.fact.value for one in told.facts]
    assert {"districts", "rivers", "Yard West", "north-west", "northern half"} <= set(values)
    assert any("Westend" in str(name) for name in values)


def test_exclusions_say_what_was_not_assessed(desk):
    told = facts(ask(desk, "list_exclusions", result=desk.cases[1].id))
    assert told["excluded_area"].value == 0
    assert told["valid_area"].value == told["aoi_area"].value
    part = facts(ask(desk, "list_exclusions", result=desk.cases[1].id, place="north"))
    assert part["aoi_area"].region == "north"


def test_cautions_are_quoted(desk):
    from raster.findings import Finding

    finding = Finding("season_gap", "caution", f"{HOSTILE}\x00 seasons differ.")
    case = replace(desk.cases[1], findings=(finding,))
    told = ask(replace(desk, cases=(case,)), "list_cautions")
    assert len(told.quoted) == 1
    assert "\x00" not in told.quoted[0]
    assert told.notes == ()
    calm = replace(desk.cases[1], findings=())
    assert ask(replace(desk, cases=(calm,)), "list_cautions").notes


@pytest.mark.parametrize("at", [0, 1])
def test_a_caption_comes_back_as_slots_that_give_its_words_again(desk, folders, at):
    case = desk.cases[at]
    told = ask(desk, "write_caption", result=case.id)
    slots = {f"f{one.fact.id[:8]}": one.fact for one in told.facts}
    plurals = {kind.name: kind.labels for kind in case.kinds}
    labels = {kind.name: kind.label for kind in case.kinds}
    shown = render(told.notes[0], slots, glossary=Glossary(ENGLISH, labels, plurals)).text
    assert shown == (folders[at] / "caption.txt").read_text(encoding="utf-8").strip()


def test_a_short_caption_is_the_beginning_of_the_long_one(desk):
    for case in desk.cases:
        short, long = (
            ask(desk, "write_caption", result=case.id, length=length).notes[0]
            for length in ("short", "paragraph")
        )
        assert len(short) < len(long)
        assert long.startswith(short.split(" Read with care")[0])


def test_a_fact_is_explained_by_its_method_inputs_and_cautions(desk):
    fact = ask(desk, "count_objects", subject="hut", state="appeared").facts[0].fact
    told = ask(desk, "explain_fact", fact=f"f{fact.id[:8]}")
    assert told.facts[0].fact == fact
    method, pre, post, *_ = told.quoted
    assert method == fact.method
    assert pre.startswith("pre: pre.tif, SHA-256 ")
    assert post.startswith("post: post.tif, SHA-256 ")
    assert pre.rpartition(" ")[2] == fact.inputs[0][:12]


def test_without_a_handle_the_last_fact_is_explained(desk):
    density, ground = ask(desk, "measure_density", subject="hut").facts
    assert ground.fact.name == "valid_area"
    assert ask(desk, "explain_fact").facts[0] == density


def test_a_fact_nobody_found_cannot_be_explained(desk):
    assert ask(desk, "explain_fact").refusal.reason == "unsupported"
    found = ask(desk, "describe_pair")
    told = ask(desk, "explain_fact", fact="f00000000")
    assert told.refusal.about == "f00000000"
    assert told.refusal.nearest[-1] == f"f{found.facts[-1].fact.id[:8]}"
