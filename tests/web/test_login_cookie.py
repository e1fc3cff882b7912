"""The cookie is made by Streamlit's own code: an update that changes it turns these tests red."""

import hashlib
import json

import pytest
from starlette.responses import Response
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_auth_routes import _set_auth_cookie

from web import login_cookie

SITE = "https://maps.example"
CLAIMS = {"iss": "https://login.example", "sub": "alice", "origin": SITE, "is_logged_in": True}
SECRET = "c" * 64


@pytest.fixture(autouse=True)
def _login_is_set_up():
    auth = {"redirect_uri": f"{SITE}/oauth2callback", "cookie_secret": SECRET}
    secrets_singleton.merge_programmatic_secrets({"auth": auth})
    yield
    secrets_singleton.merge_programmatic_secrets({})
    secrets_singleton._reset()


async def _made_by_streamlit(claims):
    response = Response()
    await _set_auth_cookie(response, claims, {})
    pairs = (value.partition(";")[0] for value in response.headers.getlist("set-cookie"))
    return dict(pair.split("=", 1) for pair in pairs)


@pytest.fixture
def cookies():
    """What a browser holds after Streamlit logged somebody in."""
    import asyncio

    return lambda claims=CLAIMS: asyncio.run(_made_by_streamlit(claims))


def test_a_login_is_read_as_streamlit_wrote_it(cookies):
    assert login_cookie.read(cookies()) == CLAIMS


def test_a_login_too_large_for_one_cookie_is_read_too(cookies):
    # Streamlit packs the claims; only what cannot be packed makes them large.
    claims = CLAIMS | {"groups": [hashlib.sha256(bytes([n])).hexdigest() for n in range(200)]}
    held = cookies(claims)
    assert len(held) > 3
    assert login_cookie.read(held) == claims


def test_without_a_cookie_nobody_is_logged_in():
    assert login_cookie.read({}) is None


def test_a_changed_cookie_is_no_login(cookies):
    value = cookies()["_streamlit_user"]
    for place in range(0, len(value) - 2, 5):
        changed = value[:place] + ("A" if value[place] != "A" else "B") + value[place + 1 :]
        assert login_cookie.read({"_streamlit_user": changed}) is None


@pytest.mark.parametrize("value", ["", "x", "a.b.c", "ü", json.dumps(CLAIMS), "0" * 10_000])
def test_what_nobody_signed_is_no_login(value):
    assert login_cookie.read({"_streamlit_user": value}) is None


def test_what_somebody_else_signed_is_no_login():
    forged = create_signed_value("d" * 64, "_streamlit_user", json.dumps(CLAIMS)).decode()
    assert login_cookie.read({"_streamlit_user": forged}) is None


def test_another_signed_cookie_is_no_login():
    other = create_signed_value(SECRET, "_streamlit_user_tokens", json.dumps(CLAIMS)).decode()
    assert login_cookie.read({"_streamlit_user": other}) is None


@pytest.mark.parametrize("origin", ["https://other.example", "http://maps.example", None])
def test_a_login_for_another_site_is_no_login(cookies, origin):
    assert login_cookie.read(cookies(CLAIMS | {"origin": origin})) is None


@pytest.mark.parametrize("content", ["no json", "[1]", "null", '"text"'])
def test_signed_nonsense_is_no_login(content):
    value = create_signed_value(SECRET, "_streamlit_user", content).decode()
    assert login_cookie.read({"_streamlit_user": value}) is None


def test_an_app_without_a_login_knows_nobody(cookies):
    held = cookies()
    secrets_singleton.merge_programmatic_secrets({})
    secrets_singleton._reset()
    config.set_option("server.cookieSecret", SECRET)
    assert login_cookie.read(held) is None
