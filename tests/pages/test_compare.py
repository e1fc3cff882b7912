import logging
import shutil

import pytest
from pyproj import Transformer
from shapely.geometry import box

import settings
from errors import ExportError
from inference import detectors
from services import basemaps
from services.results import features, load
from services.review import at_threshold
from tests.pages.pair_steps import (
    areas_of,
    choice,
    choose_number,
    component,
    draw,
    figures,
    finished,
    folder_of,
    grant,
    lay_out,
    layer,
    make_template,
    newest,
    opened,
    pick_row,
    tell_map,
    texts,
    the_map,
)
from tests.pages.steps import (
    OWNER,
    add_project,
    add_scene,
    button,
    end_of_watch,
    errors,
    go,
    has_button,
    is_clean,
    run_jobs,
    warnings,
    watchers,
    words,
)
from tests.scenes import ORIGIN, ground, transform, write, write_pair
from wording import quantities
from workspace import jobs, projects, scenes

ANY_ID = "0" * 32


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_template(tmp_path_factory.mktemp("pair"))


@pytest.fixture
def project(template, data_dir):
    """A pair that is ready to be compared."""
    lay_out(template.plain, data_dir)
    return template.project


@pytest.fixture
def page(project):
    return opened("compare.py", project)


@pytest.fixture
def job(template, project, data_dir):
    """The comparison of the pair, run to its end."""
    lay_out(template.done, data_dir)
    return template.job


@pytest.fixture
def result(project, job):
    """The page with a finished run on it."""
    return opened("compare.py", project, job=job.id)


def ring(left_m, top_m, width_m, height_m):
    """Corners in WGS 84 of a rectangle this far east and south of the scenes' corner."""
    west, north = ORIGIN[0] + left_m, ORIGIN[1] - top_m
    to_lonlat = Transformer.from_crs("EPSG:32633", "EPSG:4326", always_xy=True)
    corners = box(west, north - height_m, west + width_m, north).exterior.coords
    return [list(to_lonlat.transform(*corner)) for corner in corners]


def first_house():
    return "a", "First <b>house</b>", ring(30, 20, 60, 50)


def exact(app):
    (found,) = [one for one in app.number_input if one.label == "Exact value"]
    return found


def threshold(app):
    (found,) = [one for one in app.slider if one.label.startswith("Threshold")]
    return found


def area_choice(app):
    (found,) = app.multiselect
    return found


def ask_for_changes(app):
    return button(app, "Find changes").click().run()


def test_without_a_project_the_page_says_where_to_go(app):
    go(app, "compare.py")
    assert is_clean(app)
    assert "choose two scenes first" in words(app)
    assert not has_button(app, "Find changes")


def test_map_shows_both_dates_with_one_stretch_and_tokens_of_their_own(page, project):
    assert is_clean(page)
    pre, post = (grant(layer(page, project, name)["url"]) for name in ("pre", "post"))
    assert (pre.kind, pre.object_id, pre.owner) == ("scene", project.pre, OWNER)
    assert post.object_id == project.post
    assert pre.style["low"] == post.style["low"]
    assert the_map(page, project)["left_title"] == "Pre · 1 June 2023"
    assert the_map(page, project)["both"] == []


def test_another_way_to_show_the_bands_is_kept_with_the_project(page, project):
    before = layer(page, project, "pre")["url"]
    colours = choice(page, "Colours")
    colours.set_value("Green in grey").run()
    assert grant(layer(page, project, "pre")["url"]).style["bands"] == [2]
    again = opened("compare.py", project)
    assert layer(again, project, "pre")["url"] == layer(page, project, "pre")["url"] != before


def test_recommended_method_comes_first_and_unsuitable_ones_are_marked(page):
    options = choice(page, "Method").options
    assert options[0] == "★ Change network for buildings"
    assert next(one for one in options if "SAR" in one).startswith("✕ ")
    assert not options[1].startswith(("★", "✕"))
    assert "★ recommended" in choice(page, "Method").help


def test_the_smallest_object_is_that_of_the_chosen_method_and_what_was_typed_stays(page):
    def smallest():
        return next(one for one in page.number_input if one.label.startswith("Smallest"))

    assert smallest().placeholder == "Automatic: 20.0 m²"
    smallest().set_value(50.0).run()
    choice(page, "Method").set_value("cva").run()
    assert (smallest().placeholder, smallest().value) == ("Automatic: 16.0 m²", 50.0)


def test_a_method_whose_package_is_missing_is_shown_with_the_reason(project, tmp_path, monkeypatch):
    (tmp_path / "needs_package.py").write_text("import no_such_package_at_all", "utf-8")
    monkeypatch.setattr(detectors, "__path__", [*detectors.__path__, str(tmp_path)])
    page = opened("compare.py", project)
    assert "✕ needs package" in choice(page, "Method").options
    choice(page, "Method").set_value("needs_package").run()
    assert not page.exception
    assert "'no_such_package_at_all' is not installed" in warnings(page)
    assert button(page, "Find changes").disabled


def test_a_wrong_setting_is_told_on_the_page(project, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_THREADS", "many")
    settings.load.cache_clear()
    page = opened("compare.py", project)
    assert not page.exception
    assert "GROUNDSHIFT_THREADS" in errors(page)


def test_finding_changes_submits_one_job_that_the_address_names(page, project):
    ask_for_changes(page)
    assert is_clean(page)
    job = newest(project)
    assert page.query_params["job"] == job.id
    assert job.params == {
        "pre": project.pre, "post": project.post, "aoi": None, "area_name": "",
        "detector": "auto", "threshold": None, "min_area_m2": None,
    }  # fmt: skip
    assert has_button(page, "Stop")
    ask_for_changes(page)
    assert len(jobs.listed(OWNER, project=project.id)) == 1


def test_finished_run_appears_with_the_numbers_of_its_facts(page, project):
    ask_for_changes(page)
    run_jobs(page)
    assert is_clean(page)
    saved = load(folder_of(newest(project)))
    assert figures(page) == {
        "Figure": ["The run"],
        "Changed area": [saved.words("changed_area", "m2")],
        "Share changed": [saved.words("changed_share", "%")],
        "Objects": ["2"],
        "Assessed area": [saved.words("valid_area", "m2")],
    }
    caption = component(page, f"caption_{newest(project).id}")
    assert "".join(part["text"] for part in caption["parts"]) == saved.caption
    mask = grant(layer(page, project, "mask")["url"])
    assert (mask.kind, mask.object_id) == ("mask", newest(project).id)
    assert len(the_map(page, project)["objects"]["features"]) == 2


def test_job_is_stopped_from_the_page(page, project):
    ask_for_changes(page)
    button(page, "Stop").click().run()
    page.run()
    assert newest(project).status == "cancelled"
    assert "Nothing was written" in words(page)
    assert has_button(page, "Run again")


def test_drawn_area_is_kept_chosen_and_compared(page, project):
    draw(page, project, first_house())
    assert is_clean(page)
    assert areas_of(project) == {"a": "First <b>house</b>"}
    assert area_choice(page).value == ["a"]
    assert area_choice(page).options == ["First <b>house</b>: 3,000 m²"]
    ask_for_changes(page)
    asked = newest(project).params
    assert asked["area_name"] == "First <b>house</b>"
    assert asked["aoi"]["type"] == "Polygon"
    run_jobs(page)
    assert is_clean(page)
    assert figures(page)["Objects"] == ["1"]


def test_last_drawn_area_is_the_one_to_compare_and_several_become_one(page, project):
    draw(page, project, first_house())
    second = ("b", "Second", ring(80, 60, 80, 60))
    draw(page, project, first_house(), second)
    assert area_choice(page).value == ["b"]
    area_choice(page).set_value(["a", "b"]).run()
    ask_for_changes(page)
    run_jobs(page)
    assert figures(page)["Objects"] == ["2"]
    assert newest(project).params["area_name"] == "First <b>house</b>, Second"


def test_areas_and_their_choice_survive_a_reload(page, project):
    draw(page, project, first_house())
    again = opened("compare.py", project)
    assert area_choice(again).value == ["a"]
    shown = the_map(again, project)["start"]["areas"]["features"]
    assert [one["properties"]["name"] for one in shown] == ["First <b>house</b>"]
    area_choice(again).set_value([]).run()
    assert area_choice(opened("compare.py", project)).value == []


def test_view_mode_and_layers_of_the_map_survive_a_reload(page, project):
    view = {"lat": 48.5, "lon": 15.0, "zoom": 17.0}
    layers = {"pre": {"opacity": 0.4, "visible": True}}
    tell_map(page, f"map_{project.id}", view=view, mode="dual", layers=layers)
    page.run()
    start = the_map(opened("compare.py", project), project)["start"]
    assert (start["view"], start["mode"], start["layers"]) == (view, "dual", layers)


def test_new_run_unfolds_beside_a_result_once_an_area_was_drawn(result, project):
    def unfolded(app):
        return next(one for one in app.expander if one.label == "New run").proto.expanded

    assert not unfolded(result)
    draw(result, project, first_house())
    assert unfolded(result)
    ask_for_changes(result)
    assert not unfolded(result)


def test_background_maps_are_kept_with_the_project_and_lie_below(page, project):
    known = next(one for one in basemaps.catalogue() if one.dated_on)
    projects.save_map(OWNER, project.id, {"basemaps": {"left": known.id, "right": "gone"}})
    page.run()
    assert is_clean(page)
    shown = the_map(page, project)
    assert [one["id"] for one in shown["left"]] == [f"basemap-{known.id}", "pre"]
    assert shown["left"][0]["attribution"] == known.attribution
    assert [one["id"] for one in shown["right"]] == ["post"]


def test_background_maps_are_chosen_behind_their_button(page, project):
    known = next(one for one in basemaps.catalogue() if one.dated_on)
    assert not [one for one in page.selectbox if one.label == "Left background map"]
    page.session_state[f"backgrounds_{project.id}"] = True
    page.session_state[f"background_{project.id}_left_series"] = known.series
    page.run()
    assert choice(page, "Right background map").value == "No background map"
    assert is_clean(page)
    assert the_map(page, project)["left"][0]["kind"] == "basemap"
    assert projects.get(OWNER, project.id).map_state["basemaps"]["left"]
    assert projects.get(OWNER, project.id).map_state["basemaps"]["right"] == ""


def test_pair_that_cannot_be_compared_is_refused_with_the_remedy_and_still_shown(tmp_path, houses):
    apart = write(tmp_path / "apart.tif", ground((160, 180)), at=transform(east_m=90_000))
    project = add_project(houses[0], apart)
    page = opened("compare.py", project)
    assert not page.exception
    assert "These scenes cannot be compared." in errors(page)
    assert not has_button(page, "Find changes")
    assert layer(page, project, "pre")


def test_area_that_was_deleted_on_the_map_is_forgotten(page, project):
    draw(page, project, first_house())
    draw(page, project)
    assert areas_of(project) == {}
    assert area_choice(page).options == []


def test_two_tabs_that_draw_keep_both_areas(project):
    one, other = opened("compare.py", project), opened("compare.py", project)
    draw(one, project, first_house())
    draw(other, project, ("b", "Second", ring(80, 60, 80, 60)))
    assert areas_of(project) == {"a": "First <b>house</b>", "b": "Second"}
    one.run()
    shown = the_map(one, project)
    assert shown["areas_version"] == 2
    assert len(shown["start"]["areas"]["features"]) == 2


def test_areas_that_cannot_be_kept_are_told_and_the_former_ones_stay(page, project, monkeypatch):
    draw(page, project, first_house())
    monkeypatch.setenv("GROUNDSHIFT_MAX_AOI_VERTICES", "6")
    settings.load.cache_clear()
    draw(page, project, first_house(), ("b", "Second", ring(80, 60, 80, 60)))
    assert not page.exception
    assert "corners; the limit is 6" in errors(page)
    assert list(areas_of(project)) == ["a"]


def test_area_outside_the_scenes_is_explained_and_cannot_be_run(page, project):
    draw(page, project, ("far", "Far away", ring(5000, 5000, 50, 50)))
    assert not page.exception
    assert "outside the overlap" in errors(page) + texts(page)
    assert not has_button(page, "Find changes")
    area_choice(page).set_value([]).run()
    assert has_button(page, "Find changes")


def test_moved_threshold_changes_numbers_and_mask_without_a_new_run(result, project, job):
    before = figures(result)
    threshold(result).set_value(0.2).run()
    wanted = at_threshold(folder_of(job), 0.2).whole
    assert is_clean(result)
    assert figures(result)["Figure"] == ["This threshold", "The run"]
    assert figures(result)["Changed area"] == [
        quantities.text(wanted.area_m2, "m2"), before["Changed area"][0]
    ]  # fmt: skip
    assert figures(result)["Objects"][0] == quantities.text(wanted.objects, "1")
    mask = grant(layer(result, project, "mask")["url"])
    assert (mask.kind, mask.style["threshold"]) == ("preview", 0.2)
    assert (folder_of(job).parents[1] / "previews" / job.id / "0.2000.tif").is_file()
    assert the_map(result, project)["objects"] is None
    assert len(jobs.listed(OWNER, project=project.id)) == 1


def test_typed_threshold_moves_the_slider_and_can_be_taken_back(result, project):
    before = figures(result)
    exact(result).set_value(0.123).run()
    assert threshold(result).value == 0.123
    assert figures(result) != before
    button(result, "Reset").click().run()
    assert figures(result) == before
    assert not has_button(result, "Run again with this threshold")
    assert grant(layer(result, project, "mask")["url"]).kind == "mask"


def test_running_again_takes_the_moved_threshold_and_keeps_the_first_result(result, project, job):
    threshold(result).set_value(0.3).run()
    preview = [values[0] for values in figures(result).values()][1:]
    button(result, "Run again with this threshold").click().run()
    run_jobs(result)
    assert is_clean(result)
    second = newest(project)
    assert second.id != job.id
    assert folder_of(job).exists()
    assert load(folder_of(second)).run["threshold"]["value"] == 0.3
    assert [values[0] for values in figures(result).values()][1:] == preview
    assert threshold(result).value == 0.3


def test_former_result_can_be_chosen_and_the_address_follows(result, project, job):
    second = finished(project, threshold=0.3)
    result.run()
    shown = choice(result, "Result")
    assert len(shown.options) == 2
    assert shown.value == job.id
    shown.set_value(second.id).run()
    assert result.query_params["job"] == second.id
    assert threshold(result).value == 0.3


def test_results_in_the_same_words_are_told_apart(result, project, job):
    second = finished(project)
    result.run()
    assert len(set(choice(result, "Result").options)) == 2
    choice(result, "Result").set_value(second.id).run()
    assert result.query_params["job"] == second.id
    assert is_clean(result)


def test_areas_in_the_same_words_are_told_apart(page, project):
    draw(page, project, first_house(), ("b", *first_house()[1:]))
    assert len(set(area_choice(page).options)) == 2
    area_choice(page).set_value(["b"]).run()
    assert area_choice(page).value == ["b"]
    assert is_clean(page)


def test_smallest_object_is_handed_to_the_run(page, project):
    (least,) = [one for one in page.number_input if one.label.startswith("Smallest")]
    least.set_value(5000.0)
    ask_for_changes(page)
    run_jobs(page)
    assert load(folder_of(newest(project))).run["min_area_m2"] == 5000
    assert figures(page)["Objects"] == ["0"]


def test_pair_without_change_says_so_and_its_threshold_can_still_be_moved(tmp_path):
    project = add_project(*write_pair(tmp_path / "same", ground((160, 180)), ground((160, 180))))
    page = opened("compare.py", project, job=finished(project).id)
    assert is_clean(page)
    assert figures(page)["Changed area"] == ["0 m²"]
    assert "No object changed" in words(page)
    threshold(page).set_value(0.05).run()
    assert is_clean(page)


def test_object_clicked_on_the_map_is_picked_in_the_table(result, project, job):
    tell_map(result, f"map_{project.id}", selected=2, clicks=1)
    result.run()
    assert the_map(result, project)["selected"] == [2]
    assert result.session_state[f"objects_{job.id}"]["selection"]["rows"] == [1]


def test_object_clicked_beside_is_left(result, project, job):
    tell_map(result, f"map_{project.id}", selected=2, clicks=1)
    result.run()
    tell_map(result, f"map_{project.id}", selected=None, clicks=2)
    result.run()
    assert the_map(result, project)["selected"] == []
    assert result.session_state[f"objects_{job.id}"]["selection"]["rows"] == []


def test_number_in_the_caption_shows_its_fact_and_marks_its_objects(result, project, job):
    saved = load(folder_of(job))
    (fact,) = [one for one in saved.facts if one["name"] == "object_count" and
               (one["class"], one["region"]) == ("any", "aoi")]  # fmt: skip
    choose_number(result, job, fact["id"])
    assert is_clean(result)
    assert sorted(the_map(result, project)["selected"]) == [1, 2]
    assert component(result, f"caption_{job.id}")["selected"] == fact["id"]
    told = texts(result)
    assert "Object count: 2" in told
    assert fact["method"] in told
    assert "2 objects are marked" in told
    assert all(sha256 in told for sha256 in fact["inputs"])
    button(result, "Close").click().run()
    assert the_map(result, project)["selected"] == []


def test_second_click_on_a_number_leaves_its_fact(result, project, job):
    (fact,) = [
        one for one in load(folder_of(job)).facts if one["name"].startswith("largest_object_area")
    ][:1]
    choose_number(result, job, fact["id"])
    assert the_map(result, project)["selected"] == [1]
    choose_number(result, job, None)
    assert the_map(result, project)["selected"] == []
    assert "Largest object area" not in texts(result)


def test_row_picked_in_the_table_is_marked_on_the_map(result, project, job):
    pick_row(result, "Perimeter", 1)
    assert is_clean(result)
    assert the_map(result, project)["selected"] == [2]
    pick_row(result, "Perimeter", None)
    assert the_map(result, project)["selected"] == []


def test_outlines_carry_numbers_and_words_of_the_objects(result, project, job):
    shown = the_map(result, project)["objects"]["features"]
    saved = features(load(folder_of(job)))
    assert [one["geometry"] for one in shown] == [one["geometry"] for one in saved]
    assert shown[0]["properties"]["text"].startswith("Object 1: new buildings")
    names = {entry["name"] for entry in the_map(result, project)["legend"]}
    assert {one["properties"]["class"] for one in shown} <= names


def test_failed_run_is_explained_and_keeps_the_former_result(result, project, monkeypatch):
    before = figures(result)

    def full(*_arguments, **_named):
        raise ExportError("The disk is full.", hint="Free some space.")

    monkeypatch.setattr("services.compare.compare", full)
    ask_for_changes(result)
    run_jobs(result)
    assert "The disk is full." in errors(result)
    assert "Free some space." in errors(result)
    assert has_button(result, "Run again")
    assert figures(result) == before


def test_our_own_fault_is_logged_and_shown_without_a_traceback(result, monkeypatch, caplog):
    def broken(*_arguments, **_named):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("services.fact_objects.features", broken)
    monkeypatch.setattr("pages._ui.objects_table.features", broken)
    with caplog.at_level(logging.ERROR):
        result.run()
    assert not result.exception
    assert "it is our fault" in errors(result)
    assert "secret detail" not in errors(result)
    assert "secret detail" in caplog.text


def test_run_that_was_interrupted_can_be_run_again(page, project):
    ask_for_changes(page)
    lost = newest(project)
    jobs.claim("compute", "gone")
    jobs.mark_lost("gone")
    page.run()
    assert not page.exception
    button(page, "Run again").click().run()
    assert newest(project).id != lost.id
    assert page.query_params["job"] == newest(project).id
    run_jobs(page)
    assert figures(page)["Objects"] == ["2"]


def test_full_queue_is_told_beside_the_button(page, project, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_MAX_JOBS_PER_USER", "1")
    settings.load.cache_clear()
    jobs.submit(OWNER, "compare", {"pre": project.pre, "post": project.post})
    ask_for_changes(page)
    assert not page.exception
    assert "the limit is 1" in errors(page)
    assert "job" not in page.query_params


@pytest.mark.parametrize(("which", "said"), [("pre", "earlier"), ("post", "later")])
def test_deleted_scene_is_told_and_the_result_stays(result, project, which, said):
    scenes.delete(OWNER, getattr(project, which))
    result.run()
    assert is_clean(result)
    assert f"The {said} scene of this project was deleted" in warnings(result)
    assert not has_button(result, "Find changes")
    assert figures(result)["Objects"] == ["2"]
    assert layer(result, project, "mask")


def test_scene_that_is_being_prepared_is_waited_for(houses):
    project = add_project(*houses)
    again = add_scene(houses[0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.pages.steps.run_jobs", lambda app=None: None)
        waiting = add_scene(houses[1])
    project = projects.create(OWNER, "Half ready", again.id, waiting.id)
    page = opened("compare.py", project)
    assert not page.exception
    assert "The later scene is still being prepared" in warnings(page)
    assert [one["address"] for one in watchers(page)] == [f"/progress/scenes/{waiting.id}"]
    assert not has_button(page, "Find changes")
    run_jobs()
    end_of_watch(page)
    assert has_button(page, "Find changes")


def test_result_that_was_deleted_meanwhile_is_explained(result, job):
    shutil.rmtree(folder_of(job))
    result.run()
    assert not result.exception
    assert "This run has no result." in errors(result)
    assert has_button(result, "Find changes")


def test_project_that_was_deleted_meanwhile_is_explained(page, project):
    projects.delete(OWNER, project.id)
    page.run()
    assert not page.exception
    assert "not there any more" in warnings(page)


@pytest.mark.parametrize("asked", [ANY_ID, "<script>", "../../etc"])
def test_run_that_does_not_exist_is_told_once(project, job, asked):
    page = opened("compare.py", project, job=asked)
    assert not page.exception
    assert "The run in the address is not there" in warnings(page)
    assert figures(page)["Objects"] == ["2"]
    page.run()
    assert "The run in the address" not in warnings(page)


def test_run_of_another_user_is_as_good_as_none(project, houses):
    theirs = add_project(*houses, owner="somebody")
    job = jobs.submit("somebody", "compare", {"pre": theirs.pre}, project=theirs.id)
    page = opened("compare.py", project, job=job.id)
    assert "The run in the address is not there" in warnings(page)
    strange = opened("compare.py", theirs)
    assert "The project in the address is not there any more, or it is not yours" in warnings(
        strange
    )


def test_files_are_links_and_never_pass_through_the_page(result, job):
    (bundle, report) = [one.proto.url for one in result.get("link_button")]
    assert bundle == f"/downloads/{job.id}.zip"
    assert report == f"/downloads/{job.id}/report.html"
    assert not result.get("download_button")


def test_addresses_carry_the_base_path(project, job, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_BASE_PATH", "/maps")
    settings.load.cache_clear()
    page = opened("compare.py", project, job=job.id)
    assert page.get("link_button")[0].proto.url == f"/maps/downloads/{job.id}.zip"
    assert layer(page, project, "mask")["url"].startswith("/maps/tiles/")
