"""Questions on the page: answers whose numbers lead to their facts, kept and taken away."""

import io
import json
import shutil
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import settings
from agent.answer import Answered, ToolCall
from agent.transcript import as_zip
from agent.work import WorkAsked
from analysis.inquiry.case import Measured
from inference import counters
from pages._ui import ask_desk, ask_map
from pages._ui.ask_desk import Result
from pages._ui.ask_work import ProjectWork
from services.count_results import review
from tests.pages.pair_steps import choose_in, lay_out, tell_map
from tests.pages.steps import (
    MAIN,
    OWNER,
    add_project,
    button,
    errors,
    go,
    has_button,
    is_clean,
    run_jobs,
    warnings,
    words,
)
from tests.scenes import ground, with_houses, write_pair
from workspace import answering, database, dialogues, jobs, layers, projects
from workspace.records import Project

KEPT, GONE = (20, 30, 20, 24), (100, 40, 18, 26)
NEW = ((60, 110, 30, 20), (20, 80, 16, 16))
EXTRA = str(Path(__file__).with_name("extra_counters"))
PATIENCE_S = 120


@dataclass(frozen=True)
class Template:
    """A pair that was counted, made once for many tests; each works on a copy of its folder."""

    project: Project
    plain: Path
    done: Path


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("asked")
    image = ground((160, 180))
    before, after = with_houses(image, [KEPT, GONE]), with_houses(image, [KEPT, *NEW])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counters, "__path__", [*counters.__path__, EXTRA])
        patch.setenv("GROUNDSHIFT_DATA_DIR", str(folder / "done"))
        settings.load.cache_clear()
        project = add_project(*write_pair(folder / "files", before, after))
        database.connect().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copytree(folder / "done", folder / "plain")
        jobs.submit(OWNER, "count", asked(project), project=project.id)
        run_jobs()
        database.connect().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    settings.load.cache_clear()
    return Template(project, folder / "plain", folder / "done")


def asked(project):
    return {"pre": project.pre, "post": project.post, "aoi": None, "area_name": "",
            "counter": "bright_roofs", "thing": "", "is_movable": False, "min_area_m2": None,
            "max_area_m2": None, "similarity": None, "examples": []}  # fmt: skip


@pytest.fixture(autouse=True)
def extra_counters(monkeypatch):
    monkeypatch.setattr(counters, "__path__", [*counters.__path__, EXTRA])


@pytest.fixture
def project(template, data_dir):
    lay_out(template.done, data_dir)
    return projects.get(OWNER, template.project.id)


@pytest.fixture
def page(project):
    return opened(project)


@pytest.fixture
def bare(template, data_dir):
    """A pair on which nothing was run."""
    lay_out(template.plain, data_dir)
    return projects.get(OWNER, template.project.id)


def opened(project):
    return go(AppTest.from_file(str(MAIN), default_timeout=90), "ask.py", project=project.id)


def ask(app, question):
    """Type a question and wait for its answer."""
    app.chat_input[0].set_value(question).run()
    return settled(app)


def settled(app):
    for under_way in answering._under_way.copy().values():
        assert under_way.ended.wait(PATIENCE_S)
    return app.run()


def answers(app):
    """Texts of the answers, oldest first."""
    return ["".join(part["text"] for part in parts) for _key, parts in captions(app)]


def captions(app):
    found = []
    for component in app.get("bidi_component"):
        content = json.loads(component.proto.json)
        if "parts" in content:
            found.append((component.proto.id, content["parts"]))
    return found


def numbers(app, at=-1):
    """The numbers of an answer that can be clicked, with their facts."""
    return {part["text"]: part["fact"] for part in captions(app)[at][1] if "fact" in part}


def the_map(app):
    for component in app.get("bidi_component"):
        content = json.loads(component.proto.json)
        if "objects" in content:
            return content
    raise AssertionError("no map")


def chips_of(app, project, turn, text):
    return choose_in(app, f"answer_{project.id}_{turn}", numbers(app, turn)[text])


def states(app, ids):
    found = the_map(app)["objects"]["features"]
    return {one["properties"]["class"] for one in found if one["properties"]["id"] in ids}


def kept_answer(project, **changes):
    """A turn made of the facts of the count, as the agent leaves it."""
    (count,) = ask_desk.finished(project)
    found = review(count.folder)
    fact = next(one for one in found.result.facts
                if (one.name, one.region) == ("objects_appeared", "aoi"))  # fmt: skip
    text = "2 houses appeared."
    measured = Measured(fact, found.entries_of(fact.id), count.case)
    return Answered(**{
        "question": "How many new houses?", "text": text, "citations": ((0, 1, fact.id),),
        "facts": (measured,), "calls": (ToolCall("count_objects", {"state": "appeared"},
                                                 (fact.id,), 0.01),),
        "intent": "count_objects", "refused": False, "reason": None, "model": "offline planner",
        "language": "en", "seconds": 0.04, "frame": {}, **changes,
    })  # fmt: skip


def test_without_a_project_the_way_to_scenes_is_shown(app):
    app.switch_page("ask.py").run()
    assert is_clean(app)
    assert app.get("page_link")[-1].proto.label == "Go to Scenes"


def test_three_questions_in_a_row_are_answered_with_numbers_that_are_facts(page, project):
    ask(page, "How many new houses are there?")
    assert is_clean(page)
    assert answers(page)[0].startswith("2 ")
    ask(page, "And in the north?")
    ask(page, "Which is the largest?")
    assert len(answers(page)) == 3
    assert answers(page)[1].startswith("1 ")
    assert "256 m²" in answers(page)[2]
    turns = ask_desk.dialogue_of(OWNER, project.id).turns
    known = {one.fact.id for turn in turns for one in turn.facts}
    cited = {fact for _key, parts in captions(page) for part in parts
             if (fact := part.get("fact"))}  # fmt: skip
    assert cited
    assert cited <= known
    assert "Offline planner" in words(page)
    assert "nothing leaves this server" in words(page)


def test_a_number_leads_to_its_fact_its_step_its_inputs_and_its_things_on_the_map(page, project):
    ask(page, "How many new houses are there?")
    chips_of(page, project, 0, "2")
    assert is_clean(page)
    said = words(page)
    assert "Objects appeared: 2" in said
    assert "2 objects are marked on the map" in said
    assert "state: appeared" in said
    assert project_hash(project) in said
    shown = the_map(page)
    assert len(shown["selected"]) == 2
    assert states(page, shown["selected"]) == {"appeared"}
    west, south, east, north = shown["fit"]
    for one in shown["objects"]["features"]:
        if one["properties"]["id"] in shown["selected"]:
            for lon, lat in one["geometry"]["coordinates"][0]:
                assert west < lon < east
                assert south < lat < north
    button(page, "Close").click().run()
    assert the_map(page)["selected"] == []
    assert "Objects appeared" not in words(page)
    # The map stays where it went: it follows a rectangle only when that changes.
    assert the_map(page)["fit"] == shown["fit"]


def project_hash(project):
    from workspace import scenes

    return scenes.get(OWNER, project.pre).facts.sha256


def test_a_question_in_german_is_answered_in_german(page):
    ask(page, "Wie viele sind dazugekommen?")
    assert is_clean(page)
    assert answers(page) == ["2 houses kamen hinzu."]


def test_a_suggestion_is_a_question(page):
    suggested = [one for one in page.button if str(one.key).startswith("suggested_")]
    assert suggested
    label = suggested[0].key.split("_", 2)[2]
    suggested[0].click().run()
    settled(page)
    assert is_clean(page)
    assert [turn.question for turn in ask_desk.dialogue_of(OWNER, projects.latest(OWNER).id).turns]
    assert label in words(page)
    assert answers(page)[0]


def test_the_dialogue_is_there_after_a_reload_and_nobody_elses(page, project):
    ask(page, "How many new houses are there?")
    before = answers(page)
    again = opened(project)
    assert answers(again) == before
    assert "How many new houses are there?" in words(again)
    with pytest.raises(Exception, match="no such project"):
        ask_desk.dialogue_of("somebody", project.id)


def test_it_can_be_downloaded_with_its_facts_and_cleared(page, project):
    ask(page, "How many new houses are there?")
    dialogue = ask_desk.dialogue_of(OWNER, project.id)
    with zipfile.ZipFile(io.BytesIO(as_zip(dialogue))) as archive:
        facts = json.loads(archive.read("facts.json"))
        assert "How many new houses are there?" in archive.read("dialogue.md").decode()
    assert {fact["id"] for fact in facts} == set(numbers(page).values())
    assert "Download" in [one.proto.label for one in page.get("download_button")]
    button(page, "Clear the dialogue").click().run()
    assert is_clean(page)
    assert answers(page) == []
    assert dialogues.listed(OWNER, project.id) == ()


def test_what_others_wrote_is_shown_as_text_and_never_as_markup(project):
    evil = "<img src=x onerror=alert(1)> **bold** [link](http://evil.example)"
    turn = kept_answer(project, question=evil, notice=evil, reading=evil, model=evil,
                       calls=(ToolCall(evil, {evil: evil}, (), 0.0, evil),))  # fmt: skip
    ask_desk.keep(OWNER, project.id, turn)
    page = opened(project)
    assert is_clean(page)
    every = [one.value for kind in (page.markdown, page.caption, page.info) for one in kind]
    holding = [value for value in every if "bold" in value]
    assert holding
    assert all(r"\*\*bold" in value and r"\[link\]\(http" in value for value in holding)
    assert all(r"\<img" in value for value in holding)


def test_a_models_reading_and_its_failure_are_marked(project):
    turn = kept_answer(
        project, reading="Bright roofs beside a road.",
        notice="The server is too busy. The offline planner answered instead.",
    )  # fmt: skip
    ask_desk.keep(OWNER, project.id, turn)
    page = opened(project)
    assert "this is not a measurement" in " ".join(one.value for one in page.info)
    assert "The offline planner answered instead" in words(page)


def test_a_file_is_offered_while_it_is_there_and_only_from_its_own_folder(project, data_dir):
    reports = data_dir / "reports" / project.id
    reports.mkdir(parents=True)
    (reports / "report-full-en.html").write_text("<p>report</p>")
    turn = kept_answer(project, files=("report-full-en.html", "../../workspace.sqlite3"))
    ask_desk.keep(OWNER, project.id, turn)
    page = opened(project)
    labels = [one.proto.label.replace("\\", "") for one in page.get("download_button")]
    assert "report-full-en.html" in labels
    assert not [label for label in labels if "sqlite" in label]
    assert "not there any more" in words(page)
    projects.delete(OWNER, project.id)
    assert not reports.exists()


def test_before_any_result_the_page_says_what_to_do_and_offers_to_run_it(bare):
    page = opened(bare)
    assert is_clean(page)
    assert "Nothing was run on this pair yet" in words(page)
    ask(page, "How many new houses are there?")
    assert is_clean(page)
    (answer,) = answers(page)
    assert not any(char.isdigit() for char in answer)
    (turn,) = ask_desk.dialogue_of(OWNER, bare.id).turns
    assert turn.refused
    assert turn.reason == "no_result"


def test_a_plan_is_begun_by_yes_followed_and_then_asked_about(bare):
    work = ProjectWork(OWNER, bare.id)
    plan = work.plan(WorkAsked("count", "bright_roofs"))
    assert plan.summary == "Count houses at both dates in the whole overlap."
    question = {"question": "How many new houses are there?", "text": "That must be run first."}
    turn = Answered(
        **question, citations=(), facts=(), calls=(), intent="start_work", refused=False,
        reason=None, model="offline planner", language="en", seconds=0.1, frame={}, plan=plan,
    )  # fmt: skip
    ask_desk.keep(OWNER, bare.id, turn)
    page = opened(bare)
    assert "Count houses at both dates in the whole overlap." in words(page)
    assert "It will take about" in words(page)
    button(page, "Yes, start").click().run()
    (job,) = [one for one in jobs.listed(OWNER) if one.kind == "count"]
    assert job.is_active
    assert not has_button(page, "Yes, start")
    assert has_button(page, "Stop")
    # A second yes, from a page that was not drawn anew, begins nothing more.
    assert work.begin(plan).job == job.id
    run_jobs(page)
    assert "It is done" in " ".join(one.value for one in page.success)
    page.button(key=f"ask_after_{bare.id}").click().run()
    settled(page)
    assert answers(page)[-1].startswith("2 ")


def test_short_work_is_begun_at_once_and_can_be_stopped(bare):
    page = opened(bare)
    ask(page, "Count the buildings.")
    assert is_clean(page)
    assert not has_button(page, "Yes, start")
    (job,) = [one for one in jobs.listed(OWNER) if one.kind == "count"]
    assert job.params["counter"] == "buildings"
    assert "buildings" in answers(page)[0]
    button(page, "Stop").click().run()
    assert jobs.get(OWNER, job.id).status == "cancelled"


def test_a_plan_that_is_declined_goes_and_nothing_is_run(bare):
    plan = ProjectWork(OWNER, bare.id).plan(WorkAsked("compare"))
    ask_desk.keep(OWNER, bare.id, kept_without(plan))
    page = opened(bare)
    button(page, "No").click().run()
    assert not has_button(page, "Yes, start")
    assert not [one for one in jobs.listed(OWNER) if one.kind == "compare"]


def kept_without(plan):
    return Answered(
        question="Compare", text="That must be run first.", citations=(), facts=(), calls=(),
        intent="start_work", refused=False, reason=None, model="offline planner", language="en",
        seconds=0.1, frame={}, plan=plan,
    )  # fmt: skip


def test_what_cannot_be_run_says_why(bare):
    work = ProjectWork(OWNER, bare.id)
    for wanted, why in (
        (WorkAsked("count", "lost_weights"), "cannot run here"),
        (WorkAsked("count", "like_this"), "example must be boxed"),
        (WorkAsked("compare", "magic"), "No detector is called"),
        (WorkAsked("compare", place="north"), "drawn areas only"),
        (WorkAsked("count", thing="dragons"), "counts such things"),
    ):
        with pytest.raises(Exception, match=why):
            work.plan(wanted)
    with pytest.raises(Exception, match="no such job"):
        work.standing("f" * 32)


def test_work_over_a_drawn_area_takes_less_time_and_former_runs_are_learned_from(project):
    west, south, east, north = 15.0, 48.7, 15.001, 48.701
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    area = {"type": "Feature", "properties": {"id": "a", "name": "Yard"},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    collection = {"type": "FeatureCollection", "features": [area]}
    projects.save_areas(OWNER, project.id, collection)
    projects.save_map(OWNER, project.id, {"areas_chosen": []})
    work = ProjectWork(OWNER, project.id)
    whole = work.plan(WorkAsked("count", "bright_roofs"))
    yard = work.plan(WorkAsked("count", "bright_roofs", place="yard"))
    assert yard.summary == "Count houses at both dates in the area “Yard”."
    assert yard.estimated_s <= whole.estimated_s
    assert yard.id != whole.id
    (count,) = [job for job in jobs.listed(OWNER) if job.kind == "count"]
    took = (count.finished_utc - count.started_utc).total_seconds()
    assert whole.estimated_s == pytest.approx(took)
    # The very same work was done already, and says so.
    now = work.now(whole)
    assert now.asked.thing == "house"
    assert (now.standing, now.share_pct) == ("done", 100)
    assert now.result == ask_desk.finished(project)[0].case


def test_a_question_that_finds_no_answer_is_not_lost(page, project, monkeypatch):
    def full(*_arguments):
        raise_limit()

    monkeypatch.setattr(dialogues, "add", full)
    ask(page, "How many new houses are there?")
    assert "The dialogue is full." in errors(page)
    assert "How many new houses are there?" in words(page)
    monkeypatch.undo()
    monkeypatch.setattr(counters, "__path__", [*counters.__path__, EXTRA])
    button(page, "Ask again").click().run()
    settled(page)
    assert answers(page)[0].startswith("2 ")


def raise_limit():
    from errors import LimitError

    raise LimitError("The dialogue is full.", hint="Clear it.")


def test_a_damaged_dialogue_is_told_and_can_be_cleared(project):
    dialogues.add(OWNER, project.id, {"turns": [{"question": "?"}]})
    page = opened(project)
    assert "cannot be read" in errors(page)
    button(page, "Clear the dialogue").click().run()
    assert is_clean(page)
    assert dialogues.listed(OWNER, project.id) == ()


def test_a_layer_is_drawn_can_be_asked_about_and_removed(page, project):
    lon, lat = lonlat_of(NEW[0])
    line = [[lon - 0.0005, lat], [lon + 0.0005, lat]]
    content = {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"name": "Elbe"},
         "geometry": {"type": "LineString", "coordinates": line}}]}  # fmt: skip
    file = ("river.geojson", json.dumps(content).encode(), "application/json")
    page.file_uploader[0].set_value(file).run()
    assert is_clean(page)
    assert "river" in words(page)
    drawn = [one for one in the_map(page)["objects"]["features"] if one["properties"]["id"] < 0]
    assert [one["properties"]["text"] for one in drawn] == ["Elbe"]
    assert "river" in [entry["label"] for entry in the_map(page)["legend"]]
    ask(page, "How many new houses are within 5 m of the river?")
    assert is_clean(page)
    assert answers(page)[0].startswith("1 ")
    (kept,) = layers.listed(OWNER, project.id)
    page.button(key=f"remove_layer_{kept.id}").click().run()
    assert layers.listed(OWNER, project.id) == ()


def lonlat_of(house):
    from tests.e2e.steps import corner

    top, left, height, width = house
    return corner(top + height / 2, left + width / 2)


def test_a_file_that_is_no_layer_is_refused_on_the_page(page, project):
    page.file_uploader[0].set_value(("evil.geojson", b"{", "application/json")).run()
    assert errors(page)
    assert layers.listed(OWNER, project.id) == ()


def test_a_feature_of_a_layer_is_no_thing_of_the_result(page, project):
    key = f"map_ask_{project.id}"
    state = page.session_state[f"{key}:memory"].state
    tell_map(page, key, selected=-3, clicks=state.clicks + 1)
    page.run().run()
    assert is_clean(page)
    assert the_map(page)["selected"] == []


def test_a_layer_too_detailed_for_a_browser_is_left_off_the_map(project, monkeypatch):
    monkeypatch.setattr(ask_map, "MOST_CORNERS", 3)
    ring = [[15.0, 48.7], [15.1, 48.7], [15.1, 48.8], [15.0, 48.8], [15.0, 48.7]]
    features = [{"type": "Feature", "properties": {"name": "a"},
                 "geometry": {"type": "Polygon", "coordinates": [ring]}}]  # fmt: skip
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    layers.add(OWNER, project.id, "d.geojson", content)
    (drawn,) = ask_map.drawn(project)
    assert drawn.is_left_out
    assert drawn.features == ()


def test_of_equal_runs_only_the_newest_is_opened_unless_an_older_one_is_in_view(project):
    (first,) = ask_desk.finished(project)
    (job,) = [one for one in jobs.listed(OWNER) if one.kind == "count"]
    other = replace(job, id="b" * 32)
    third = replace(job, id="c" * 32, params={**job.params, "area_name": "Yard"})
    newer, yard = Result(other, first.folder, "newer"), Result(third, first.folder, "yard")
    found = [newer, yard, first]
    assert ask_desk.worth_opening(found, "") == [newer, yard]
    assert ask_desk.worth_opening(found, first.case) == [first, yard]


def test_the_map_follows_the_answer_to_its_result(project, template):
    base = {"pre": project.pre, "post": project.post, "aoi": None, "area_name": ""}
    jobs.submit(OWNER, "compare", {**base, "detector": "auto", "threshold": None,
                                   "min_area_m2": None}, project=project.id)  # fmt: skip
    run_jobs()
    page = opened(project)
    newest, older = ask_desk.finished(project)
    assert (newest.job.kind, older.job.kind) == ("compare", "count")
    assert isinstance(newest, Result)
    assert the_map(page)["objects_title"] == "Changed objects"
    ask_desk.keep(OWNER, project.id, kept_of(project, older))
    page.run()
    assert the_map(page)["objects_title"] == "Counted things"
    page.selectbox(key=f"ask_result_{project.id}").set_value(newest.case).run()
    assert the_map(page)["objects_title"] == "Changed objects"
    assert is_clean(page)
    assert not warnings(page)


def kept_of(project, count):
    found = review(count.folder)
    fact = next(one for one in found.result.facts if one.name == "objects_pre")
    measured = Measured(fact, found.entries_of(fact.id), count.case)
    return Answered(
        question="How many before?", text="2 stood.", citations=((0, 1, fact.id),),
        facts=(measured,), calls=(), intent="count_objects", refused=False, reason=None,
        model="offline planner", language="en", seconds=0.1, frame={},
    )  # fmt: skip
