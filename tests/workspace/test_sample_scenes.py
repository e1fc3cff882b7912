import pytest

from errors import NotFoundError
from services.samples import list_samples
from tests.workspace.steps import ANN, BOB, FACTS, finish_next
from workspace import jobs, scenes
from workspace.records import SHARED
from workspace.sample_scenes import DATES, lay_out, sample_id

pytestmark = pytest.mark.usefixtures("limits")


def prepare_all():
    while jobs.claim("prepare", "here") is not None:
        pass
    for scene in scenes.samples():
        scenes.mark_ready(scene.id, FACTS)
    for job in jobs.listed(SHARED):
        jobs.finish(job.id, {})


def test_every_sample_is_a_scene_of_everybody_with_a_known_id():
    lay_out()
    expected = {sample_id(sample.id, date) for sample in list_samples() for date in DATES}
    assert {scene.id for scene in scenes.samples()} == expected
    for owner in (ANN, BOB):
        assert {scene.id for scene in scenes.listed(owner)} == expected
        assert scenes.listed(owner, with_samples=False) == ()
    scene = scenes.get(ANN, sample_id("suburb", "pre"))
    suburb = next(sample for sample in list_samples() if sample.id == "suburb")
    assert scene.source.read_bytes() == suburb.pre.read_bytes()
    assert (scene.expires_utc, scene.status) == (None, "waiting")


def test_laying_out_again_does_nothing():
    lay_out()
    number = len(jobs.listed(SHARED))
    lay_out()
    prepare_all()
    lay_out()
    assert len(jobs.listed(SHARED)) == number


def test_a_sample_that_failed_or_changed_is_laid_out_again():
    lay_out()
    prepare_all()
    first, *others = scenes.samples()
    first.source.write_bytes(b"an older version")
    lay_out()
    assert scenes.get(ANN, first.id).status == "waiting"
    assert scenes.get(ANN, first.id).source.read_bytes() != b"an older version"
    assert {scenes.get(ANN, other.id).status for other in others} == {"ready"}
    job = jobs.claim("prepare", "here")
    jobs.fail(job.id, "It broke.", "")
    lay_out()
    assert scenes.get(ANN, first.id).status == "waiting"


def test_samples_count_for_nobody_and_cannot_be_deleted_by_anybody(limits):
    limits(max_jobs_per_user=1, max_jobs=1, quota_bytes=1)
    lay_out()
    assert scenes.usage_bytes(ANN) == 0
    sample = scenes.samples()[0]
    for owner in (ANN, SHARED):
        with pytest.raises(NotFoundError):
            scenes.delete(owner, sample.id)
    assert sample.source.is_file()


def test_samples_are_prepared_in_turn_with_what_users_bring(limits):
    limits(max_jobs_per_user=1)
    lay_out()
    assert jobs.claim("prepare", "here").owner == SHARED
    jobs.submit(ANN, "ingest", {"scene": "0" * 32})
    assert finish_next("prepare").owner == ANN
