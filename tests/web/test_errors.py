import pytest
from starlette.routing import Route

import errors as known
from web.errors import answer, status_of


@pytest.mark.parametrize(
    ("error", "status"),
    [(known.InputError, 400), (known.UnreadableRasterError, 400), (known.ForbiddenError, 403),
     (known.NotFoundError, 404), (known.LimitError, 413), (known.JobError, 503),
     (known.OutboundError, 503), (known.ExportError, 503)],
)  # fmt: skip
def test_each_error_has_the_status_of_its_kind(error, status):
    assert status_of(error("what was wrong")) == status


def _raise(error):
    def endpoint(_request):
        raise error

    return [Route("/", endpoint)]


def test_a_known_error_is_two_plain_sentences(client):
    routes = _raise(known.NotFoundError("There is no such scene.", hint="Choose another."))
    found = client(routes=routes).get("/")
    assert found.status_code == 404
    assert found.json() == {"error": "There is no such scene.", "remedy": "Choose another."}
    assert found.headers["Cache-Control"] == "no-store"


def test_an_unknown_error_tells_a_visitor_nothing_about_the_inside(client):
    found = client(routes=_raise(RuntimeError("/srv/secret/place"))).get("/")
    assert found.status_code == 500
    assert "our fault" in found.json()["error"]
    assert "secret" not in found.text


def test_whoever_counts_requests_may_choose_the_status():
    assert answer(known.LimitError("too often"), 429).status_code == 429


def test_an_unknown_error_keeps_the_rules_for_browsers(client):
    found = client(routes=_raise(RuntimeError())).get("/")
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert found.headers["Referrer-Policy"] == "no-referrer"
