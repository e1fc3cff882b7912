"""The app as an operator runs it: its log, its health, its refusals, a login from end to end."""

import json
import subprocess
import sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.e2e import conftest
from tests.web import issuer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG = "A" * 90
"""What looks like a token."""


def _status(url, *, method="GET", body=None, **headers):
    request = Request(url, data=body, method=method, headers=headers)  # noqa: S310 - our own address
    try:
        with urlopen(request, timeout=30) as answer:  # noqa: S310 - as above
            return answer.status, answer.read()
    except HTTPError as error:
        return error.code, error.read()


@pytest.fixture
def served(monkeypatch):
    """Serves the app; takes the first answer of `/metrics` for a sign of life, wherever it lies.

    Streamlit's own is for whoever may come in.
    """
    wait = conftest._wait_for

    def serve(data_dir, *, base="", **options):
        monkeypatch.setattr(
            conftest,
            "_wait_for",
            lambda url, server: wait(url.replace("/_stcore/health", f"{base}/metrics"), server),
        )
        return conftest.served(data_dir, **options)

    return serve


@pytest.fixture(params=[("streamlit", "text"), ("uvicorn", "json")], ids=lambda pair: pair[0])
def below(request, tmp_path, served):
    """Address of the app below a base path; its log is in `tmp_path`."""
    server, form = request.param
    options = {"server": server, "log_format": form, "base_path": "maps"}
    with served(tmp_path, base="/maps", **options) as address:
        yield f"{address}/maps"


def test_both_servers_give_the_whole_product_and_no_secret_gets_into_the_log(below, tmp_path, page):
    page.goto(f"{below}/compare?project=projectproject")
    page.get_by_role("heading", name="Compare", level=1).wait_for()
    assert _is_healthy(f"{below}/healthz", page)
    assert b"groundshift_jobs" in _status(f"{below}/metrics")[1]
    assert page.complaints == []
    assert _status(f"{below}/tiles/{LONG}/1/2/3.png")[0] == 403
    assert _status(f"{below}/downloads/{'f' * 32}.zip?key=queryqueryquery")[0] == 404
    assert _status(f"{below}/oauth2callback?code=codecodecode&state=x")[0] < 500

    log = (tmp_path / "server.log").read_text(encoding="utf-8")
    [line] = [line for line in log.splitlines() if "downloads 404" in line]
    assert not line.startswith("{") or json.loads(line)["section"] == "downloads"
    for secret in (LONG, "queryqueryquery", "codecodecode", "projectproject"):
        assert secret not in log


def _is_healthy(url, page):
    """Workers take seconds to start; the app answers before."""
    for _attempt in range(120):
        status, body = _status(url)
        assert status in {200, 503}
        if json.loads(body)["status"] == "ok":
            return True
        page.wait_for_timeout(250)
    return False


@pytest.mark.parametrize("path", ["", "compare"])
def test_a_page_opened_by_its_address_has_nothing_to_complain_about(address, page, path):
    answer = page.goto(f"{address}/{path}")
    page.get_by_role("heading", level=1).first.wait_for()
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert page.complaints == []


def test_a_script_in_the_page_does_not_run(address, page):
    page.goto(address)
    page.get_by_role("heading", level=1).first.wait_for()
    ran = page.evaluate(
        """() => new Promise(done => {
            const box = document.createElement('div');
            box.innerHTML = '<img src="/no-picture" onerror="window.ran = true">';
            box.firstChild.addEventListener('error', () => done(Boolean(window.ran)));
            document.body.append(box);
        })"""
    )
    assert ran is False
    assert any("Content Security Policy" in said for said in page.complaints)


def test_settings_that_do_not_fit_together_are_one_sentence(tmp_path):
    env = {"GROUNDSHIFT_IDENTITY": "login", "GROUNDSHIFT_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    ended = subprocess.run(
        command,
        cwd=conftest.ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ended.returncode != 0
    assert "no login service is set up" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.fixture
def login(tmp_path, served):
    """An app with a login, and the login service."""
    with (
        issuer.running() as service,
        served(
            tmp_path,
            identity="login",
            oidc_client_id=issuer.CLIENT_ID,
            oidc_client_secret="agreed",  # noqa: S106 - for a service of this test
            oidc_metadata_url=f"{service.url}/.well-known/openid-configuration",
            oidc_site="http://127.0.0.1:{port}",
        ) as address,
    ):
        yield address


def _log_in(page, address, name):
    page.goto(address)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name=name).click()
    page.get_by_role("heading", name="Scenes", level=1).wait_for()


def _ask(page, path, method="GET", body=None):
    """What a script of the page gets: status and text."""
    return page.evaluate(
        """async ([path, method, body]) => {
            const answer = await fetch(path, {method, body, headers: {'X-Groundshift': '1'}});
            return [answer.status, await answer.text()];
        }""",
        [path, method, body],
    )


def test_a_login_opens_pages_and_addresses_for_one_person_and_closes_them_again(login, new_page):
    alice, bob = new_page(), new_page()
    alice.goto(login)
    alice.get_by_role("button", name="Log in").wait_for()
    assert alice.get_by_role("heading", name="Scenes", level=1).count() == 0
    assert _ask(alice, "/uploads")[0] == 403

    _log_in(alice, login, "alice")
    _log_in(bob, login, "bob")
    file = json.dumps({"name": "pre.tif", "size_bytes": 70000})
    status, begun = _ask(alice, "/uploads", "POST", file)
    upload = "/uploads/" + json.loads(begun)["id"]
    assert status == 201
    assert _ask(alice, upload)[0] == 200

    assert _ask(bob, upload)[0] == 404
    assert _ask(bob, upload)[1] == _ask(bob, "/uploads/" + "f" * 32)[1]
    assert json.loads(_ask(bob, "/uploads")[1]) == {"uploads": []}

    alice.goto(f"{login}/settings")
    alice.get_by_role("button", name="Log out").click()
    alice.get_by_role("button", name="Log in").wait_for()
    assert _ask(alice, upload)[0] == 403
    assert bob.complaints == [said for said in bob.complaints if "404" in said]


def test_behind_a_proxy_the_name_in_its_header_opens_pages_and_addresses(address, page):
    page.goto(address)
    page.get_by_role("heading", name="Scenes", level=1).wait_for()
    assert _ask(page, "/uploads")[0] == 200
    assert page.complaints == []
    assert _status(f"{address}/uploads")[0] == 403
    assert _status(address)[0] == 403
