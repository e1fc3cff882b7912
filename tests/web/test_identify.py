import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from web import identify, login_cookie
from workspace.identity import LOCAL, owner_of

ALICE = {"iss": "https://login.example", "sub": "alice", "is_logged_in": True}
ROUTES = [Route("/who", lambda request: PlainTextResponse(identify.owner(request)))]


def _who(client, *, peer=("127.0.0.1", 1), **headers):
    return client(routes=ROUTES, peer=peer).get("/who", headers=headers)


def test_local_mode_has_one_owner(client):
    assert _who(client).text == LOCAL


def test_a_page_and_an_address_beside_it_know_the_same_person(client, rules, monkeypatch):
    rules(identity="login")
    monkeypatch.setattr(login_cookie, "read", lambda cookies: ALICE)
    assert _who(client).text == owner_of("login", {}, ALICE)


def test_without_a_login_nobody_is_known(client, rules):
    rules(identity="login")
    assert _who(client, **{"X-Forwarded-User": "alice"}).status_code == 403


@pytest.mark.parametrize(
    ("peer", "status"), [("10.0.0.7", 200), ("10.0.0.8", 403), ("no address", 403)]
)
def test_a_name_counts_from_a_trusted_proxy_only(client, rules, peer, status):
    rules(identity="header", trusted_proxies='["10.0.0.7"]')
    assert _who(client, peer=(peer, 1), **{"X-Forwarded-User": "alice"}).status_code == status


def test_the_header_is_the_one_in_the_settings(client, rules):
    rules(identity="header", identity_header="Remote-User")
    found = _who(client, **{"Remote-User": "alice", "X-Forwarded-User": "mallory"})
    assert found.text == owner_of("header", {"X-Forwarded-User": "alice"}, None)
