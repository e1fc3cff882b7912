"""All addresses together, behind all the rules, as the app serves them."""

import pytest

from tests.web.conftest import OURS
from web import door, guard, policy
from web.routes import routes
from web.sections import section_of
from workspace import tokens

SCENE = "0123456789abcdef" * 2


@pytest.fixture
def whole(client):
    """The whole of our side of the app."""
    return client(*policy.MIDDLEWARE, routes=routes())


def test_every_address_is_behind_the_guard_or_open_on_purpose():
    for route in routes():
        section = section_of({"path": route.path})
        is_probe = route.path.startswith("/{page}/_stcore/")
        assert section in guard.GUARDED | door.OPEN_TO_ALL or is_probe, route.path


def test_nothing_that_changes_something_is_outside_the_guard():
    for route in routes():
        if route.methods - guard.HARMLESS:
            assert section_of({"path": route.path}) in guard.GUARDED, route.path


@pytest.mark.parametrize(
    "path",
    ["/tiles/x/1/2/3.png", "/uploads", f"/uploads/{SCENE}", f"/downloads/{SCENE}.zip",
     f"/downloads/{SCENE}/mask.tif", "/tiles/basemap/x/1/2/3.png", f"/progress/jobs/{SCENE}",
     f"/progress/scenes/{SCENE}"],
)  # fmt: skip
def test_without_a_login_there_is_nothing_to_see(whole, rules, path):
    rules(identity="login")
    assert whole.get(path).status_code == 403


def test_a_token_opens_its_tile_for_its_owner_only(whole):
    for owner, status in (("local", 404), ("somebody else", 403)):
        token = tokens.mint("scene", SCENE, owner, {})
        assert whole.get(f"/tiles/{token}/1/2/3.png").status_code == status


def test_an_answer_that_refuses_carries_the_rules_for_browsers_too(whole):
    for answer in (whole.get("/tiles/x/1/2/3.png"), whole.get("/", headers={"Host": "evil"})):
        assert answer.status_code == 403
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_below_a_base_path_every_address_moves(client, rules):
    rules(base_path="/maps/")
    moved = client(*policy.MIDDLEWARE, routes=routes())
    assert moved.get("/maps/uploads").status_code == 200
    assert moved.get("/uploads").status_code == 404
    assert moved.post("/maps/uploads", json={}).status_code == 403
    assert moved.post("/maps/uploads", json={}, headers=OURS).status_code == 400


def test_a_page_that_looks_for_its_server_at_a_wrong_address_is_sent_on(whole):
    """Streamlit's page takes an empty configuration for the sign to look further up."""
    assert whole.get("/compare/_stcore/health").status_code == 200
    assert whole.get("/compare/_stcore/host-config").json() is None
