import pytest

from tests.pages.steps import is_clean, words

CASES = {
    "ask.py": ("cannot answer", "Report"),
}


@pytest.mark.parametrize("page", CASES)
def test_a_missing_capability_is_said_and_what_serves_today_is_linked(app, page):
    cannot, instead = CASES[page]
    app.switch_page(page).run()
    assert is_clean(app)
    assert f"This version {cannot}" in words(app)
    assert f"**{instead}**" in words(app)
    assert app.get("page_link")[-1].proto.label == f"Go to {instead}"


@pytest.mark.parametrize("page", CASES)
def test_nothing_to_press_pretends_that_it_worked(app, page):
    app.switch_page(page).run()
    pretended = ("button", "text_input", "selectbox", "chat_input", "file_uploader", "text_area")
    assert not [kind for kind in pretended if app.get(kind)]


@pytest.mark.parametrize(
    "page", ["compare.py", "segment.py", "count.py", "report.py", "history.py"]
)
def test_without_a_project_the_way_to_scenes_is_shown(app, page):
    app.switch_page(page).run()
    assert is_clean(app)
    assert app.get("page_link")[-1].proto.label.startswith("Go to")
