"""Counting on the page: numbers that are facts, corrections that change them at once, files."""

import io
import json
import zipfile
from pathlib import Path

import pytest
import shapely

from inference import counters
from pages._ui import count_files, count_result
from tests.pages.pair_steps import choose_in, tell_map
from tests.pages.steps import (
    OWNER,
    add_project,
    button,
    errors,
    go,
    is_clean,
    run_jobs,
    warnings,
    words,
)
from tests.scenes import ground, with_houses, write_pair
from workspace import edits, jobs, projects

KEPT, GONE, NEW = (20, 30, 20, 24), (100, 40, 18, 26), (60, 110, 30, 20)


@pytest.fixture(autouse=True)
def extra_counters(monkeypatch):
    """Counters of the tests beside those of the product."""
    folder = str(Path(__file__).with_name("extra_counters"))
    monkeypatch.setattr(counters, "__path__", [*counters.__path__, folder])


@pytest.fixture
def project(tmp_path):
    image = ground((160, 180))
    before = with_houses(image, [KEPT, GONE])
    after = with_houses(image, [KEPT, NEW])
    return add_project(*write_pair(tmp_path / "files", before, after))


@pytest.fixture
def page(app, project):
    return choose(go(app, "count.py", project=project.id), "bright_roofs")


@pytest.fixture
def counted(page):
    button(page, "Count houses").click().run()
    return run_jobs(page)


def choose(app, counter):
    app.selectbox(key=f"counter_{projects.latest(OWNER).id}").set_value(counter)
    return app.run()


def figures(app):
    return {one["label"]: one["value"] for one in message(app, "figures")["figures"]}


def message(app, part):
    for component in app.get("bidi_component"):
        content = json.loads(component.proto.json)
        if part in content:
            return content
    raise AssertionError(part)


def the_job():
    (job,) = [job for job in jobs.listed(OWNER) if job.kind == "count"]
    return job


def states(app):
    """Outlines on the map by what became of the thing."""
    found = message(app, "objects")["objects"]["features"]
    return sorted({(one["properties"]["class"], one["properties"]["id"]) for one in found})


def pick(app, state):
    """Click a thing with this state on the map."""
    (number,) = [number for found, number in states(app) if found == state]
    state = app.session_state[f"map_count_{projects.latest(OWNER).id}:memory"].state
    return from_map(app, selected=number, clicks=state.clicks + 1)


def from_map(app, **value):
    key = f"map_count_{projects.latest(OWNER).id}"
    state = app.session_state[f"{key}:memory"].state
    kept = {
        "prompts": state.prompts,
        "prompts_version": state.prompts_version,
        "selected": state.selected,
        "clicks": state.clicks,
    }
    tell_map(app, key, **kept | value)
    return app.run().run()


def marks(app, *features):
    version = message(app, "prompts_version")["prompts_version"]
    prompts = {"type": "FeatureCollection", "features": list(features)}
    return from_map(app, prompts=prompts, prompts_version=version)


def mark(geometry, form, side="right"):
    about = {"label": 1, "form": form, "side": side}
    return {"type": "Feature", "properties": about, "geometry": geometry}


def outline_of(app, state):
    (found,) = [
        one["geometry"]
        for one in message(app, "objects")["objects"]["features"]
        if one["properties"]["class"] == state
    ]
    return found


def test_without_a_project_the_way_to_scenes_is_shown(app):
    app.switch_page("count.py").run()
    assert is_clean(app)
    assert app.get("page_link")[-1].proto.label == "Go to Scenes"


def test_numbers_caption_list_and_map_say_the_same(counted):
    assert is_clean(counted)
    assert figures(counted) == {
        "Pre": "2", "Post": "2", "Appeared": "1", "Vanished": "1", "Kept": "1",
    }  # fmt: skip
    assert [state for state, _number in states(counted)] == ["appeared", "kept", "vanished"]
    caption = "".join(part["text"] for part in message(counted, "parts")["parts"])
    assert caption.startswith("2 houses stood on")
    assert counted.dataframe[0].value["State"].tolist() == ["appeared", "vanished", "kept"]
    labels = [entry["label"] for entry in message(counted, "legend")["legend"]]
    assert labels == ["appeared", "vanished", "kept"]


def test_a_chosen_number_tells_its_origin_and_marks_its_things(counted):
    shown = message(counted, "figures")["figures"]
    (vanished,) = [one["fact"] for one in shown if one["label"] == "Vanished"]
    choose_in(counted, f"figures_{the_job().id}", vanished)
    assert "Objects vanished: 1" in words(counted)
    (number,) = [number for state, number in states(counted) if state == "vanished"]
    assert message(counted, "objects")["selected"] == [number]


def test_a_rejected_thing_leaves_every_number_and_undo_brings_it_back(counted):
    pick(counted, "appeared")
    button(counted, "Reject").click().run()
    assert is_clean(counted)
    assert figures(counted)["Post"] == "1"
    assert figures(counted)["Appeared"] == "0"
    assert "appeared" not in [state for state, _number in states(counted)]
    assert "1 correction by hand" in words(counted)
    # The run's own files and the row in History stay as they were counted.
    assert the_job().result["post"] == 2
    button(counted, "Undo correction").click().run()
    assert figures(counted)["Post"] == "2"
    assert "by hand" not in words(counted)


def test_who_knows_that_it_stood_there_before_says_so(counted):
    pick(counted, "appeared")
    button(counted, "Stands at pre too").click().run()
    assert figures(counted) == {
        "Pre": "3", "Post": "2", "Appeared": "0", "Vanished": "1", "Kept": "2",
    }  # fmt: skip
    (edit,) = edits.listed(OWNER, the_job().id)
    assert (edit.kind, edit.dates) == ("accept", ("pre",))


def test_an_outline_is_redrawn_on_the_map(counted):
    before = shapely.geometry.shape(outline_of(counted, "appeared"))
    pick(counted, "appeared")
    button(counted, "Redraw").click().run()
    told = message(counted, "prompts_version")
    assert told["tool"] == "reshape"
    (handed,) = told["start"]["prompts"]["features"]
    assert shapely.geometry.shape(handed["geometry"]).equals(before)
    smaller = shapely.affinity.scale(before, 0.5, 0.5)
    marks(counted, mark(json.loads(shapely.to_geojson(smaller)), "outline"))
    button(counted, "Save").click().run()
    assert is_clean(counted)
    after = shapely.geometry.shape(outline_of(counted, "appeared"))
    assert after.area == pytest.approx(before.area / 4, rel=0.01)
    assert message(counted, "prompts_version")["tool"] == ""


def test_a_cut_makes_two_of_one(counted):
    west, south, east, north = shapely.geometry.shape(outline_of(counted, "appeared")).bounds
    middle = (west + east) / 2
    pick(counted, "appeared")
    button(counted, "Split").click().run()
    assert button(counted, "Save").disabled
    line = [[middle, south - 1e-4], [middle, north + 1e-4]]
    marks(counted, mark({"type": "LineString", "coordinates": line}, "line"))
    button(counted, "Save").click().run()
    assert (figures(counted)["Post"], figures(counted)["Appeared"]) == ("3", "2")


def test_a_cut_beside_the_thing_is_refused_in_words_and_nothing_is_kept(counted):
    _west, south, east, north = shapely.geometry.shape(outline_of(counted, "appeared")).bounds
    pick(counted, "appeared")
    button(counted, "Split").click().run()
    line = [[east + 1e-4, south], [east + 1e-4, north]]
    marks(counted, mark({"type": "LineString", "coordinates": line}, "line"))
    button(counted, "Save").click().run()
    assert "does not cut this outline in two" in errors(counted)
    assert edits.listed(OWNER, the_job().id) == ()
    button(counted, "Cancel").click().run()
    assert figures(counted)["Post"] == "2"


def test_a_missed_thing_is_drawn_at_the_date_of_its_side(counted):
    west, south, east, north = shapely.geometry.shape(outline_of(counted, "appeared")).bounds
    button(counted, "Add a missed thing").click().run()
    ring = shapely.box(west, south, east, north)
    away = shapely.affinity.translate(ring, yoff=-3 * (north - south) / 2)
    marks(counted, mark(json.loads(shapely.to_geojson(away)), "outline", side="left"))
    button(counted, "Save").click().run()
    assert is_clean(counted)
    assert (figures(counted)["Pre"], figures(counted)["Vanished"]) == ("3", "2")
    (edit,) = edits.listed(OWNER, the_job().id)
    assert (edit.kind, edit.dates, edit.source) == ("add", ("pre",), "analyst")


def test_several_things_are_merged_or_accepted_at_once(counted):
    job = the_job()
    counted.session_state[f"selection_{job.id}"] = count_selection(counted)
    counted.run()
    assert "3 things are picked out" in words(counted)
    button(counted, "Accept all").click().run()
    assert "by hand" in words(counted)
    assert set(counted.dataframe[0].value["By hand"]) == {"accepted"}
    # One step: one undo.
    button(counted, "Undo correction").click().run()
    assert set(counted.dataframe[0].value["By hand"]) == {""}


def count_selection(app):
    from pages._ui.selection import Selection

    return Selection(tuple(number for _state, number in states(app)))


def test_the_corrected_count_is_a_bundle_of_its_own(counted, project):
    pick(counted, "appeared")
    button(counted, "Reject").click().run()
    job = the_job()
    shown = count_result.Shown(
        job,
        count_result.results.get(OWNER, job.id, kind="count"),
        edits.listed(OWNER, job.id),
        counted.session_state[f"count_shown_{job.id}"].review,
    )
    with zipfile.ZipFile(io.BytesIO(count_files.corrected_zip(shown))) as archive:
        names = {Path(name).name: name for name in archive.namelist()}
        facts = json.loads(archive.read(names["facts.json"]))
        labels = json.loads(archive.read(names["labels.coco.json"]))
    post = next(f["value"] for f in facts if f["name"] == "objects_post" and f["region"] == "aoi")
    assert post == 1
    assert {one["file_name"] for one in labels["images"]} == {"pre.tif", "post.tif"}
    assert "ledger.gpkg" in names


def test_a_counter_that_learns_asks_for_examples_and_hands_them_over(page, project):
    choose(page, "like_this")
    start = next(one for one in page.button if one.key == f"count_{project.id}")
    assert start.disabled
    assert "Draw a box around at least one example" in words(page)
    ring = [[15.0, 48.7], [15.001, 48.7], [15.001, 48.701], [15.0, 48.701], [15.0, 48.7]]
    marks(page, mark({"type": "Polygon", "coordinates": [ring]}, "box", side="left"))
    assert "Examples: 1 pre" in words(page)
    next(one for one in page.button if one.key == f"count_{project.id}").click().run()
    (job,) = [job for job in jobs.listed(OWNER) if job.kind == "count"]
    assert job.params["examples"] == [{"date": "pre", "box": [15.0, 48.7, 15.001, 48.701]}]
    assert job.params["similarity"] == 0.5


def test_a_counter_without_weights_says_what_to_fetch_and_cannot_be_started(page, project):
    choose(page, "lost_weights")
    assert "This cannot be counted here yet" in warnings(page)
    assert "Fetch it on Models" in [one.proto.label for one in page.get("page_link")]
    assert next(one for one in page.button if one.key == f"count_{project.id}").disabled


def test_sizes_that_exclude_everything_are_told_before_the_run(page, project):
    least, most = (one for one in page.number_input if one.label in {"Smallest, m²", "Largest, m²"})
    least.set_value(50.0)
    most.set_value(10.0)
    page.run()
    assert "smallest size must be below the largest" in words(page)
    assert next(one for one in page.button if one.key == f"count_{project.id}").disabled


def test_nothing_found_is_zeros_and_no_error(page):
    least = next(one for one in page.number_input if one.label == "Smallest, m²")
    least.set_value(50_000.0)
    page.run()
    button(page, "Count houses").click().run()
    run_jobs(page)
    assert is_clean(page)
    assert set(figures(page).values()) == {"0"}
    assert "Nothing was found at either date" in words(page)


def test_another_users_count_is_not_shown(counted, app):
    job = the_job()
    other = projects.listed("somebody")
    assert other == ()
    with pytest.raises(Exception, match="no such job"):
        edits.listed("somebody", job.id)


def test_report_and_history_tell_the_count_and_lead_to_it(counted, project):
    job = the_job()
    go(counted, "report.py", project=project.id)
    assert is_clean(counted)
    assert "Count of houses" in words(counted)
    assert "2 houses stood on" in words(counted)
    assert "Open on Count" in [one.proto.label for one in counted.get("page_link")]
    go(counted, "history.py", project=project.id)
    assert "2 pre, 2 post; 1 appeared, 1 vanished" in words(counted)
    counted.button(key=f"count_{job.id}").click().run()
    assert figures(counted)["Kept"] == "1"
