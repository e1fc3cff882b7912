import io
import json
import zipfile

from agent.answer import Answered, ToolCall
from agent.dialogue import Dialogue
from agent.transcript import as_zip, facts, markdown
from analysis.facts import Fact, with_id
from analysis.inquiry.case import Measured


def fact(name, value, **more):
    about = {"unit": "1", "change_class": "building", "state": "appeared", "region": "aoi"}
    sizes = {"aoi_area_m2": 100.0, "valid_area_m2": 90.0, "run": "0123456789abcdef"}
    return with_id(Fact("", name, value, method="Counted.", **about | sizes | more))


NEW, OTHER = fact("objects_appeared", 12), fact("objects_vanished", 3)


def turn(question, text, cited, **more):
    start = text.index("12")
    return Answered(
        question=question, text=text, citations=((start, start + 2, cited.id),),
        facts=(Measured(NEW, (1, 2), NEW.run), Measured(OTHER, (), NEW.run)),
        calls=(ToolCall("count_objects", {"state": "appeared"}, (NEW.id,), 0.01),),
        intent="count_objects", refused=False, reason=None, model="offline planner",
        language="en", seconds=0.02, frame={}, **more,
    )  # fmt: skip


TALK = Dialogue(
    (
        turn("How many new buildings?", "12 buildings appeared.", NEW),
        turn("And *now*, <b>again</b>?", "Still 12.", NEW, notice="The model was too slow."),
    )
)


def test_every_number_leads_to_its_fact_which_is_listed_once():
    text = markdown(TALK)
    assert "**12** [1] buildings appeared." in text
    assert "Still **12** [1]." in text
    assert text.count(f"Fact `{NEW.id}` of run `{NEW.run}`") == 1
    assert OTHER.id not in text


def test_text_from_outside_is_not_live_markdown():
    text = markdown(TALK)
    assert "## And \\*now\\*, \\<b\\>again\\</b\\>?" in text
    assert "The model was too slow." in text


def test_only_cited_facts_are_handed_out():
    (entry,) = facts(TALK)
    assert (entry["id"], entry["value"], entry["class"]) == (NEW.id, 12, "building")


def test_the_bundle_can_be_gone_on_with_and_is_the_same_every_time():
    content = as_zip(TALK)
    assert content == as_zip(TALK)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert set(archive.namelist()) == {"dialogue.md", "dialogue.json", "facts.json"}
        read = json.loads(archive.read("dialogue.json"))
        assert json.loads(archive.read("facts.json")) == facts(TALK)
    assert Dialogue.from_json(read) == TALK


def test_an_empty_dialogue_is_an_empty_page():
    assert facts(Dialogue()) == []
    assert "Where the numbers" not in markdown(Dialogue())
