import shutil

from pages._ui.choice import FINISHED
from services.results import load
from tests.pages.steps import compared, is_clean, metrics, use, words
from wording import quantities


def reported(app, houses):
    compared(app, *houses)
    return app.switch_page("report.py").run()


def result_of(app):
    return load(app.session_state[FINISHED][-1].folder)


def test_without_a_result_the_page_says_where_to_go(app):
    app.switch_page("report.py").run()
    assert is_clean(app)
    assert "There is no result yet" in words(app)


def test_caption_and_numbers_are_those_of_the_facts(app, houses):
    reported(app, houses)
    result = result_of(app)
    assert is_clean(app)
    assert result.caption in words(app)
    assert metrics(app)["Changed area"] == quantities.text(result.value("changed_area"), "m2")
    classes, objects, facts, inputs = (table.value for table in app.dataframe)
    assert classes["Objects"].tolist() == [2]
    assert len(objects) == 2
    assert facts["Id"].tolist() == [fact["id"] for fact in result.facts]
    assert inputs["SHA-256"].tolist() == [entry["sha256"] for entry in result.run["inputs"]]


def test_every_file_of_the_result_can_be_downloaded(app, houses):
    reported(app, houses)
    labels = {one.label for one in app.get("download_button")}
    files = {path.name for path in result_of(app).folder.iterdir()}
    assert labels == files | {"Everything as one ZIP", "Report to read or print"}
    assert all(name in words(app) for name in ("GeoPackage", "GeoTIFF", str(result_of(app).folder)))


def test_report_outlives_the_files_it_was_made_from(app, houses):
    reported(app, houses)
    shutil.rmtree(houses[0].parent)
    app.run()
    assert is_clean(app)
    assert metrics(app)["Objects"] == "2"


def test_several_results_of_a_session_can_be_told_apart(app, houses):
    compared(app, *houses)
    compared(app, *reversed(houses))
    app.switch_page("report.py").run()
    (choice,) = app.selectbox
    assert len(choice.options) == 2
    latest = app.session_state[FINISHED][-1]
    assert choice.value == latest
    choice.set_value(app.session_state[FINISHED][0]).run()
    assert is_clean(app)
    dates = result_of(app).value("pre_acquired_on")
    first = load(app.session_state[FINISHED][0].folder)
    assert first.value("pre_acquired_on") != dates
    assert first.caption in words(app)


def test_result_of_the_current_pair_is_shown_first(app, houses):
    compared(app, *houses)
    compared(app, *reversed(houses))
    use(app, *houses)
    app.switch_page("report.py").run()
    assert app.selectbox[0].value == app.session_state[FINISHED][0]
