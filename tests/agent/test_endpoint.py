import logging

import pytest
from pydantic import SecretStr

import settings
from agent import endpoint_report, models
from agent.endpoint import Endpoint, connect
from agent.model_choice import choice
from errors import InputError
from tests.agent import ailments
from tests.agent.servers import Call, serving

pytestmark = pytest.mark.usefixtures("serves")


@pytest.fixture(params=["openai", "anthropic"])
def provider(request):
    return request.param


def able(heard):
    """Does what the test of an endpoint asks."""
    if heard.pictures:
        return Call("answer", {"word": "Red"})
    return Call("answer", {"word": "Sunflower"}) if heard.turn else Call("look_up")


def examined(provider, brain, ailment=None, **options):
    with serving(provider, brain, ailment) as server:
        model = choice(Endpoint(provider, "fake", server.url, timeout_s=10.0, **options))
        report = endpoint_report.examine(model)
        model.connection.close()
    return report, server


def test_a_model_that_can_do_all_is_said_to(provider):
    report, server = examined(provider, able, takes_images=True)
    assert (report.is_reachable, report.has_tools, report.has_streaming) == (True, True, True)
    assert report.has_images is True
    assert report.problem == ""
    assert report.host in server.url


def test_no_picture_is_sent_unless_it_is_allowed(provider):
    report, server = examined(provider, able)
    assert report.has_images is None
    assert "image" not in str(server.requests)
    assert "No imagery." in report.sent


def test_a_model_without_tools_is_told_apart(provider):
    report, _ = examined(provider, lambda heard: Call("answer", {"word": "rose"}))
    assert (report.is_reachable, report.has_tools) == (True, False)
    assert "tools" in report.problem


def test_a_model_that_sees_nothing_is_told_apart(provider):
    def blind(heard):
        return Call("answer", {"word": "blue"}) if heard.pictures else able(heard)

    report, _ = examined(provider, blind, takes_images=True)
    assert (report.has_tools, report.has_images) == (True, False)


def test_a_key_that_is_not_accepted_is_said_without_it(provider, caplog):
    caplog.set_level(logging.DEBUG)
    report, _ = examined(provider, able, ailments.status(401), key=SecretStr("sk-hidden"))
    assert not report.is_reachable
    assert "key" in report.problem
    assert "hidden" not in f"{report} {caplog.text}"


@pytest.fixture
def fresh():
    """Settings and the model are read anew."""
    for cached in (settings.load, models.configured):
        cached.cache_clear()
    yield
    for cached in (settings.load, models.configured):
        cached.cache_clear()


@pytest.mark.usefixtures("fresh")
def test_without_settings_there_is_no_model():
    assert models.configured() is None
    assert models.test_endpoint() is None


@pytest.mark.usefixtures("fresh")
def test_the_settings_name_the_model(monkeypatch):
    values = {"PROVIDER": "openai", "NAME": "llama", "URL": "http://127.0.0.1:9/v1", "KEY": "sk-x",
              "TIMEOUT_S": "7", "MAX_TOKENS": "99"}  # fmt: skip
    for name, value in values.items():
        monkeypatch.setenv(f"GROUNDSHIFT_MODEL_{name}", value)
    model = models.configured()
    assert model is models.configured()
    assert model.name == "llama"
    assert model.settings == {"max_tokens": 99, "timeout": 7.0}
    assert "sk-x" not in f"{model!r}{settings.load()!r}"
    model.connection.close()


@pytest.mark.usefixtures("fresh")
def test_a_model_without_a_name_is_refused_with_a_remedy(monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_MODEL_PROVIDER", "anthropic")
    with pytest.raises(InputError, match="name") as caught:
        models.configured()
    assert "GROUNDSHIFT_MODEL_NAME" in caught.value.hint


@pytest.mark.parametrize(
    "url",
    ["ftp://host/v1", "host", "http://user:secret@host/v1", "https://host/v1?key=secret", "//"],
)
def test_an_address_that_cannot_be_used_is_refused_without_repeating_it(url):
    with pytest.raises(InputError) as caught:
        connect(Endpoint("openai", "m", url))
    assert "secret" not in str(caught.value)
