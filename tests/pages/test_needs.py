import pytest

from tests.pages.steps import is_clean


@pytest.mark.parametrize(
    "page", ["compare.py", "segment.py", "count.py", "ask.py", "report.py", "history.py"]
)
def test_without_a_project_the_way_to_scenes_is_shown(app, page):
    app.switch_page(page).run()
    assert is_clean(app)
    assert app.get("page_link")[-1].proto.label.startswith("Go to")


def test_without_a_project_nothing_can_be_asked(app):
    app.switch_page("ask.py").run()
    assert not app.chat_input
    assert not app.get("file_uploader")
