import pytest

from web import health
from workspace import vitals

WORD = "open sesame"
STRANGER = ("203.0.113.9", 40000)
WELL = {"database": True, "workers": True, "disk": True}


@pytest.mark.parametrize("failing", [None, *WELL])
def test_health_is_one_status_and_what_is_wrong(client, monkeypatch, failing):
    checks = WELL | ({failing: False} if failing else {})
    monkeypatch.setattr(vitals, "checks", lambda: checks)
    answer = client(routes=health.ROUTES).get("/healthz")
    assert answer.status_code == (503 if failing else 200)
    assert answer.json() == {"status": "failing" if failing else "ok", "checks": checks}


def test_figures_are_in_the_form_prometheus_reads(client):
    answer = client(routes=health.ROUTES).get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    for line in ('groundshift_jobs{status="waiting"} 0.0', "groundshift_tile_seconds_count",
                 "groundshift_uploaded_bytes_total", "groundshift_disk_free_bytes"):  # fmt: skip
        assert line in answer.text


@pytest.mark.parametrize(
    ("peer", "headers"),
    [(STRANGER, {}), (STRANGER, {"Host": "127.0.0.1"}), (None, {}),
     (("127.0.0.1", 1), {"Host": "evil.example"}),
     (("127.0.0.1", 1), {"X-Forwarded-For": "203.0.113.9"})],
)  # fmt: skip
def test_figures_are_for_this_machine_only(client, peer, headers):
    asking = client(routes=health.ROUTES, peer=peer)
    assert asking.get("/metrics", headers=headers).status_code == 404


def test_with_a_word_figures_are_for_whoever_knows_it(client, rules):
    rules(metrics_token=WORD)
    asking = client(routes=health.ROUTES, peer=STRANGER)
    assert asking.get("/metrics").status_code == 404
    for wrong in ("Bearer ", "Bearer open", WORD, f"Basic {WORD}"):
        assert asking.get("/metrics", headers={"Authorization": wrong}).status_code == 404
    right = {"Authorization": f"Bearer {WORD}"}
    assert asking.get("/metrics", headers=right).status_code == 200
