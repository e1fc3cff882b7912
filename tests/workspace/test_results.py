import pytest

from errors import NotFoundError
from tests.workspace import steps
from tests.workspace.steps import ANN
from workspace import jobs, places, results

pytestmark = pytest.mark.usefixtures("limits", "extra_kinds")

SUMMARY = {
    "detector": "cva", "threshold": 0.25, "changed_area_m2": 12.5, "changed_share_pct": 3.5,
    "objects": 2, "caption": "Two houses.",
}  # fmt: skip


def finished(project, **params):
    job = jobs.submit(ANN, "compare", params, project=project.id)
    places.folder("results", job.id).mkdir(parents=True)
    steps.finish_next(result=SUMMARY)
    return job


def test_a_finished_comparison_is_told_in_a_line_and_its_folder_found(tmp_path):
    project = steps.project(tmp_path)
    job = finished(project, area_name="Quay")
    line = results.summary(ANN, job.id)
    assert {name: getattr(line, name) for name in SUMMARY} == SUMMARY
    assert (line.id, line.project, line.area_name) == (job.id, project.id, "Quay")
    assert results.get(ANN, job.id) == line.folder == places.folder("results", job.id)
    assert line.finished_utc == jobs.get(ANN, job.id).finished_utc


def test_a_list_holds_the_finished_comparisons_of_one_project_newest_first(tmp_path):
    project, other = steps.project(tmp_path), steps.project(tmp_path)
    first, second = finished(project), finished(project)
    finished(other)
    jobs.submit(ANN, "compare", {}, project=project.id)
    jobs.submit(ANN, "echo", {}, project=project.id)
    assert [line.id for line in results.listed(ANN, project.id)] == [second.id, first.id]


def test_what_is_not_finished_not_a_comparison_or_without_files_has_no_result(tmp_path):
    project = steps.project(tmp_path)
    waiting = jobs.submit(ANN, "compare", {}, project=project.id)
    with pytest.raises(NotFoundError, match="no result"):
        results.get(ANN, waiting.id)
    jobs.cancel(ANN, waiting.id)
    echo = jobs.submit(ANN, "echo", {})
    places.folder("results", echo.id).mkdir(parents=True)
    steps.finish_next()
    with pytest.raises(NotFoundError):
        results.get(ANN, echo.id)
    gone = finished(project)
    places.remove(places.folder("results", gone.id))
    with pytest.raises(NotFoundError):
        results.get(ANN, gone.id)
    assert results.listed(ANN, project.id) == ()
