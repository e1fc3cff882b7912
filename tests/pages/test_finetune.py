import json

import pytest
from streamlit.testing.v1 import AppTest

import settings
from pages._ui.finetune_setup import name_of
from raster.grid import WGS84
from tests import tuning
from tests.pages.steps import (
    MAIN,
    OWNER,
    add_project,
    button,
    errors,
    go,
    is_clean,
    warnings,
    words,
)
from workspace import jobs, places

PAGE = "finetune.py"
ROW = {"name": "f1", "words": "F1 on ground kept for validation", "before": 0.4, "after": 0.75}
SHARE = {"name": "identical_share", "words": "Flagged", "before": 0.001, "after": 0.0}
RESULT = {
    "name": "blue_roofs", "is_kept": True, "verdict": "The new detector can be used now.",
    "figures": [ROW, SHARE, {"name": "generic_f1", "words": "G", "before": None, "after": None}],
    "findings": [{"code": "labels_shifted", "severity": "caution", "message": "Labels are shifted.",
                  "remedy": "Move them.", "value": 8.0, "unit": "m"}],
    "device": "cpu", "folder": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def shipped(tmp_path, monkeypatch):
    """The network that trainings begin with."""
    tuning.list_weights(tmp_path / "weights", monkeypatch)


@pytest.fixture
def project(tmp_path):
    return add_project(*tuning.write_pair(tmp_path / "files"))


def opened(project, **address):
    app = AppTest.from_file(str(MAIN), default_timeout=120)
    return go(app, PAGE, project=project.id, **address)


def with_labels(app, folder):
    path = tuning.write_labels(folder / "labels.gpkg")
    app.get("file_uploader")[0].set_value((path.name, path.read_bytes(), "application/x"))
    return app.run()


def finished(project, **parts):
    """A training of the project that ended."""
    jobs.submit(OWNER, "finetune", {"title": "Blue roofs", "minutes": 3}, project=project.id)
    job = jobs.claim("compute", "test")
    folder = places.folder("results", job.id)
    folder.mkdir(parents=True)
    jobs.finish(job.id, RESULT | parts)
    return job


def test_without_a_project_the_page_says_where_to_begin(app):
    go(app, PAGE)
    assert "choose two scenes first" in words(app)


def test_the_page_explains_itself_and_waits_for_labels(project):
    app = opened(project)
    assert is_clean(app)
    assert "kept aside" in words(app)
    assert button(app, "Start training").disabled


def test_what_is_left_out_of_a_label_file_is_told_on_the_page(project, tmp_path):
    path = tuning.write_labels(tmp_path / "labels.geojson", driver="GeoJSON", crs=WGS84)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["features"][0]["properties"]["state"] = "sold"
    app = opened(project)
    sent = json.dumps(content).encode()
    app.get("file_uploader")[0].set_value((path.name, sent, "application/x"))
    app.run()
    assert "35 outlines" in words(app)
    assert "1 label without a polygon or a known state was left out" in words(app)


def test_a_name_of_other_letters_alone_is_refused_by_what_was_typed(project, tmp_path):
    app = with_labels(opened(project), tmp_path)
    app.text_input[0].input("Крыши").run()
    button(app, "Start training").click().run()
    assert "'Крыши' cannot be the name" in errors(app)


def test_labels_and_a_name_start_a_training_of_the_ground_looked_at(project, tmp_path):
    app = with_labels(opened(project), tmp_path)
    assert "36 outlines" in words(app)
    app.text_input[0].input("Bright houses!").run()
    next(one for one in app.checkbox if one.label.startswith("I looked at")).check().run()
    app.number_input[0].set_value(7).run()
    button(app, "Start training").click().run()
    (job,) = [one for one in jobs.listed(OWNER, project=project.id) if one.kind == "finetune"]
    assert job.params["name"] == "bright_houses"
    assert job.params["minutes"] == 7
    assert job.params["is_whole"] is True
    assert len(job.params["labels"]["features"]) == 36


def test_a_name_that_is_taken_is_refused_before_anything_waits(project, tmp_path):
    app = with_labels(opened(project), tmp_path)
    app.text_input[0].input("CVA").run()
    button(app, "Start training").click().run()
    assert "already" in errors(app)
    assert not [one for one in jobs.listed(OWNER, project=project.id) if one.kind == "finetune"]


def test_a_file_that_is_no_label_file_is_told_and_nothing_starts(project):
    app = opened(project)
    app.get("file_uploader")[0].set_value(("labels.gpkg", b"not a database", "application/x"))
    app.run()
    assert "is not a GeoPackage" in errors(app)
    assert button(app, "Start training").disabled


def test_figures_before_and_after_are_shown_with_what_to_know(project):
    app = opened(project, job=finished(project).id)
    assert is_clean(app)
    table = app.table[0].value
    assert table["Before"].tolist() == ["0.400", "0.10 %"]
    assert table["After"].tolist() == ["0.750", "0.00 %"]
    assert "Labels are shifted." in words(app)
    assert "can be used now" in app.success[0].value


def test_weights_that_were_not_kept_are_told_as_such(project):
    app = opened(project, job=finished(project, is_kept=False, verdict="They were not kept.").id)
    assert "not kept" in warnings(app)
    assert not app.success


def test_where_the_operator_forbids_it_nothing_can_be_started(project, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_ALLOW_FINETUNING", "false")
    settings.load.cache_clear()
    app = opened(project)
    assert "does not train" in errors(app)
    assert not app.button or "Start training" not in [one.label for one in app.button]


def test_without_the_network_it_begins_with_the_page_says_so(project, tmp_path):
    (tmp_path / "weights" / "changenet.safetensors").unlink()
    app = opened(project)
    assert "'changenet' are not on this machine" in warnings(app)


@pytest.mark.parametrize(
    ("title", "name"),
    [("Blue roofs, north", "blue_roofs_north"), ("  __A1! ", "a1"), ("x" * 90, "x" * 40)],
)
def test_names_for_commands_are_made_of_names_for_people(title, name):
    assert name_of(title) == name


def test_the_history_tells_the_outcome_of_a_training_as_it_was_said(project):
    verdict = "It was not kept: F1 went from 0.348 to 0.350."
    finished(project, is_kept=False, verdict=verdict)
    app = AppTest.from_file(str(MAIN), default_timeout=120)
    go(app, "history.py", project=project.id)
    assert is_clean(app)
    assert f"Done: {verdict}" in words(app)
    assert not any(r"\\" in one.value for one in app.markdown), "made harmless twice"
