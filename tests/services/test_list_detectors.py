import sys

import pytest
from click.testing import CliRunner

import cli
from inference import detectors, registry
from services.list_detectors import list_detectors


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """The name of a detector beside the real ones whose package is not installed."""
    (tmp_path / "needs_package.py").write_text("import no_such_package_at_all", "utf-8")
    monkeypatch.setattr(detectors, "__path__", [*detectors.__path__, str(tmp_path)])
    yield "needs_package"
    sys.modules.pop(f"{detectors.__name__}.needs_package", None)


def test_a_row_carries_the_words_of_the_card():
    rows = {row["name"]: row for row in list_detectors()}
    assert set(rows) == set(registry.names())
    card = registry.card("cva")
    row = rows["cva"]
    assert (row["title"], row["summary"], row["bands"]) == (card.title, card.summary, 1)
    assert row["gsd_m"] == list(card.gsd_range_m)
    assert row["available"]
    assert row["reason"] == ""


def test_a_detector_without_its_package_is_listed_with_the_reason(broken):
    rows = {row["name"]: row for row in list_detectors()}
    assert {len(row) for row in rows.values()} == {len(rows["cva"])}
    assert not rows[broken]["available"]
    assert "'no_such_package_at_all'" in rows[broken]["reason"]
    assert rows[broken]["bands"] is None
    assert rows["cva"]["available"]


def test_the_command_line_lists_it_too(broken):
    done = CliRunner().invoke(cli.main, ["detectors"])
    assert done.exit_code == 0, done.output
    (line,) = (line for line in done.output.splitlines() if line.startswith(broken))
    assert "unavailable" in line
    assert "'no_such_package_at_all'" in line
    assert "None" not in done.output
