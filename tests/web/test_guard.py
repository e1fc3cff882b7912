import pytest
from starlette.middleware import Middleware

from tests.web.conftest import OURS
from web.guard import OFTEN_PER_REQUEST, Guard

GUARD = Middleware(Guard)
HOME = "http://127.0.0.1:8501"


def test_a_page_of_ours_may_change_something(client):
    assert client(GUARD).post("/uploads", headers=OURS, content=b"12345").text == "hello 5"


def test_an_origin_alone_says_where_a_request_comes_from(client):
    headers = {"X-Groundshift": "1", "Origin": HOME}
    assert client(GUARD).post("/uploads", headers=headers).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
@pytest.mark.parametrize(
    "headers",
    [{}, {"X-Groundshift": "1"}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": HOME},
     {"X-Groundshift": "0", "Sec-Fetch-Site": "same-origin"},
     {"X-Groundshift": "1", "Sec-Fetch-Site": "same-site"},
     {"X-Groundshift": "1", "Sec-Fetch-Site": "none"},
     {"X-Groundshift": "1", "Origin": "https://evil.example"},
     {"X-Groundshift": "1", "Origin": "null"},
     {"X-Groundshift": "1", "Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1:1"}],
)  # fmt: skip
def test_a_change_another_site_could_have_asked_for_is_refused(client, method, headers):
    answer = client(GUARD).request(method, "/uploads/x", headers=headers)
    assert answer.status_code == 403
    assert answer.json()["remedy"]


def test_looking_needs_no_proof(client):
    assert client(GUARD).get("/tiles/t/1/2/3.png").status_code == 200
    assert client(GUARD).head("/downloads/x/mask.tif").status_code in {200, 405}


def test_what_streamlit_answers_is_left_to_streamlit(client):
    assert client(GUARD).post("/_stcore/upload_file/x", content=b"1").status_code == 200


def test_too_many_requests_are_told_when_to_come_back(client, rules):
    rules(requests_per_minute=3)
    asking = client(GUARD)
    answers = [asking.get("/uploads") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 20
    assert "Try again in" in answers[-1].json()["remedy"]


@pytest.mark.parametrize("path", ["/tiles/t/1/2/3.png", "/progress/jobs/x"])
def test_what_pages_ask_for_by_themselves_has_a_larger_share_of_its_own(client, rules, path):
    rules(requests_per_minute=1)
    asking = client(GUARD)
    assert asking.get("/uploads").status_code == 200
    often = [asking.get(path).status_code for _ in range(OFTEN_PER_REQUEST + 1)]
    assert often == [200] * OFTEN_PER_REQUEST + [429]
    assert asking.get("/downloads/x.zip").status_code == 429


def test_a_piece_as_large_as_allowed_is_taken_and_one_byte_more_is_not(client, rules):
    rules(chunk_bytes=1 << 16)
    asking = client(GUARD)
    assert asking.put("/uploads/x", headers=OURS, content=b"x" * (1 << 16)).status_code == 200
    answer = asking.put("/uploads/x", headers=OURS, content=b"x" * ((1 << 16) + 1))
    assert answer.status_code == 413
    assert "smaller pieces" in answer.json()["remedy"]


def test_a_body_that_hides_its_size_ends_at_the_limit_too(client, rules):
    rules(chunk_bytes=1 << 16)
    pieces = (b"x" * (1 << 14) for _ in range(5))
    assert client(GUARD).put("/uploads/x", headers=OURS, content=pieces).status_code == 413


def test_a_size_that_is_no_number_is_refused(client):
    headers = OURS | {"Content-Length": "-5"}
    assert client(GUARD).put("/uploads/x", headers=headers).status_code == 413


def test_without_an_identity_nothing_is_answered(client, rules):
    rules(identity="login")
    for path in ("/tiles/t/1/2/3.png", "/uploads", "/downloads/x.zip", "/progress/jobs/x"):
        answer = client(GUARD).get(path)
        assert answer.status_code == 403
        assert answer.json()["error"] == "You are not logged in."
