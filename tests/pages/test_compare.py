import json
import logging

import pytest
from streamlit.testing.v1 import AppTest

import settings
from errors import ExportError
from inference import detectors
from pages._ui.choice import FINISHED
from services.results import load
from services.review import at_threshold
from tests.pages.steps import (
    MAIN,
    button,
    compared,
    errors,
    has_button,
    is_clean,
    metrics,
    use,
    words,
)
from tests.scenes import ground, write_pair
from wording import quantities


def folder_of(app):
    return app.session_state[FINISHED][-1].folder


def exact(app):
    (found,) = [one for one in app.number_input if one.label == "Exact value"]
    return found


def threshold(app):
    return next(one for one in app.slider if one.label.startswith("Threshold"))


def test_without_a_pair_the_page_says_where_to_go(app):
    app.switch_page("compare.py").run()
    assert is_clean(app)
    assert "choose two scenes first" in words(app)
    assert not has_button(app, "Find changes")


def test_run_shows_the_caption_and_the_numbers_of_its_facts(app, houses):
    compared(app, *houses)
    assert is_clean(app)
    result = load(folder_of(app))
    assert result.caption in words(app)
    assert metrics(app) == {
        "Changed area": quantities.text(result.value("changed_area"), "m2"),
        "Share changed": quantities.text(result.value("changed_share"), "%"),
        "Objects": "2",
        "Assessed area": quantities.text(result.value("valid_area"), "m2"),
    }
    assert all(one.delta == "" for one in app.metric)


def test_recommended_method_comes_first_and_unsuitable_ones_are_marked(app, houses):
    use(app, *houses)
    options = app.selectbox[0].options
    assert options[0] == "Change vector analysis (recommended)"
    assert "not for this pair" in next(one for one in options if "SAR" in one)
    assert "not for this pair" not in options[1]


def test_a_method_whose_package_is_missing_is_shown_with_the_reason(
    app, houses, tmp_path, monkeypatch
):
    (tmp_path / "needs_package.py").write_text("import no_such_package_at_all", "utf-8")
    monkeypatch.setattr(detectors, "__path__", [*detectors.__path__, str(tmp_path)])
    use(app, *houses)
    assert app.selectbox[0].options[-1] == "needs package (cannot run here)"
    app.selectbox[0].set_value("needs_package").run()
    assert not app.exception
    assert "'no_such_package_at_all' is not installed" in " ".join(one.value for one in app.warning)
    assert button(app, "Find changes").disabled


def test_a_wrong_setting_is_told_on_the_page(app, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_THREADS", "many")
    settings.load.cache_clear()
    app.switch_page("scenes.py").run()
    assert not app.exception
    assert "GROUNDSHIFT_THREADS" in errors(app)


def test_moved_threshold_changes_the_numbers_as_the_service_says(app, houses):
    compared(app, *houses)
    before = metrics(app)
    threshold(app).set_value(0.2).run()
    wanted = at_threshold(folder_of(app), 0.2).whole
    assert is_clean(app)
    assert metrics(app)["Changed area"] == quantities.text(wanted.area_m2, "m2")
    assert metrics(app)["Objects"] == quantities.text(wanted.objects, "1")
    assert app.metric[0].delta == f"run: {before['Changed area']}"
    assert exact(app).value == 0.2
    assert "This is a preview" in words(app)


def test_typed_threshold_moves_the_slider_and_can_be_taken_back(app, houses):
    compared(app, *houses)
    before = metrics(app)
    exact(app).set_value(0.123).run()
    assert threshold(app).value == 0.123
    assert metrics(app) != before
    button(app, "As the run").click().run()
    assert metrics(app) == before
    assert not has_button(app, "Run again with this threshold")


def test_running_again_takes_the_moved_threshold_and_keeps_the_first_result(app, houses):
    compared(app, *houses)
    first = folder_of(app)
    threshold(app).set_value(0.3).run()
    preview = metrics(app)
    button(app, "Run again with this threshold").click().run()
    assert is_clean(app)
    assert folder_of(app) != first
    assert first.exists()
    assert load(folder_of(app)).run["threshold"]["value"] == 0.3
    assert metrics(app) == preview
    assert threshold(app).value == 0.3


def test_smallest_object_is_handed_to_the_run(app, houses):
    use(app, *houses)
    app.number_input[0].set_value(5000.0)
    button(app, "Find changes").click().run()
    assert load(folder_of(app)).run["min_area_m2"] == 5000
    assert metrics(app)["Objects"] == "0"


def test_pair_without_change_says_so_and_its_threshold_can_still_be_moved(app, tmp_path):
    compared(app, *write_pair(tmp_path / "same", ground((160, 180)), ground((160, 180))))
    assert is_clean(app)
    assert metrics(app)["Changed area"] == "0 m²"
    assert "no change" in words(app).lower()
    threshold(app).set_value(0.05).run()
    assert is_clean(app)


def test_mask_can_be_seen_alone(app, houses):
    compared(app, *houses)
    (view,) = app.get("button_group")
    view.set_value("Mask alone").run()
    assert is_clean(app)
    assert next(one for one in app.slider if one.label.startswith("Strength")).disabled


def test_failed_run_is_explained_and_keeps_the_former_result(app, houses, monkeypatch):
    compared(app, *houses)
    before = metrics(app)

    def full(*_arguments, **_named):
        raise ExportError("The disk is full.", hint="Free some space.")

    monkeypatch.setattr("services.compare.compare", full)
    button(app, "Find changes").click().run()
    assert "The disk is full." in errors(app)
    assert "Free some space." in errors(app)
    assert metrics(app) == before


def test_our_own_fault_is_logged_and_shown_without_a_traceback(app, houses, monkeypatch, caplog):
    def broken(*_arguments, **_named):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("services.compare.compare", broken)
    with caplog.at_level(logging.ERROR):
        compared(app, *houses)
    assert not app.exception
    assert "it is our fault" in errors(app)
    assert "secret detail" not in errors(app)
    assert "secret detail" in caplog.text


def test_failed_and_finished_runs_leave_no_working_folder(app, houses, results, monkeypatch):
    compared(app, *houses)

    def broken(*_arguments, **_named):
        raise RuntimeError

    monkeypatch.setattr("services.compare.detect", broken)
    button(app, "Find changes").click().run()
    assert "our fault" in errors(app)
    assert [path for path in results.iterdir() if path.name.startswith(".")] == []


def test_result_that_was_deleted_meanwhile_is_explained(app, houses):
    compared(app, *houses)
    folder = folder_of(app)
    for path in folder.iterdir():
        path.unlink()
    load.cache_clear()
    app.run()
    assert not app.exception
    assert "not a complete result folder" in errors(app)


def test_other_session_sees_nothing_of_this_one(app, houses):
    compared(app, *houses)
    other = AppTest.from_file(str(MAIN), default_timeout=60).run()
    other.switch_page("compare.py").run()
    assert "choose two scenes first" in words(other)
    other.switch_page("report.py").run()
    assert "There is no result yet" in words(other)


@pytest.mark.parametrize("sample", ["suburb", "delta", "harbour"])
@pytest.mark.slow
def test_every_sample_goes_through(app, sample):
    app.button(key=f"use_{sample}").click().run()
    app.switch_page("compare.py").run()
    button(app, "Find changes").click().run()
    assert is_clean(app)
    run = json.loads((folder_of(app) / "run.json").read_text(encoding="utf-8"))
    assert run["detector"]["name"]
    assert metrics(app)["Changed area"] != "0 m²"
