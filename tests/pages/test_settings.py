import pytest

import settings
from tests.pages.steps import add_scene, has_button, is_clean, words


def opened(app):
    return app.switch_page("preferences.py").run()


def table(app, head):
    """A two-column table as a mapping."""
    (found,) = [one.value for one in app.markdown if one.value.startswith(f"| {head} |")]
    rows = [line.strip("| ").split(" | ") for line in found.splitlines()[2:]]
    return dict(rows)


def test_storage_and_place_are_those_of_this_visitor(app, houses, data_dir):
    add_scene(houses[0])
    add_scene(houses[1], owner="somebody")
    opened(app)
    assert is_clean(app)
    (bar,) = app.get("progress")
    assert bar.proto.text.startswith("0.1 MB of 100.0 GB")
    assert str(data_dir) in words(app)


def test_limits_are_those_in_force(app, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_MAX_UPLOAD_BYTES", "3000000000")
    monkeypatch.setenv("GROUNDSHIFT_SCENE_DAYS", "0")
    monkeypatch.setenv("GROUNDSHIFT_ALLOW_BASEMAPS", "false")
    settings.load.cache_clear()
    opened(app)
    limits = table(app, "Limit")
    assert limits["Largest file"] == "3.0 GB"
    assert limits["A scene nobody opens is kept for"] == "as long as you like"
    assert limits["Background maps from the internet"] == "switched off"


def test_help_tells_the_keys_of_the_map_and_the_words(app):
    opened(app)
    assert "Arrow keys" in table(app, "Key")
    assert table(app, "Word")["Pre, post"] == "the earlier and the later scene"


@pytest.mark.parametrize(("name", "value"), [("SECRET", "hush-hush"), ("PLANET_KEY", "my-key")])
def test_nothing_secret_is_shown(app, monkeypatch, name, value):
    monkeypatch.setenv(f"GROUNDSHIFT_{name}", value)
    monkeypatch.setenv("GROUNDSHIFT_METRICS_TOKEN", "metrics-word")
    settings.load.cache_clear()
    opened(app)
    assert is_clean(app)
    assert value not in words(app)
    assert "metrics-word" not in words(app)


def test_a_local_visitor_has_nothing_to_log_out_of(app):
    opened(app)
    assert "one local user, without a login" in words(app)
    assert not has_button(app, "Log out")
