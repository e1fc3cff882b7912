"""Outlining on the page: a worker answers a click, kept things are a list with a way back."""

import json

import pytest

from pages._ui import segment_answer
from tests.pages.steps import (
    OWNER,
    add_project,
    button,
    errors,
    go,
    is_clean,
    run_job,
    run_jobs,
    warnings,
    words,
)
from tests.scenes import ground, transform, with_houses, write_pair
from workspace import jobs, things

HOUSE, OTHER = (30, 40, 24, 30), (100, 110, 20, 26)


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    """The page does not wait: the worker's part is done by `answer`."""
    monkeypatch.setattr(segment_answer, "PATIENCE_S", 0.0)


@pytest.fixture
def project(tmp_path):
    image = ground((160, 180))
    return add_project(*write_pair(tmp_path / "files", image, with_houses(image, [HOUSE, OTHER])))


@pytest.fixture
def page(app, project):
    app = go(app, "segment.py", project=project.id)
    app.selectbox(key=f"segmenter_{project.id}_{project.post}").set_value("graph")
    return app.run()


def lonlat(row, col):
    from pyproj import Transformer

    back = Transformer.from_crs("EPSG:32633", "EPSG:4326", always_xy=True)
    return list(back.transform(*(transform() @ (col, row))))


def middle(house):
    top, left, height, width = house
    return lonlat(top + height / 2, left + width / 2)


def message(app, part):
    for component in app.get("bidi_component"):
        content = json.loads(component.proto.json)
        if part in content:
            return content
    raise AssertionError(part)


def shown(app):
    """Classes of what is outlined on the map."""
    found = message(app, "objects")["objects"]["features"]
    return [one["properties"]["class"] for one in found]


def click(app, project, *places, label=1):
    """Marks on the map, as the browser tells them."""
    features = [
        {
            "type": "Feature",
            "properties": {"label": label, "form": "point", "side": "left"},
            "geometry": {"type": "Point", "coordinates": place},
        }
        for place in places
    ]
    key = f"segment_map_{project.id}_post"
    app.session_state[key] = {
        "value": {
            "prompts": {"type": "FeatureCollection", "features": features},
            "prompts_version": message(app, "prompts_version")["prompts_version"],
        }
    }
    return app.run()


def look_at(app, project, lon, lat):
    """The map is moved, as the browser tells it."""
    view = {"lon": lon, "lat": lat, "zoom": 17.0}
    app.session_state[f"segment_map_{project.id}_post"] = {"value": {"view": view}}
    return app.run()


def answer(app):
    """What the worker that answers prompts would do; then look at the page again."""
    while job := jobs.claim("prompt", "test"):
        run_job(job)
    return app.run()


def keep(app, project, house, *, name=""):
    answer(click(app, project, middle(house)))
    app.text_input(key=f"keep_name_{project.id}").set_value(name).run()
    return button(app, "Keep").click().run()


def area_m2(app):
    return next(one.value for one in app.markdown if "outlined, score" in one.value)


def test_without_a_project_the_way_to_scenes_is_shown(app):
    app.switch_page("segment.py").run()
    assert is_clean(app)
    assert app.get("page_link")[-1].proto.label == "Go to Scenes"


def test_the_suitable_segmenter_is_chosen_and_those_that_cannot_run_say_why(app, project):
    app = go(app, "segment.py", project=project.id)
    choice = app.selectbox(key=f"segmenter_{project.id}_{project.post}")
    assert choice.options[0].endswith("(recommended)")
    assert "Recommended: " in words(app)
    assert "Segment Anything" in " ".join(
        one for one in choice.options if "cannot run here yet" in one
    )
    choice.set_value("sam_vit_b").run()
    assert "This segmenter cannot run here yet" in warnings(app)
    assert "Fetch it on Models" in [one.proto.label for one in app.get("page_link")]


def test_a_click_gives_the_outline_of_the_house(page, project):
    click(page, project, middle(HOUSE))
    assert "Looking for the outline" in words(page)
    answer(page)
    assert is_clean(page)
    assert shown(page) == ["candidate"]
    number, unit = area_m2(page).replace("*", "").split()[:2]
    assert (float(number), unit) == (pytest.approx(24 * 30, rel=0.25), "m²")
    # Nothing of it is left for History.
    assert [job.kind for job in jobs.listed(OWNER) if job.kind == "segment_prompt"] == []


def test_the_middle_of_the_map_is_looked_at_once_before_anything_is_pointed_at(page, project):
    lon, lat = middle(HOUSE)
    for view in ((lon, lat), (lon, lat), (lon + 1e-4, lat), (20.0, 40.0)):
        look_at(page, project, *view)
    (job,) = [job for job in jobs.listed(OWNER) if job.kind == "segment_ahead"]
    assert job.params["prompt"] == {"inside": [[lon, lat]]}
    assert job.params["segmenter"] == "graph"


def test_of_two_looks_ahead_the_earlier_is_dropped(page, project):
    for house in (HOUSE, OTHER):
        look_at(page, project, *middle(house))
    (job,) = [job for job in jobs.listed(OWNER) if job.kind == "segment_ahead"]
    assert job.params["prompt"] == {"inside": [middle(OTHER)]}


def test_the_same_question_is_asked_once(page, project):
    answer(click(page, project, middle(HOUSE)))
    click(page, project)
    assert shown(page) == []
    click(page, project, middle(HOUSE))
    assert shown(page) == ["candidate"]
    assert jobs.claim("prompt", "test") is None


def test_a_click_beside_the_scene_is_refused_in_words(page, project):
    answer(click(page, project, [20.0, 40.0]))
    assert "lies outside the scene" in errors(page)
    assert shown(page) == []


def test_a_segmenter_that_cannot_run_is_not_asked(page, project):
    page.selectbox(key=f"segmenter_{project.id}_{project.post}").set_value("sam_vit_b").run()
    click(page, project, middle(HOUSE))
    assert "Choose a segmenter that can run here" in words(page)
    assert jobs.claim("prompt", "test") is None


def test_kept_things_have_a_list_a_name_and_survive_a_new_session(page, project):
    keep(page, project, HOUSE, name="Mill")
    assert shown(page) == ["kept things"]
    assert message(page, "prompts_version")["start"]["prompts"]["features"] == []
    keep(page, project, OTHER)
    assert page.dataframe[0].value["Name"].tolist() == ["Mill", "Thing 2"]
    fresh = type(page).from_file(page._script_path, default_timeout=60)
    go(fresh, "segment.py", project=project.id)
    assert fresh.dataframe[0].value["Name"].tolist() == ["Mill", "Thing 2"]


def test_a_thing_of_one_date_is_not_shown_at_the_other(page, project):
    keep(page, project, HOUSE)
    page.radio[0].set_value("pre").run()
    assert is_clean(page)
    assert "Nothing is kept in this scene yet" in words(page)


def test_a_kept_thing_is_renamed_removed_and_brought_back(page, project):
    keep(page, project, HOUSE)
    page.session_state[f"things_picked_{project.id}"] = (1,)
    page.run()
    name, label = [one for one in page.text_input if one.label in {"Name", "Class"}][-2:]
    name.set_value("Silo")
    label.set_value("tank")
    button(page, "Rename").click().run()
    assert page.dataframe[0].value["Class"].tolist() == ["tank"]
    assert message(page, "objects")["selected"] == [1]
    button(page, "Remove").click().run()
    assert "Nothing is kept in this scene yet" in words(page)
    button(page, "Undo last change").click().run()
    assert page.dataframe[0].value["Name"].tolist() == ["Silo"]


def test_everything_in_an_area_is_a_run_whose_things_can_be_kept(page, project):
    least = next(one for one in page.number_input if one.label == "Smallest, m²")
    least.set_value(300.0)
    page.run()
    button(page, "Outline everything").click().run()
    (job,) = [job for job in jobs.listed(OWNER) if job.kind == "segment"]
    assert (job.params["auto"], job.params["min_area_m2"]) == (True, 300.0)
    run_jobs(page)
    assert is_clean(page)
    found = shown(page)
    assert found
    assert set(found) == {"found"}
    next(one for one in page.button if one.key == f"keep_all_{job.id}").click().run()
    assert set(shown(page)) == {"kept things"}
    assert len(things.listed(OWNER, project.id)) == len(found)


def test_sizes_that_exclude_everything_cannot_be_started(page):
    least, most = (one for one in page.number_input if one.label in {"Smallest, m²", "Largest, m²"})
    least.set_value(50.0)
    most.set_value(10.0)
    page.run()
    assert "smallest size is larger than the largest" in warnings(page)
    assert "Outline everything" not in [one.label for one in page.button]
