import errno
import os
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from errors import ExportError, InputError, LimitError, NotFoundError
from tests.workspace import steps
from tests.workspace.steps import ANN, BOB, FACTS, finish_next
from workspace import database, jobs, places, scenes

pytestmark = pytest.mark.usefixtures("limits", "extra_kinds")


def use_last(scene_id, days_ago):
    when = database.utc_text(datetime.now(UTC) - timedelta(days=days_ago))
    database.connect().execute("UPDATE scenes SET opened_utc = ? WHERE id = ?", (when, scene_id))


def folders():
    return set((places.data_dir() / "scenes").glob("*"))


def test_a_file_is_moved_into_the_workspace_and_waits_to_be_prepared(tmp_path):
    file = steps.file(tmp_path, "T31_20240103.TIF", b"pixels")
    scene = scenes.add(ANN, "North\nfield\u202e", [file])
    assert (scene.status, scene.title, scene.facts) == ("waiting", "North field", None)
    assert scene.source == scene.folder / "files" / "T31_20240103.tif"
    assert scene.source.read_bytes() == b"pixels"
    assert not file.exists()
    job = jobs.listed(ANN)[0]
    assert (job.kind, job.lane, job.params) == ("ingest", "prepare", {"scene": scene.id})


def test_several_tiles_become_a_folder_that_is_called_like_the_scene(tmp_path):
    tiles = [steps.file(tmp_path, name, name.encode()) for name in ("a.tif", "b.tif")]
    scene = scenes.add(ANN, "Nord/feld 2024", tiles)
    assert scene.source == scene.folder / "files" / "Nord_feld_2024"
    assert {tile.name: tile.read_bytes() for tile in scene.source.iterdir()} == {
        "a.tif": b"a.tif",
        "b.tif": b"b.tif",
    }


def test_names_from_where_the_files_came_take_the_place_of_present_ones(tmp_path):
    scene = scenes.add(ANN, "x", [steps.file(tmp_path, "1.part")], names=["../../etc/20240103.TIF"])
    assert scene.source.name == "20240103.tif"
    assert scene.source.parent == scene.folder / "files"


def test_a_scene_follows_its_ingest_job(tmp_path):
    scene = steps.scene(tmp_path, is_ready=False)
    job = jobs.claim("prepare", "here")
    assert scenes.get(ANN, scene.id).status == "preparing"
    (scene.folder / "pyramid.tif").write_bytes(b"12345")
    scenes.mark_ready(scene.id, FACTS)
    jobs.finish(job.id, {})
    ready = scenes.get(ANN, scene.id)
    assert (ready.status, ready.facts, ready.message) == ("ready", FACTS, "")
    assert ready.size_bytes == len(b"pre") + 5


@pytest.mark.parametrize(
    ("end", "message"),
    [
        (lambda job: jobs.fail(job.id, "It is a cat.", "Send a map."), "It is a cat. Send a map."),
        (lambda _job: jobs.mark_lost("here"), scenes.UNFINISHED),
        (lambda job: (jobs.cancel(ANN, job.id), jobs.stopped(job.id)), scenes.UNFINISHED),
    ],
    ids=["failed", "lost", "cancelled"],
)
def test_a_scene_that_could_not_be_prepared_says_why_and_may_be_tried_again(tmp_path, end, message):
    scene = steps.scene(tmp_path, is_ready=False)
    job = jobs.claim("prepare", "here")
    end(job)
    failed = scenes.get(ANN, scene.id)
    assert (failed.status, failed.message) == ("failed", message)
    jobs.again(ANN, job.id)
    assert scenes.get(ANN, scene.id).status == "waiting"


def test_a_scene_whose_job_is_no_longer_known_has_failed(tmp_path):
    scene = steps.scene(tmp_path, is_ready=False)
    jobs.delete(ANN, jobs.listed(ANN)[0].id)
    assert scenes.get(ANN, scene.id).status == "failed"


def test_no_file_and_too_many_files_are_refused(tmp_path):
    with pytest.raises(InputError, match="no file"):
        scenes.add(ANN, "x", [])
    with pytest.raises(InputError, match="500 files"):
        scenes.add(ANN, "x", [tmp_path / "a.tif"] * 501)


# Nothing is lost when a scene cannot be kept.


def test_beyond_the_quota_the_files_stay_where_they_were(tmp_path, limits):
    limits(quota_bytes=10)
    first = scenes.add(ANN, "a", [steps.file(tmp_path, content=b"123456")])
    file = steps.file(tmp_path, content=b"12345")
    with pytest.raises(LimitError, match="storage is full"):
        scenes.add(ANN, "b", [file])
    assert file.read_bytes() == b"12345"
    assert folders() == {first.folder}
    assert scenes.add(BOB, "c", [file]).size_bytes == 5


def test_quota_counts_scenes_and_results_and_falls_when_they_go(tmp_path):
    scene = steps.scene(tmp_path)
    jobs.submit(ANN, "echo", {})
    job = jobs.claim("compute", "here")
    file = places.folder("results", job.id) / "mask.tif"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"1234567")
    jobs.finish(job.id, {})
    assert scenes.usage_bytes(ANN) == scene.size_bytes + 7
    assert scenes.usage_bytes(BOB) == 0
    jobs.delete(ANN, job.id)
    scenes.delete(ANN, scene.id)
    assert scenes.usage_bytes(ANN) == 0


def test_with_a_full_queue_the_files_stay_where_they_were(tmp_path, limits):
    limits(max_jobs_per_user=1)
    jobs.submit(ANN, "echo", {})
    files = [steps.file(tmp_path, name, name.encode()) for name in ("a.tif", "b.tif")]
    with pytest.raises(LimitError, match="You have 1 job"):
        scenes.add(ANN, "x", files)
    assert [file.read_bytes() for file in files] == [b"a.tif", b"b.tif"]
    assert scenes.listed(ANN, with_samples=False) == ()
    assert folders() == set()


def test_when_the_disk_is_full_the_files_stay_where_they_were(tmp_path, monkeypatch):
    files = [steps.file(tmp_path, name, name.encode()) for name in ("a.tif", "b.tif")]
    move = shutil.move

    def fill_up(source, target):
        if source == files[1]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return move(source, target)

    monkeypatch.setattr(shutil, "move", fill_up)
    with pytest.raises(ExportError, match="could not be stored"):
        scenes.add(ANN, "x", files)
    assert [file.read_bytes() for file in files] == [b"a.tif", b"b.tif"]
    assert folders() == set()


# Deleting.


def test_a_deleted_scene_is_gone_with_its_files_and_another_stays(tmp_path):
    gone, kept = steps.scene(tmp_path), steps.scene(tmp_path)
    scenes.delete(ANN, gone.id)
    assert folders() == {kept.folder}
    assert scenes.listed(ANN, with_samples=False) == (kept,)
    with pytest.raises(NotFoundError, match="no such scene"):
        scenes.get(ANN, gone.id)


def test_deleting_a_scene_stops_the_jobs_that_work_on_it_and_no_others(tmp_path):
    pre, post = steps.scene(tmp_path), steps.scene(tmp_path)
    running = jobs.submit(ANN, "compare", {"pre": pre.id, "post": post.id})
    jobs.claim("compute", "here")
    waiting = jobs.submit(ANN, "compare", {"pre": post.id, "post": pre.id})
    other = jobs.submit(ANN, "compare", {"pre": post.id, "post": post.id})
    scenes.delete(ANN, pre.id)
    assert jobs.get(ANN, waiting.id).status == "cancelled"
    assert jobs.get(ANN, waiting.id).message == scenes.DELETED
    assert jobs.is_cancel_asked(running.id)
    jobs.stopped(running.id)
    assert jobs.get(ANN, running.id).message == scenes.DELETED
    assert jobs.get(ANN, other.id).status == "waiting"


def test_a_scene_deleted_while_it_is_prepared_is_not_brought_back(tmp_path):
    scene = steps.scene(tmp_path, is_ready=False)
    job = jobs.claim("prepare", "here")
    scenes.delete(ANN, scene.id)
    assert jobs.is_cancel_asked(job.id)
    with pytest.raises(NotFoundError, match="deleted"):
        scenes.mark_ready(scene.id, FACTS)
    assert scenes.listed(ANN, with_samples=False) == ()


# Time to live.


def test_a_scene_nobody_opened_for_long_enough_is_deleted(tmp_path, limits):
    limits(scene_days=30)
    old, young = steps.scene(tmp_path), steps.scene(tmp_path)
    use_last(old.id, 31)
    use_last(young.id, 29)
    assert scenes.purge_expired() == 1
    assert [scene.id for scene in scenes.listed(ANN, with_samples=False)] == [young.id]
    assert not old.folder.exists()


def test_opening_a_scene_begins_its_time_anew(tmp_path, limits):
    limits(scene_days=30)
    scene = steps.scene(tmp_path)
    use_last(scene.id, 31)
    scenes.touch([scene.id])
    assert scenes.purge_expired() == 0
    left = scenes.get(ANN, scene.id).expires_utc - datetime.now(UTC)
    assert timedelta(days=29, hours=23) < left <= timedelta(days=30)


def test_a_scene_with_work_to_do_does_not_expire(tmp_path):
    scene = steps.scene(tmp_path)
    use_last(scene.id, 10_000)
    job = jobs.submit(ANN, "compare", {"pre": scene.id, "post": ""})
    assert scenes.purge_expired() == 0
    jobs.cancel(ANN, job.id)
    assert scenes.purge_expired() == 1


def test_without_a_time_to_live_nothing_expires(tmp_path, limits):
    limits(scene_days=0)
    scene = steps.scene(tmp_path)
    use_last(scene.id, 10_000)
    assert scenes.purge_expired() == 0
    assert scenes.get(ANN, scene.id).expires_utc is None


def test_finished_ingests_do_not_keep_the_list_from_being_newest_first(tmp_path):
    first, second = steps.scene(tmp_path), steps.scene(tmp_path)
    jobs.again(ANN, jobs.listed(ANN)[-1].id)
    finish_next("prepare")
    assert [one.id for one in scenes.listed(ANN, with_samples=False)] == [second.id, first.id]
