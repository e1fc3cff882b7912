import pytest

import settings
from inference import detectors, trained_weights, weights
from services import fetch_weights
from services.list_counters import list_counters
from services.list_detectors import list_detectors
from services.list_segmenters import list_segmenters
from services.weights import list_weights
from tests.inference.weights_folder import CONTENT, entry, listing
from tests.pages.steps import (
    OWNER,
    button,
    errors,
    has_button,
    is_clean,
    run_jobs,
    warnings,
    watchers,
    words,
)
from tests.services.weights_server import sending
from workspace import jobs

CHANGES, OUTLINES, COUNTS, WEIGHTS = range(4)
FETCH = "Fetch Segment Anything, base"


def first_button(app, label):
    """Several methods may need the same weights; each offers them."""
    return next(one for one in app.button if one.label == label)


def opened(app):
    return app.switch_page("models.py").run()


def table(app, tab):
    return app.tabs[tab].dataframe[0].value


@pytest.fixture
def setting(monkeypatch):
    def set_to(**values):
        for name, value in values.items():
            monkeypatch.setenv(f"GROUNDSHIFT_{name.upper()}", str(value))
        settings.load.cache_clear()

    yield set_to
    monkeypatch.undo()
    settings.load.cache_clear()


@pytest.fixture
def server(setting, tmp_path, monkeypatch):
    """A mirror on this machine with the base model's weights, of which there are few."""
    own = [
        entry(row.name, url=None if row.status == "shipped" else f"https://weights.example/{row.name}",
              title=row.title)
        for row in list_weights()
    ]  # fmt: skip
    with sending(CONTENT) as parts:
        setting(weights_mirror=f"http://{parts.server.host}", allow_private_hosts=1)
        monkeypatch.setattr(fetch_weights, "FIRST_PAUSE_S", 0.0)
        listing(tmp_path / "shipped", monkeypatch, *own)
        yield parts


def test_every_method_is_listed_with_what_it_is_made_for(app):
    opened(app)
    assert is_clean(app)
    rows = list_detectors()
    assert table(app, CHANGES)["Method"].tolist() == [row["title"] for row in rows]
    runs = ["yes" if row["available"] else "no" for row in rows]
    assert table(app, CHANGES)["Can run here"].tolist() == runs
    assert {"tinycd_levir", "zero_shot_sam"} >= {r["name"] for r in rows if not r["available"]}
    radar = table(app, CHANGES)[table(app, CHANGES)["Made for"] == "radar images"]
    assert radar["Method"].tolist() == ["SAR log ratio"]
    assert radar["Pixels of"].tolist() == ["0.5 to 100 m"]
    assert table(app, OUTLINES)["Method"].tolist() == [row.title for row in list_segmenters()]
    assert table(app, COUNTS)["Method"].tolist() == [row.title for row in list_counters()]


def test_every_method_shows_its_source_licence_and_limits(app):
    opened(app)
    shown = words(app)
    for row in list_detectors():
        assert row["source"] in shown
        assert all(limit in shown for limit in row["limits"])
    for row in (*list_segmenters(), *list_counters()):
        assert row.source in shown
        assert all(limit in shown for limit in row.limits)
    assert "Licence: Apache-2.0" in shown


def test_a_network_of_the_operators_own_is_under_its_own_licence(app, setting, tmp_path):
    folder = tmp_path / "weights" / "own"
    folder.mkdir(parents=True)
    (folder / "roads.onnx").write_bytes(b"")
    (folder / "roads.toml").write_text(
        f'title = "Roads"\nsha256 = "{"0" * 64}"\ngsd_m = [0.2, 0.5]\nlicence = "Ask the county"\n'
        '[output]\nkind = "logits"\n',
        encoding="utf-8",
    )
    setting(weights_dir=tmp_path / "weights")
    opened(app)
    assert is_clean(app)
    assert "Licence: Ask the county" in words(app)
    roads = table(app, CHANGES).set_index("Method").loc["Roads"]
    assert roads["Weights"] == "its own file"


def test_weights_that_were_trained_here_are_said_to_be(app, setting, tmp_path):
    setting(weights_dir=tmp_path / "weights")
    trained_weights.keep(
        trained_weights.TrainedEntry(
            name="own/roofs", title="Roofs", file="own/roofs.safetensors", sha256="0" * 64, bytes=1,
            licence="x", detector="changenet", parent_sha256="1" * 64,
        ),
        lambda path: path.write_bytes(b"numbers"),
    )  # fmt: skip
    opened(app)
    listed = table(app, WEIGHTS).set_index("Weights")
    assert listed.loc["Roofs", "Published at"] == "trained here"
    assert listed.loc["ChangeNet", "Published at"] == "shipped with Groundshift"


def test_segmenters_say_which_prompts_they_take(app):
    opened(app)
    rows = table(app, OUTLINES).set_index("Method")
    assert rows.loc["Segment Anything, base", "Takes"] == "clicks, boxes, outlines"


def test_weights_that_are_not_here_have_a_size_a_licence_and_a_button(app):
    opened(app)
    assert "375.0 MB, under the licence Apache-2.0, from dl.fbaipublicfiles.com" in words(app)
    assert not first_button(app, FETCH).disabled
    assert "cannot run here" in warnings(app)
    rows = table(app, WEIGHTS).set_index("Weights")
    assert rows.loc["Segment Anything, base", "On this server"] == "not here"
    assert "This server may fetch weights" in words(app)
    needed = table(app, OUTLINES).set_index("Method").loc["Segment Anything, base", "Weights"]
    assert needed == "Segment Anything, base: 375.0 MB, not here"


def test_where_fetching_is_forbidden_there_is_no_button_but_the_reason(app, setting):
    setting(allow_downloads=0)
    opened(app)
    assert is_clean(app)
    assert not has_button(app, FETCH)
    assert "This server may not fetch weights: its operator can" in words(app)
    rows = table(app, WEIGHTS).set_index("Weights")
    assert "may not fetch" in rows.loc["Segment Anything, base", "On this server"]


def test_a_click_fetches_the_weights_and_the_method_can_run(app, server):
    opened(app)
    first_button(app, FETCH).click().run()
    (job,) = jobs.listed(OWNER)
    assert (job.kind, job.params) == ("weights", {"name": "sam_vit_b"})
    assert first_button(app, FETCH).disabled
    assert len(watchers(app)) == 1
    run_jobs(app)
    assert is_clean(app)
    assert not has_button(app, FETCH)
    assert "ready to use" in " ".join(one.value for one in app.success)
    rows = table(app, OUTLINES).set_index("Method")
    assert rows.loc["Segment Anything, base", "Can run here"] == "yes"
    assert rows.loc["Segment Anything, large", "Can run here"] == "no"


def test_a_fetch_that_failed_says_why_and_can_be_tried_again(app, server):
    server.troubles = [(404, {}, b"")]
    opened(app)
    first_button(app, FETCH).click().run()
    run_jobs(app)
    assert "status 404" in errors(app)
    button(app, "Run again").click().run()
    run_jobs(app)
    assert weights.missing("sam_vit_b") == ""
    assert not has_button(app, FETCH)


def test_what_has_arrived_before_is_told(app, server):
    part = weights.part_place(weights.entry("sam_vit_b"))
    part.parent.mkdir(parents=True)
    part.write_bytes(CONTENT[:50_000])
    opened(app)
    assert "50.0 kB of 0.1 MB have arrived; fetching goes on from there" in words(app)


def test_a_method_whose_package_is_missing_is_listed_with_the_reason(app, tmp_path, monkeypatch):
    (tmp_path / "needs_package.py").write_text("import no_such_package_at_all", "utf-8")
    monkeypatch.setattr(detectors, "__path__", [*detectors.__path__, str(tmp_path)])
    opened(app)
    assert is_clean(app)
    rows = table(app, CHANGES)
    missing = rows[rows["Method"] == "needs package"]
    assert missing["Can run here"].tolist() == ["no"]
    assert missing["Pixels of"].tolist() == ["not known"]
    assert missing["Weights"].tolist() == ["not known"]
    assert "'no_such_package_at_all' is not installed" in warnings(app)
