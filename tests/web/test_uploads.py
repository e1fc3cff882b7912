import asyncio

import pytest

import settings
from web import policy, uploads
from workspace import uploads as kept

FILE = {"name": "pre.tif", "size_bytes": 6, "role": "pre", "fingerprint": "6:1:pre.tif"}
NOBODYS = "0" * 32
OURS = {"X-Groundshift": "1", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def visit(client):
    """A visitor's browser that asks the routes behind all rules of the app."""

    def enter(**headers):
        browser = client(*policy.MIDDLEWARE, routes=uploads.ROUTES)
        browser.headers.update(OURS | headers)
        return browser

    return enter


@pytest.fixture
def browser(visit):
    return visit()


def begun(browser, **words):
    answer = browser.post("/uploads", json=FILE | words)
    assert answer.status_code == 201
    return answer.json()["id"]


def test_a_file_is_announced_sent_in_pieces_and_found_whole(browser):
    said = browser.post("/uploads", json=FILE).json()
    assert said == {
        "id": said["id"],
        "name": "pre.tif",
        "size_bytes": 6,
        "received_bytes": 0,
        "role": "pre",
        "fingerprint": "6:1:pre.tif",
        "is_complete": False,
        "chunk_bytes": settings.load().chunk_bytes,
    }
    place = f"/uploads/{said['id']}"
    first = browser.put(place, params={"offset": 0}, content=b"abc")
    assert (first.status_code, first.json()["received_bytes"]) == (200, 3)
    assert browser.get(place).json()["received_bytes"] == 3
    second = browser.put(place, params={"offset": 3}, content=iter([b"d", b"ef"]))
    assert second.json()["is_complete"] is True
    assert [upload["id"] for upload in browser.get("/uploads").json()["uploads"]] == [said["id"]]
    assert kept.finish("local", said["id"]).read_bytes() == b"abcdef"


def test_what_has_arrived_is_never_answered_from_a_cache(browser):
    place = f"/uploads/{begun(browser)}"
    for answer in (browser.get("/uploads"), browser.get(place), browser.put(f"{place}?offset=0")):
        assert answer.headers["cache-control"] == "no-store"


def test_a_piece_that_does_not_follow_gets_the_right_offset(browser):
    place = f"/uploads/{begun(browser)}"
    browser.put(f"{place}?offset=0", content=b"abc")
    answer = browser.put(f"{place}?offset=0", content=b"abc")
    assert answer.status_code == 409
    assert answer.json()["received_bytes"] == 3
    assert answer.json()["error"]
    assert browser.get(place).json()["received_bytes"] == 3


def test_while_one_tab_sends_the_other_is_told_to_wait(browser):
    upload_id = begun(browser)
    with kept.open_part("local", upload_id, 0) as part:
        part.write(b"ab")
        answer = browser.put(f"/uploads/{upload_id}?offset=2", content=b"c")
    assert (answer.status_code, answer.json()["received_bytes"]) == (409, 2)
    assert "another tab" in answer.json()["error"]
    assert browser.put(f"/uploads/{upload_id}?offset=2", content=b"c").status_code == 200


def test_more_than_announced_is_refused_and_nothing_of_it_stays(browser):
    place = f"/uploads/{begun(browser)}"
    answer = browser.put(f"{place}?offset=0", content=b"abcdefg")
    assert answer.status_code == 413
    assert set(answer.json()) == {"error", "remedy"}
    assert browser.get(place).json()["received_bytes"] == 0


def test_more_than_one_piece_is_refused_while_it_comes(browser, rules):
    rules(chunk_bytes=1 << 20)
    place = f"/uploads/{begun(browser, size_bytes=9 << 20)}"
    answer = browser.put(f"{place}?offset=0", content=(bytes(1 << 18) for _ in range(9)))
    assert answer.status_code == 413
    assert browser.get(place).json()["received_bytes"] <= 1 << 20


@pytest.mark.parametrize(
    "offset", ["", "?offset=", "?offset=-1", "?offset=1.5", "?offset=²", "?offset=" + "9" * 40]
)
def test_a_place_that_is_no_number_is_refused_in_words(browser, offset):
    answer = browser.put(f"/uploads/{begun(browser)}{offset}", content=b"abc")
    assert answer.status_code == 400
    assert "cannot begin" in answer.json()["error"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b'{"name": "a.tif"}',
        b'{"name": "a.tif", "size_bytes": "6"}',
        b'{"name": "a.tif", "size_bytes": 6.5}',
        b'{"name": "a.tif", "size_bytes": NaN}',
        b'{"name": ["a.tif"], "size_bytes": 6}',
        b'{"name": "a.tif", "size_bytes": 6, "owner": "bob"}',
        b'{"name": "' + b"a" * 20_000 + b'.tif", "size_bytes": 6}',
    ],
)
def test_an_announcement_we_do_not_understand_is_refused_in_words(browser, body):
    answer = browser.post("/uploads", content=body)
    assert answer.status_code == 400
    assert answer.json()["remedy"]
    assert browser.get("/uploads").json() == {"uploads": []}


def test_a_kind_of_file_we_do_not_read_is_refused_before_it_is_sent(browser):
    answer = browser.post("/uploads", json=FILE | {"name": "<img src=x onerror=alert(1)>.exe"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/json"


def test_a_cancelled_upload_is_gone(browser):
    place = f"/uploads/{begun(browser)}"
    browser.put(f"{place}?offset=0", content=b"abc")
    assert browser.delete(place).status_code == 204
    assert browser.get(place).status_code == 404
    assert browser.delete(place).status_code == 404
    assert browser.get("/uploads").json() == {"uploads": []}


def test_another_user_cannot_tell_an_upload_from_none(visit, rules):
    rules(identity="header", identity_header="X-User")
    ann, bob = visit(**{"X-User": "ann"}), visit(**{"X-User": "bob"})
    theirs = begun(bob)
    for act in ("get", "delete", "put"):
        answers = [
            getattr(ann, act)(f"/uploads/{upload_id}", params={"offset": 0})
            for upload_id in (theirs, NOBODYS, "..%2f..%2fetc%2fpasswd")
        ]
        assert {answer.status_code for answer in answers} == {404}
    assert ann.get(f"/uploads/{theirs}").json() == ann.get(f"/uploads/{NOBODYS}").json()
    assert ann.get("/uploads").json() == {"uploads": []}
    assert bob.get(f"/uploads/{theirs}").status_code == 200


def test_nobody_without_a_name_gets_in(browser, rules):
    rules(identity="header", identity_header="X-User")
    assert browser.post("/uploads", json=FILE).status_code == 403
    assert browser.get("/uploads").status_code == 403
    for act in (browser.get, browser.put, browser.delete):
        assert act(f"/uploads/{NOBODYS}").status_code == 403


@pytest.mark.parametrize("missing", OURS)
def test_a_page_of_another_site_cannot_send_or_delete(browser, missing):
    place = f"/uploads/{begun(browser)}"
    del browser.headers[missing]
    assert browser.post("/uploads", json=FILE).status_code == 403
    assert browser.put(f"{place}?offset=0", content=b"abc").status_code == 403
    assert browser.delete(place).status_code == 403
    assert browser.get(place).json()["received_bytes"] == 0


def send(app, path, offset, pieces, *, then):
    """Status of a PUT whose body is `pieces` and then a message, or silence for None."""
    messages = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    messages += [then] if then else []
    statuses = []

    async def receive():
        return messages.pop(0) if messages else await asyncio.Event().wait()

    async def note(message):
        statuses.append(message.get("status"))

    scope = {
        "type": "http", "method": "PUT", "path": path, "raw_path": path.encode(),
        "headers": [(b"host", b"127.0.0.1"), (b"x-groundshift", b"1"),
                    (b"sec-fetch-site", b"same-origin")],
        "query_string": f"offset={offset}".encode(), "root_path": "", "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80), "scheme": "http", "http_version": "1.1",
    }  # fmt: skip
    asyncio.run(asyncio.wait_for(app(scope, receive, note), 30))
    return statuses[0]


def test_what_came_before_the_connection_broke_is_kept_and_the_file_is_free(browser):
    place = f"/uploads/{begun(browser)}"
    send(browser.app, place, 0, [b"ab", b"c"], then={"type": "http.disconnect"})
    assert browser.get(place).json()["received_bytes"] == 3
    assert browser.put(f"{place}?offset=3", content=b"def").json()["is_complete"]


def test_a_connection_that_fell_silent_lets_go_of_the_file(browser, monkeypatch):
    monkeypatch.setattr(uploads, "IDLE_S", 0.02)
    place = f"/uploads/{begun(browser)}"
    assert send(browser.app, place, 0, [b"abc"], then=None) == 408
    assert browser.put(f"{place}?offset=3", content=b"def").json()["is_complete"]


def test_no_more_than_a_batch_is_held_in_memory(browser, monkeypatch):
    monkeypatch.setattr(uploads, "BATCH_BYTES", 4)
    sizes = []
    write = uploads.PartFile.write

    def note(part, piece):
        sizes.append(len(piece))
        write(part, piece)

    monkeypatch.setattr(uploads.PartFile, "write", note)
    place = f"/uploads/{begun(browser, size_bytes=10)}"
    last = {"type": "http.request", "body": b"", "more_body": False}
    assert send(browser.app, place, 0, [b"abc", b"def", b"ghi", b"j"], then=last) == 200
    assert sizes == [6, 4, 0]
    assert browser.get(place).json()["is_complete"]
