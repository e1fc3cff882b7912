"""Changes like one pointed at, on the page Compare, with the small random Segment Anything."""

import shutil

import pytest

from inference.detectors import zero_shot_sam
from services.results import largest_objects, load
from tests.inference.kept_sam import small_zero_shot
from tests.pages.pair_steps import (
    component,
    folder_of,
    lay_out,
    make_template,
    newest,
    opened,
    pick_row,
    tell_map,
    texts,
)
from tests.pages.steps import button, has_button, is_clean, run_jobs

BUTTON = "Find changes like this one"
SEVERAL = "Find changes like these"


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_template(tmp_path_factory.mktemp("pair"))


@pytest.fixture
def kept(template, data_dir, tmp_path, monkeypatch):
    lay_out(template.done, data_dir)
    # Random features lie near each other.
    monkeypatch.setattr(zero_shot_sam, "THRESHOLD_DEG", 1.0)
    with small_zero_shot(tmp_path, monkeypatch) as folder:
        yield folder


def marks(app, project, *places):
    """What the map tells after a user marked places (longitude, latitude, side)."""
    features = [
        {
            "type": "Feature",
            "properties": {"label": 1, "form": "point", "side": side, "number": number},
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
        }
        for number, (lon, lat, side) in enumerate(places, 1)
    ]
    key = f"map_{project.id}"
    told = {"prompts": {"type": "FeatureCollection", "features": features}}
    tell_map(app, key, **told, prompts_version=component(app, key)["prompts_version"])
    return app.run()


def houses_of(job):
    return largest_objects(load(folder_of(job)))


def test_without_weights_nothing_of_it_is_offered(kept, template):
    shutil.rmtree(kept)
    page = opened("compare.py", template.project, job=template.job.id)
    pick_row(page, "Perimeter", 0)
    assert is_clean(page)
    assert not has_button(page, BUTTON)
    assert "to look for changes like it" not in texts(page)
    assert "prompt" not in component(page, f"map_{template.project.id}")["tools"]


def test_an_object_that_is_picked_becomes_an_example(kept, template):
    page = opened("compare.py", template.project, job=template.job.id)
    assert not has_button(page, BUTTON)
    assert "Pick an object, or mark a place on the map" in texts(page)
    pick_row(page, "Perimeter", 0)
    button(page, BUTTON).click().run()
    assert is_clean(page)
    job, house = newest(template.project), houses_of(template.job)[0]
    assert job.params["detector"] == "zero_shot_sam"
    assert job.params["like"] == [[house.lon, house.lat]]
    run_jobs(page)
    done = newest(template.project)
    assert done.status == "done", done.message
    shown = opened("compare.py", template.project, job=done.id)
    assert is_clean(shown)
    assert "Only changes of things like the one at the place pointed at" in texts(shown)


def test_marks_on_either_date_become_examples_and_are_taken_away(kept, template):
    page = opened("compare.py", template.project, job=template.job.id)
    one, two = houses_of(template.job)
    marks(page, template.project, (one.lon, one.lat, "left"), (two.lon, two.lat, "right"))
    assert has_button(page, "Take the marks away")
    button(page, SEVERAL).click().run()
    assert is_clean(page)
    assert newest(template.project).params["like"] == [[one.lon, one.lat], [two.lon, two.lat]]
    assert component(page, f"map_{template.project.id}")["prompts_version"] == 1
    assert not has_button(page, SEVERAL)


def test_marks_can_be_taken_away(kept, template):
    page = opened("compare.py", template.project, job=template.job.id)
    (one, _two) = houses_of(template.job)
    marks(page, template.project, (one.lon, one.lat, "right"))
    button(page, "Take the marks away").click().run()
    assert is_clean(page)
    assert not has_button(page, BUTTON)
    assert newest(template.project).id == template.job.id


def test_a_place_where_nothing_changed_is_told_on_the_page(kept, template):
    page = opened("compare.py", template.project, job=template.job.id)
    one, _two = houses_of(template.job)
    marks(page, template.project, (one.lon + 0.0008, one.lat, "right"))
    button(page, BUTTON).click().run()
    run_jobs()
    failed = newest(template.project)
    assert failed.status == "failed"
    assert "Nothing changed at" in failed.message
    page = opened("compare.py", template.project, job=failed.id)
    assert is_clean(page) or "Nothing changed at" in " ".join(one.value for one in page.error)
