from inference import detectors
from services.list_detectors import list_detectors
from tests.pages.steps import is_clean, warnings, words


def opened(app):
    return app.switch_page("models.py").run()


def test_every_method_is_listed_with_what_it_is_made_for(app):
    opened(app)
    assert is_clean(app)
    (table,) = (one.value for one in app.dataframe)
    rows = list_detectors()
    assert table["Method"].tolist() == [row["title"] for row in rows]
    assert table["Can run here"].tolist() == ["yes"] * len(rows)
    radar = table[table["Made for"] == "radar images"]
    assert radar["Method"].tolist() == ["SAR log ratio"]
    assert radar["Pixels of"].tolist() == ["0.5 to 100 m"]


def test_every_method_shows_its_source_licence_and_limits(app):
    opened(app)
    for row in list_detectors():
        assert row["source"] in words(app)
        assert all(limit in words(app) for limit in row["limits"])
    assert "Licence: Apache-2.0" in words(app)


def test_that_nothing_can_be_fetched_is_said_and_no_button_pretends(app):
    opened(app)
    assert "there is nothing to fetch" in words(app)
    assert not app.button


def test_a_method_whose_package_is_missing_is_listed_with_the_reason(app, tmp_path, monkeypatch):
    (tmp_path / "needs_package.py").write_text("import no_such_package_at_all", "utf-8")
    monkeypatch.setattr(detectors, "__path__", [*detectors.__path__, str(tmp_path)])
    opened(app)
    assert is_clean(app)
    table = app.dataframe[0].value
    missing = table[table["Can run here"] == "no"]
    assert missing["Method"].tolist() == ["needs package"]
    assert missing["Pixels of"].tolist() == ["not known"]
    assert "'no_such_package_at_all' is not installed" in warnings(app)
