"""Training on labels as a whole: a small place, an untrained network, a new detector."""

import csv
import dataclasses
import errno
import json
import shutil
from collections import namedtuple

import geopandas as gpd
import numpy as np
import pytest
import shapely

import settings
from errors import (
    CancelledError,
    ConflictError,
    EmptyAoiError,
    ExportError,
    ForbiddenError,
    InputError,
    OutsideSceneError,
)
from inference import registry, trained_weights, weights
from inference.training.tuning import export, fit
from inference.training.tuning.judge import Figures
from progress import Watcher
from services import (
    finetune,
    finetune_record,
    finetune_verdict,
    finetune_work,
    provenance,
    run_folder,
)
from services.compare import CompareRequest, compare
from services.finetune import FinetuneRequest, LabelledScenes
from tests import tuning
from tests.scenes import UTM33, write

SHORT = dataclasses.replace(tuning.QUICK, steps=40, judge_every=20)
HURRIED = dataclasses.replace(tuning.QUICK, steps=2, judge_every=1, batch=1, size_px=64)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    """A data folder and shipped weights of these tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("finetune")
        patch.setenv("GROUNDSHIFT_DATA_DIR", str(folder / "data"))
        settings.load.cache_clear()
        tuning.list_weights(folder / "weights", patch)
        # Rendering places to measure forgetting takes longer than everything else here.
        patch.setattr(finetune, "JUDGED_ON", 0)
        yield folder / "data"
    settings.load.cache_clear()


@pytest.fixture(scope="module")
def given(data_dir, tmp_path_factory):
    """A pair, its labels and the area that was looked at."""
    folder = tmp_path_factory.mktemp("given")
    pre, post = tuning.write_pair(folder)
    labels = tuning.write_labels(folder / "labels.gpkg")
    return LabelledScenes(pre, post, labels, tuning.write_area(folder / "area.geojson"))


@pytest.fixture(scope="module")
def outcome(given, tmp_path_factory):
    """A training that helped."""
    out = tmp_path_factory.mktemp("outcome") / "out"
    request = FinetuneRequest((given,), "bright_houses", "Bright houses", recipe=SHORT)
    return finetune.finetune(request, out_dir=out, watcher=Watcher())


def train(given, out, *, name="other", recipe=HURRIED, watcher=None, **wishes):
    request = FinetuneRequest(given if isinstance(given, tuple) else (given,), name,
                              recipe=recipe, **wishes)  # fmt: skip
    return finetune.finetune(request, out_dir=out, watcher=watcher or Watcher())


def replaced(given, **parts):
    return dataclasses.replace(given, **parts)


def left_over(data_dir):
    """Working folders that a training left behind."""
    home = data_dir / finetune_work.FOLDER
    return sorted(home.iterdir()) if home.is_dir() else []


def test_a_network_that_knew_nothing_finds_houses_on_ground_it_never_saw(outcome):
    f1 = next(row for row in outcome.figures if row.name == "f1")
    assert f1.before == 0
    assert f1.after > 0.8
    assert outcome.is_kept, outcome.verdict
    assert "can be used now" in outcome.verdict


def test_the_new_detector_finds_the_houses_of_the_pair(outcome, given, tmp_path):
    request = CompareRequest(given.pre, given.post, detector="bright_houses", min_area_m2=4)
    found = compare(request, out_dir=tmp_path / "out", watcher=Watcher())
    assert found.run["detector"]["name"] == "bright_houses"
    area_m2 = tuning.changed().sum() * tuning.GSD_M**2
    assert found.statistics[-1].area_m2 == pytest.approx(area_m2, rel=0.25)


def test_the_detector_it_began_with_is_as_it_was(outcome, given, tmp_path):
    request = CompareRequest(given.pre, given.post, detector="changenet", min_area_m2=4)
    found = compare(request, out_dir=tmp_path / "out", watcher=Watcher())
    assert found.statistics[-1].area_m2 == 0
    assert registry.card("bright_houses").weights == "own/bright_houses"
    assert registry.card("changenet").weights == "changenet"


def test_the_record_says_where_the_weights_come_from(outcome, given):
    entry = trained_weights.find("bright_houses")
    record = json.loads((outcome.folder / "finetune.json").read_text(encoding="utf-8"))
    (inputs,) = record["inputs"]
    for role in ("pre", "post", "labels"):
        assert inputs[role]["sha256"] == provenance.path_sha256(getattr(given, role))
    assert entry.parent_sha256 == record["parent"]["sha256"] == weights.sha256("changenet")
    assert entry.record["inputs"] == record["inputs"]
    assert entry.sha256 == provenance.path_sha256(weights.path("own/bright_houses"))
    assert record["recipe"]["seed"] == 0
    assert record["figures"]["after"]["f1"] > record["figures"]["before"]["f1"]
    assert record["versions"]["groundshift"] == provenance.VERSION


def test_figures_and_blocks_are_written_for_other_programs(outcome):
    text = (outcome.folder / "figures.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert float(rows[0]["after"]) > float(rows[0]["before"])
    blocks = gpd.read_file(outcome.folder / "blocks.geojson").to_crs(UTM33.to_wkt())
    shapes = {row.role: row.geometry for row in blocks.itertuples()}
    # 288 pixels of half a metre.
    assert shapes["validation"].distance(shapes["training"]) >= 143.5
    assert (outcome.folder / "blocks-1.png").read_bytes().startswith(b"\x89PNG")


def test_nothing_is_left_in_the_working_folder(outcome, data_dir):
    assert left_over(data_dir) == []


def test_a_name_that_is_taken_is_refused(outcome, given, tmp_path):
    with pytest.raises(ConflictError, match="already"):
        train(given, tmp_path / "out", name="bright_houses")
    with pytest.raises(ConflictError, match="'cva'"):
        train(given, tmp_path / "out", name="cva")


@pytest.mark.parametrize("name", ["", "A b", "../x", "x", "own/x", "a" * 60, "ünique", "own_x"])
def test_a_name_that_is_none_is_refused(given, tmp_path, name):
    with pytest.raises(InputError, match="cannot be the name"):
        train(given, tmp_path / "out", name=name)


def test_weights_that_are_no_better_are_not_kept_and_the_figures_stay(given, tmp_path):
    recipe = dataclasses.replace(HURRIED, rate=0.0)
    found = train(given, tmp_path / "out", name="no_better", recipe=recipe)
    assert not found.is_kept
    assert "did not become better" in found.verdict
    assert trained_weights.find("no_better") is None
    assert (found.folder / "figures.csv").is_file()


def test_labels_elsewhere_are_refused(given, tmp_path):
    labels = tuning.write_labels(tmp_path / "far.gpkg", right_px=90_000)
    with pytest.raises(OutsideSceneError, match=r"No labelled change of 'far.gpkg'"):
        train(replaced(given, labels=labels), tmp_path / "out")


def test_labels_partly_elsewhere_are_told(given, tmp_path):
    boxes = (*tuning.NEW, (40, 5000, 20, 24))
    labels = tuning.write_labels(tmp_path / "labels.gpkg", boxes)
    found = train(replaced(given, labels=labels), tmp_path / "out", name="partly")
    assert [one.value for one in found.findings if one.code == "labels_outside"] == [1]


def test_shifted_labels_are_told_with_the_way_back(given, tmp_path):
    labels = tuning.write_labels(tmp_path / "labels.gpkg", right_px=16)
    found = train(replaced(given, labels=labels), tmp_path / "out", name="shifted")
    (told,) = [one for one in found.findings if one.code == "labels_shifted"]
    assert told.value == pytest.approx(8, abs=0.6)
    assert "to the left" in told.message


def test_too_few_labels_are_refused_and_few_label_mode_is_proposed(given, tmp_path):
    labels = tuning.write_labels(tmp_path / "few.gpkg", tuning.NEW[:2] + tuning.NEW[-3:])
    with pytest.raises(InputError, match="5 changed places") as refused:
        train(replaced(given, labels=labels), tmp_path / "out")
    assert "few labels" in refused.value.hint


def test_few_label_mode_takes_them(given, tmp_path):
    labels = tuning.write_labels(tmp_path / "few.gpkg", tuning.NEW[:2] + tuning.NEW[-3:])
    found = train(replaced(given, labels=labels), tmp_path / "out", name="few", few_labels=True)
    assert found.record["recipe"]["few_labels"] is True


def test_two_labels_are_too_few_for_either(given, tmp_path):
    labels = tuning.write_labels(tmp_path / "two.gpkg", tuning.NEW[:2])
    with pytest.raises(InputError, match="2 changed places") as refused:
        train(replaced(given, labels=labels), tmp_path / "out", few_labels=True)
    assert "few labels" not in refused.value.hint


def test_ground_nobody_looked_at_is_unknown_so_changes_alone_are_refused(given, tmp_path):
    with pytest.raises(InputError, match="nowhere that nothing changed") as refused:
        train(replaced(given, reviewed=None), tmp_path / "out")
    assert "area you looked at" in refused.value.hint


def test_outside_the_looked_at_area_nothing_counts_as_unchanged(given, tmp_path):
    area = tuning.write_area(tmp_path / "area.geojson", (0, 0, 1120, 100))
    found = train(replaced(given, reviewed=area), tmp_path / "out", name="partly_looked_at")
    (labels,) = found.record["labels"]
    below = sum(height * width for top, _left, height, width in tuning.NEW if top >= 100)
    assert labels["labelled_px"] == pytest.approx(1120 * 100 + below, rel=0.01)


def test_an_area_elsewhere_is_refused_as_such(given, tmp_path):
    area = tuning.write_area(tmp_path / "far.geojson", (50_000, 0, 51_000, 320))
    with pytest.raises(OutsideSceneError, match=r"looked at, 'far.geojson', holds no pixel"):
        train(replaced(given, reviewed=area), tmp_path / "out")


def test_an_area_full_of_changes_is_refused_as_such(given, tmp_path):
    labels = tuning.write_labels(tmp_path / "labels.gpkg", ((0, 0, 320, 1120),))
    area = tuning.write_area(tmp_path / "area.geojson", (10, 10, 50, 50))
    with pytest.raises(InputError, match="cover all of the area you looked at"):
        train(replaced(given, labels=labels, reviewed=area), tmp_path / "out")


def test_all_ground_and_an_area_of_it_contradict_each_other(given, tmp_path):
    with pytest.raises(InputError, match=r"or only the area 'area.geojson'"):
        train(replaced(given, is_whole_reviewed=True), tmp_path / "out")


def test_empty_labels_are_refused(given, tmp_path):
    labels = tmp_path / "labels.geojson"
    labels.write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    with pytest.raises(EmptyAoiError, match="no outline"):
        train(replaced(given, labels=labels), tmp_path / "out")


def test_a_label_raster_says_it_all(given, tmp_path):
    label = write(tmp_path / "label.tif", 255 * tuning.changed()[None], gsd_m=tuning.GSD_M)
    found = train(replaced(given, labels=label, reviewed=None), tmp_path / "out", name="raster")
    (labels,) = found.record["labels"]
    assert labels["labelled_px"] == np.prod(tuning.SHAPE)
    assert labels["changed_px"] == tuning.changed().sum()


def test_of_a_label_raster_only_what_was_looked_at_is_known(given, tmp_path):
    label = write(tmp_path / "label.tif", 255 * tuning.changed()[None], gsd_m=tuning.GSD_M)
    area = tuning.write_area(tmp_path / "area.geojson", (0, 0, 1120, 100))
    found = train(
        replaced(given, labels=label, reviewed=area), tmp_path / "out", name="raster_part"
    )
    (labels,) = found.record["labels"]
    below = tuning.changed()[100:].sum()
    assert labels["labelled_px"] == pytest.approx(1120 * 100 + below, rel=0.01)


def test_a_picture_is_no_label_raster(given, tmp_path):
    with pytest.raises(InputError, match="no label but a picture"):
        train(replaced(given, labels=given.post, reviewed=None), tmp_path / "out")


def test_an_empty_label_raster_is_refused(given, tmp_path):
    label = write(tmp_path / "label.tif", np.zeros((1, *tuning.SHAPE)), gsd_m=tuning.GSD_M)
    with pytest.raises(InputError, match="says that nothing changed"):
        train(replaced(given, labels=label), tmp_path / "out")


def test_one_pair_under_two_names_is_found(given, tmp_path):
    copies = [shutil.copy(path, tmp_path / f"copy_{path.name}") for path in (given.pre, given.post)]
    twice = replaced(given, pre=type(given.pre)(copies[0]), post=type(given.pre)(copies[1]))
    with pytest.raises(InputError, match="under other names"):
        train((given, twice), tmp_path / "out")


def test_a_scene_is_not_its_own_other_date(given, tmp_path):
    with pytest.raises(InputError, match="one and the same scene"):
        train(replaced(given, post=given.pre), tmp_path / "out")


def test_a_second_pair_of_one_place_never_teaches_what_the_first_is_judged_on(given, tmp_path):
    # The same ground, brightened: other bytes, so that only its place gives it away.
    brighter = [np.clip(one + 6, 0, 255) for one in tuning.pictures()]
    pre, post = (write(tmp_path / f"{name}.tif", image, gsd_m=tuning.GSD_M)
                 for name, image in zip(("pre", "post"), brighter, strict=True))  # fmt: skip
    found = train((given, replaced(given, pre=pre, post=post)), tmp_path / "out", name="two_pairs")
    blocks = gpd.read_file(found.folder / "blocks.geojson").to_crs(UTM33.to_wkt())
    kept = shapely.union_all(blocks[blocks.role == "validation"].geometry.to_numpy())
    taught = shapely.union_all(blocks[blocks.role == "training"].geometry.to_numpy())
    assert kept.distance(taught) >= 143.5


def test_cancelling_leaves_nothing_behind(given, data_dir, tmp_path):
    steps = []
    watcher = Watcher(
        lambda done, words: steps.append(words), lambda: any("step 1" in w for w in steps)
    )
    with pytest.raises(CancelledError):
        train(given, tmp_path / "out", name="cancelled", watcher=watcher)
    assert left_over(data_dir) == []
    assert list(tmp_path.iterdir()) == []
    assert trained_weights.find("cancelled") is None


Disk = namedtuple("Disk", "total used free")


def full(*_arguments, **_named):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("where", "name"), [(fit.fitting, "save_whole"), (export, "save"), (finetune_record, "_write")]
)
def test_a_full_disk_is_told_in_words_and_leaves_nothing(
    given, data_dir, tmp_path, monkeypatch, where, name
):
    monkeypatch.setattr(where, name, full)
    monkeypatch.setattr(finetune_verdict, "against", lambda _before, _after: ())
    with pytest.raises(ExportError, match="could not be") as refused:
        train(given, tmp_path / "out", name="too_large")
    assert "free space" in refused.value.hint
    assert left_over(data_dir) == []
    assert list(tmp_path.iterdir()) == []
    assert trained_weights.find("too_large") is None


def test_a_folder_that_cannot_be_written_is_told_before_the_training(given, tmp_path, monkeypatch):
    monkeypatch.setattr(finetune.fit, "tune", lambda *_arguments, **_named: pytest.fail("trained"))
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ExportError, match="is a file"):
        train(given, tmp_path / "file" / "out")
    with monkeypatch.context() as patch:
        patch.setattr(run_folder.shutil, "disk_usage", lambda _folder: Disk(1, 1, 0))
        with pytest.raises(ExportError, match="has 0 MB free"):
            train(given, tmp_path / "out")
    monkeypatch.setattr(weights, "kept_dir", lambda: tmp_path / "file")
    with pytest.raises(ExportError, match="could not be written"):
        train(given, tmp_path / "out")


class Killed(BaseException):
    """Stands for a process that ends on the spot."""


def test_a_killed_training_goes_on_where_it_was(given, data_dir, tmp_path, monkeypatch, caplog):
    recipe = dataclasses.replace(HURRIED, steps=4)

    def die(*_arguments, **_named):
        raise Killed

    with monkeypatch.context() as patch:
        # A killed process cleans nothing up.
        patch.setattr(finetune_work.shutil, "rmtree", lambda *_path, **_how: None)
        patch.setattr(finetune.judge, "figures", _then(die, finetune.judge.figures))
        with pytest.raises(Killed):
            train(given, tmp_path / "out", name="killed", recipe=recipe)
    (work,) = left_over(data_dir)
    assert (work / fit.CHECKPOINT).is_file()
    with caplog.at_level("INFO", "inference.training.tuning.fit"):
        found = train(given, tmp_path / "again", name="killed", recipe=recipe)
    assert "goes on from step 4" in caplog.text
    assert found.record["steps"] == 4
    assert left_over(data_dir) == []


def _then(last, first):
    """The first call does one thing, each later one another."""
    calls = iter([first])
    return lambda *args, **kwargs: next(calls, last)(*args, **kwargs)


def test_the_same_training_twice_at_once_is_refused(given, data_dir, tmp_path):
    with (
        finetune_work.folder("abc") as work,
        pytest.raises(ConflictError, match="running already"),
        finetune_work.folder("abc"),
    ):
        pass
    assert not work.exists()


def test_an_operator_may_forbid_training(given, tmp_path, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_ALLOW_FINETUNING", "false")
    settings.load.cache_clear()
    try:
        with pytest.raises(ForbiddenError, match="does not train"):
            train(given, tmp_path / "out")
    finally:
        monkeypatch.undo()
        settings.load.cache_clear()


@pytest.mark.parametrize("minutes", [0, -1, float("nan"), 1e9])
def test_times_that_are_none_are_refused(given, tmp_path, minutes):
    with pytest.raises(InputError, match="minutes"):
        train(given, tmp_path / "out", minutes=minutes)


def test_a_gain_too_small_is_not_called_none():
    before = Figures(0.994, 0.5, 0.5, 100, 0.0, 0.0)
    (reason,) = finetune_verdict.against(before, dataclasses.replace(before, f1=0.998))
    assert "better by less than 0.005" in reason
    (reason,) = finetune_verdict.against(before, before)
    assert "did not become better" in reason


def test_what_was_forgotten_is_told_of_weights_that_are_kept_alone(given, tmp_path, monkeypatch):
    before = Figures(0.5, 0.5, 0.5, 100, 0.0, 0.0, 0.9)
    for f1, codes in ((0.4, []), (0.6, ["forgotten"])):
        after = dataclasses.replace(before, f1=f1, generic_f1=0.1)
        figures = iter([before, after])
        monkeypatch.setattr(
            finetune.judge, "figures", lambda *_some, of=figures, **_named: next(of)
        )
        found = train(given, tmp_path / f"out{f1}", name="forgetful")
        assert [one.code for one in found.findings if one.code == "forgotten"] == codes


def test_a_control_that_got_worse_keeps_the_weights_from_being_kept():
    before = Figures(0.5, 0.5, 0.5, 100, 0.0, 0.0)
    after = dataclasses.replace(before, f1=0.9, brighter_share=0.01)
    (reason,) = finetune_verdict.against(before, after)
    assert "brightness alone" in reason
    assert finetune_verdict.against(before, dataclasses.replace(after, brighter_share=0.001)) == ()
