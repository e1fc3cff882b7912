import os
import time

import pytest

from services.samples import list_samples
from tests.workspace import steps
from tests.workspace.steps import ANN
from workspace import database, jobs, places, scenes, upkeep, uploads

pytestmark = pytest.mark.usefixtures("limits", "extra_kinds")

DAY_S = 86_400


def aged(path, age_s):
    when = time.time() - age_s
    os.utime(path, (when, when))
    return path


def stray(kind, age_s):
    folder = places.folder(kind, "f" * 32)
    folder.mkdir(parents=True)
    (folder / "half.tif").write_bytes(b"half")
    return aged(folder, age_s)


@pytest.mark.parametrize("kind", places.KINDS)
def test_a_folder_that_belongs_to_nothing_goes_after_a_while(kind):
    folder = stray(kind, upkeep.STRAY_S - 60)
    upkeep.tidy()
    assert folder.exists()
    aged(folder, upkeep.STRAY_S + 60)
    upkeep.tidy()
    assert not folder.exists()


def test_folders_of_scenes_and_jobs_stay_however_old(tmp_path):
    scene = steps.scene(tmp_path)
    jobs.submit(ANN, "echo", {})
    job = jobs.claim("compute", "here")
    result = places.folder("results", job.id)
    result.mkdir(parents=True)
    jobs.finish(job.id, {})
    for folder in (scene.folder, result):
        aged(folder, 365 * DAY_S)
    scenes.touch([scene.id])
    upkeep.tidy()
    assert scene.folder.exists()
    assert result.exists()


def test_previews_go_when_they_are_old_and_stay_while_they_are_used():
    jobs.submit(ANN, "echo", {})
    job = steps.finish_next()
    folder = places.folder("previews", job.id)
    folder.mkdir(parents=True)
    for name, age_s in (("0.3.tif", upkeep.PREVIEW_S + 60), ("0.4.tif", upkeep.PREVIEW_S - 60)):
        (folder / name).touch()
        aged(folder / name, age_s)
    upkeep.tidy()
    assert [file.name for file in folder.iterdir()] == ["0.4.tif"]


def test_expired_scenes_and_stale_uploads_go(tmp_path, limits):
    limits(scene_days=1)
    scene = steps.scene(tmp_path)
    upload = uploads.begin(ANN, "pre.tif", 10)
    connection = database.connect()
    connection.execute("UPDATE scenes SET opened_utc = '2020-01-01T00:00:00.000000+00:00'")
    connection.execute("UPDATE uploads SET touched_utc = '2020-01-01T00:00:00.000000+00:00'")
    upkeep.tidy()
    assert not scene.folder.exists()
    assert upload.id not in {one.id for one in uploads.listed(ANN)}


def test_the_samples_are_laid_out():
    upkeep.tidy()
    assert len(scenes.samples()) == 2 * len(list_samples())
