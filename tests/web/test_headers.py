import base64
import hashlib
from importlib.resources import files

import pytest
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route

from services import basemaps
from web import headers
from web.headers import SafetyHeaders


@pytest.fixture
def ask(client):
    """An app behind the headers."""
    return client(Middleware(SafetyHeaders))


def _policy(answer):
    rules = answer.headers["Content-Security-Policy"].split("; ")
    return {rule.split()[0]: rule.split()[1:] for rule in rules}


@pytest.mark.parametrize("path", ["/", "/compare", "/_stcore/health", "/tiles/t/1/2/3.png"])
def test_every_answer_keeps_addresses_and_frames_to_itself(ask, path):
    found = ask.get(path).headers
    assert found["Referrer-Policy"] == "no-referrer"
    assert found["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in found["Content-Security-Policy"]
    assert found["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in found["Permissions-Policy"]


def test_no_script_runs_but_the_files_we_serve_and_the_one_in_the_page(ask):
    page = (files("streamlit") / "static" / "index.html").read_text(encoding="utf-8")
    inline = page.partition("<script>")[2].partition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    assert _policy(ask.get("/"))["script-src"] == ["'self'", f"'sha256-{digest}'"]


def test_a_page_talks_to_nobody_but_us_and_draws_only_maps_that_are_listed(ask, monkeypatch):
    monkeypatch.setattr(basemaps, "allowed_origins_csp", lambda: ("https://maps.example",))
    policy = _policy(ask.get("/"))
    assert policy["connect-src"] == ["'self'"]
    assert policy["img-src"] == ["'self'", "data:", "blob:", "https://maps.example"]
    assert policy["default-src"] == ["'self'"]
    assert policy["object-src"] == ["'none'"]


@pytest.mark.parametrize("path", ["/downloads/x/report.html", "/uploads", "/metrics"])
def test_a_file_that_a_browser_shows_may_run_nothing(ask, path):
    policy = _policy(ask.get(path))
    assert policy["default-src"] == ["'none'"]
    assert "sandbox" in policy
    assert "script-src" not in policy


def test_below_a_base_path_a_file_is_still_a_file(ask, rules):
    rules(base_path="maps")
    assert "sandbox" in _policy(ask.get("/maps/downloads/x/report.html"))
    assert "script-src" in _policy(ask.get("/maps/downloading"))


def test_the_policy_is_made_once(monkeypatch):
    headers.for_pages()
    monkeypatch.setattr(headers, "_script_hashes", lambda: pytest.fail("read again"))
    headers.for_pages()


def _with_cookies(_request):
    response = Response()
    response.set_cookie("login", "x")
    response.set_cookie("careful", "y", secure=True)
    return response


@pytest.mark.parametrize(("site", "count"), [("https://maps.example", 1), ("", 0)])
def test_cookies_never_leave_tls_where_there_is_tls(client, rules, site, count):
    rules(oidc_site=site)
    asking = client(Middleware(SafetyHeaders), routes=[Route("/", _with_cookies)])
    login, careful = asking.get("/").headers.get_list("set-cookie")
    assert login.count("; Secure") == count
    assert careful.count("; Secure") == 1
