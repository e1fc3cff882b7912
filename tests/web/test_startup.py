import pytest

from errors import InputError
from web import login_settings, startup

AGREED = "agreed with the login service"
CONFIGURED = "https://login.example/.well-known/openid-configuration"


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    monkeypatch.delenv("FORWARDED_ALLOW_IPS", raising=False)


def test_a_local_app_needs_nothing():
    startup.check()


def test_a_login_that_nobody_set_up_stops_the_start(rules):
    rules(identity="login")
    with pytest.raises(InputError, match="no login service") as caught:
        startup.check()
    assert "GROUNDSHIFT_OIDC_CLIENT_ID" in caught.value.hint


def test_a_login_in_the_environment_is_enough(rules):
    rules(identity="login", oidc_client_id="groundshift")
    startup.check()


def test_a_login_in_a_secrets_file_is_enough(rules, monkeypatch):
    rules(identity="login")
    monkeypatch.setattr(startup, "has_secrets_file", lambda: True)
    startup.check()


@pytest.mark.parametrize("rewriting", [None, "127.0.0.1", "10.0.0.1, 127.0.0.1", "*"])
def test_a_server_that_hides_the_proxy_stops_the_start(rules, monkeypatch, rewriting):
    rules(identity="header")
    if rewriting is not None:
        monkeypatch.setenv("FORWARDED_ALLOW_IPS", rewriting)
    with pytest.raises(InputError) as caught:
        startup.check()
    assert "FORWARDED_ALLOW_IPS=none" in caught.value.hint


@pytest.mark.parametrize("rewriting", ["none", "10.0.0.1"])
def test_a_server_that_shows_the_proxy_may_start(rules, monkeypatch, rewriting):
    rules(identity="header")
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", rewriting)
    startup.check()


def test_a_proxy_that_is_no_address_stops_the_start(rules, monkeypatch):
    rules(identity="header", trusted_proxies='["caddy"]')
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "none")
    with pytest.raises(InputError, match="'caddy'"):
        startup.check()


def test_the_login_is_handed_to_streamlit_whole(rules):
    rules(
        oidc_client_id="groundshift", oidc_client_secret=AGREED, oidc_metadata_url=CONFIGURED,
        oidc_site="https://maps.example/", base_path="/changes/",
    )  # fmt: skip
    section = login_settings.secrets()["auth"]
    assert section["redirect_uri"] == "https://maps.example/changes/oauth2callback"
    assert section["client_secret"] == AGREED
    assert section["server_metadata_url"] == CONFIGURED
    assert len(section["cookie_secret"]) == 64


def test_without_a_client_there_is_no_login():
    assert login_settings.secrets() == {}
