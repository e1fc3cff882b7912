import pytest
from streamlit.testing.v1 import AppTest

import settings
from tests.pages.steps import add_scene, button, has_button, is_clean, warnings, words
from tests.servers import free_port


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


def with_model(monkeypatch, **values):
    wanted = {
        "provider": "openai", "name": "tiny*model*", "key": "sk-very-secret",
        "url": "https://someone:word@models.example:8443/v1?key=sk-in-address",
    } | values  # fmt: skip
    for name, value in wanted.items():
        monkeypatch.setenv(f"GROUNDSHIFT_MODEL_{name.upper()}", value)
    settings.load.cache_clear()


def test_without_a_model_nothing_is_sent_and_nothing_can_be_tested(app):
    opened(app)
    assert "None is configured" in words(app)
    assert "nothing is sent anywhere" in words(app)
    assert not has_button(app, "Test the model")


def test_a_model_is_named_with_its_host_and_what_it_is_sent_but_never_its_key(app, monkeypatch):
    with_model(monkeypatch)
    opened(app)
    assert is_clean(app)
    said = words(app)
    assert "tiny*model*" in said
    assert "models.example" in said
    assert "no imagery" in said
    assert "the OpenAI protocol" in said
    for secret in ("sk-very-secret", "sk-in-address", "someone", "word@"):
        assert secret not in said
    assert has_button(app, "Test the model")


def test_pictures_are_said_to_be_sent_only_where_they_are(app, monkeypatch):
    with_model(monkeypatch, images="1", provider="anthropic", url="")
    opened(app)
    assert "cut-outs of the imagery" in words(app)
    assert "api.anthropic.com" in words(app)
    assert "no imagery" not in words(app)


def test_only_who_runs_the_program_may_test_the_model(monkeypatch):
    with_model(monkeypatch)
    monkeypatch.setenv("GROUNDSHIFT_IDENTITY", "login")
    settings.load.cache_clear()
    page = AppTest.from_string(
        "from pages._ui import ask_model\nask_model.show_settings()", default_timeout=60
    ).run()
    assert not has_button(page, "Test the model")
    assert "python cli.py model" in words(page)


def test_a_test_of_a_model_that_is_not_there_is_told_in_words(app, monkeypatch):
    from agent import models

    with_model(monkeypatch, url=f"http://127.0.0.1:{free_port()}/v1", timeout_s="5")
    monkeypatch.setenv("GROUNDSHIFT_ALLOW_PRIVATE_HOSTS", "1")
    settings.load.cache_clear()
    models.configured.cache_clear()
    opened(app)
    button(app, "Test the model").click().run()
    models.configured.cache_clear()
    assert is_clean(app)
    assert "cannot be reached" in warnings(app)
    assert "Its server answers: no" in words(app)


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
