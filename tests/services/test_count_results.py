"""A finished count opened again: the same numbers, the things behind each, and corrections."""

import geopandas as gpd
import pytest

from analysis.count_facts import NAMES
from analysis.edits import read
from analysis.facts import to_json
from errors import ExportError, InputError, NotFoundError
from progress import Watcher
from services.count_results import files as files_of
from services.count_results import load, review
from services.edit_count import write_edited
from tests.counting import (
    TRUTH,
    add_bright_counter,
    counted,
    polygon_lonlat,
    read_json,
    write_huts,
)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        add_bright_counter(patch)
        files = write_huts(tmp_path_factory.mktemp("huts"))
        return counted(files, tmp_path_factory.mktemp("count") / "out")


@pytest.fixture
def folder(outcome):
    return outcome.folder


def first(outcome, state):
    return next(one for one in outcome.result.ledger.entries if one.state == state)


def value(shown, name):
    return next(one.value for one in shown.result.facts if (one.name, one.region) == (name, "aoi"))


def test_a_count_opened_again_has_the_facts_that_were_written(outcome, folder):
    shown = review(folder)
    assert [to_json(one) for one in shown.result.facts] == read_json(folder / "facts.json")
    assert shown.caption == outcome.result.caption
    assert shown.counts == outcome.result.ledger.counts()
    assert shown.result.ledger.entries == outcome.result.ledger.entries
    assert shown.findings == outcome.result.findings
    assert {path.name for path in files_of(folder)} == {path.name for path in folder.iterdir()}


def test_it_knows_no_counter_so_that_old_counts_open_without_its_weights(folder):
    """The counter of these tests is not known here any more."""
    assert review(folder).result.counter.things == "huts"


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("objects_")])
def test_every_number_leads_to_as_many_things_as_it_counts(folder, name):
    shown = review(folder)
    fact = next(
        (one for one in shown.result.facts if (one.name, one.region) == (name, "aoi")), None
    )
    assert fact is not None
    entries = {one.id: one for one in shown.result.ledger.entries}
    found = [entries[one] for one in shown.entries_of(fact.id)]
    if name in {"objects_pre", "objects_kept", "objects_second_look"}:
        assert sum(len(one.pre) for one in found) == fact.value
    elif name in {"objects_post", "objects_appeared"}:
        assert sum(len(one.post) for one in found) == fact.value
    elif name == "objects_change":
        assert len(found) == TRUTH["appeared"] + TRUTH["vanished"]
    elif fact.unit == "1":
        assert len(found) == fact.value
    else:
        expected = TRUTH[name.removeprefix("objects_area_")]
        assert len(found) == expected


def test_a_number_of_one_part_leads_to_the_things_there(folder):
    shown = review(folder)
    parts = [one for one in shown.result.facts
             if one.name == "objects_appeared" and one.region != "aoi" and one.value]  # fmt: skip
    listed = [number for one in parts for number in shown.entries_of(one.id)]
    whole = next(one for one in shown.result.facts
                 if (one.name, one.region) == ("objects_appeared", "aoi"))  # fmt: skip
    assert sorted(listed) == sorted(shown.entries_of(whole.id))
    assert len(parts) > 1


def test_a_fact_about_no_thing_leads_nowhere_and_an_unknown_one_is_refused(folder):
    shown = review(folder)
    assert shown.entries_of(shown.fact("valid_area")["id"]) == ()
    with pytest.raises(NotFoundError):
        shown.entries_of("0" * 16)


def test_a_correction_changes_every_number_and_taking_it_back_gives_the_old_ones(outcome, folder):
    gone = first(outcome, "appeared")
    edit = read({"kind": "reject", "things": list(gone.post)})
    shown = review(folder, (edit,))
    assert (value(shown, "objects_appeared"), value(shown, "objects_post")) == (2, 14)
    assert value(shown, "edits_by_hand") == 1
    assert "Corrections by hand are included: 1." in shown.caption
    fact = shown.fact("objects_post")
    assert fact["method"].endswith("; edited by hand: 1 edit.")
    assert review(folder).counts == outcome.result.ledger.counts()


def test_what_was_decided_is_what_the_number_of_corrections_leads_to(outcome, folder):
    kept = first(outcome, "kept")
    shown = review(folder, (read({"kind": "accept", "things": [kept.pre[0]]}),))
    assert shown.entries_of(shown.fact("edits_by_hand")["id"]) == (kept.id,)


def test_a_correction_that_does_not_fit_is_refused(folder):
    elsewhere = read({"kind": "add", "dates": ["pre"], "shapes": [polygon_lonlat(900, 900, 9, 9)]})
    for edit in (read({"kind": "reject", "things": [999]}), elsewhere):
        with pytest.raises(InputError):
            review(folder, (edit,))


@pytest.mark.parametrize("missing", ["run.json", "ledger.gpkg", "aoi.geojson"])
def test_an_incomplete_folder_is_told_in_a_sentence(folder, tmp_path, missing, monkeypatch):
    import json
    import shutil

    copy = shutil.copytree(folder, tmp_path / "copy")
    if missing == "aoi.geojson":
        run = read_json(copy / "run.json")
        run["aoi"]["is_whole_overlap"] = False
        (copy / "run.json").write_text(json.dumps(run), encoding="utf-8")
    (copy / missing).unlink()
    with pytest.raises(InputError, match="not a complete count"):
        load(copy)


def test_a_damaged_table_is_told_in_a_sentence(folder, tmp_path):
    import shutil

    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / "ledger.gpkg").write_bytes(b"no database")
    with pytest.raises(InputError, match="not a complete count"):
        load(copy)


def test_the_corrected_count_is_a_result_of_its_own_with_labels(outcome, folder, tmp_path):
    new, kept = first(outcome, "appeared"), first(outcome, "kept")
    edits = [
        read({"kind": "reject", "things": list(new.post)}, by="ann", at_utc="2026-01-02"),
        read({"kind": "add", "dates": ["post"], "shapes": [polygon_lonlat(120, 230, 12, 12)]}),
        read({"kind": "accept", "things": list(kept.pre)}),
    ]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    result = write_edited(folder, edits, out_dir=tmp_path / "edited", watcher=Watcher())
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert result.ledger.counts().post == TRUTH["post"]
    labels = read_json(tmp_path / "edited" / "labels.coco.json")["annotations"]
    assert sorted(one["decision"] for one in labels if one["decision"] != "none") == [
        "accepted", "added",
    ]  # fmt: skip
    assert [one["source"] for one in labels if one["decision"] == "added"] == ["analyst"]
    assert {one["source"] for one in labels if one["decision"] != "added"} == {"model"}
    assert new.post[0] not in {one["thing"] for one in labels}
    rejected = gpd.read_file(tmp_path / "edited" / "ledger.gpkg", layer="rejected")
    assert rejected[["id", "date", "decision"]].to_numpy().tolist() == [
        [new.post[0], "post", "rejected"]
    ]
    run = read_json(tmp_path / "edited" / "run.json")
    assert [one["kind"] for one in run["edits"]] == ["reject", "add", "accept"]
    assert (run["edits"][0]["by"], run["id"]) == ("ann", outcome.result.run["id"])


def test_a_corrected_count_never_overwrites_a_folder(folder, tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError):
        write_edited(folder, [], out_dir=tmp_path, watcher=Watcher())
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
