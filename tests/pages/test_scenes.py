import json
import shutil

import pytest
from shapely.geometry import box, mapping

import settings
from services.samples import list_samples
from tests.pages.steps import (
    OWNER,
    add_project,
    add_scene,
    button,
    errors,
    go,
    has_button,
    is_clean,
    run_jobs,
    send,
    warnings,
    watchers,
    words,
)
from tests.scenes import ground, transform, write
from workspace import jobs, projects, scenes, uploads


def tab(app, name):
    app.session_state["scenes_from"] = name
    return app.run()


def prepared(app):
    """Press the button that makes scenes of the uploads, and let the workers do their part."""
    (found,) = [one for one in app.button if one.label.startswith("Prepare")]
    found.click().run()
    return run_jobs(app)


def uploaded(app, pre, post):
    send(pre, "pre")
    send(post, "post")
    app.run()
    return prepared(app)


def choice(app, label):
    (found,) = [one for one in app.selectbox if one.label == label]
    return found


def areas(name="fields.geojson", **shapes):
    features = [
        {"type": "Feature", "properties": {"evil": "<script>"}, "geometry": mapping(shape)}
        for shape in shapes.values()
    ]
    content = {"type": "FeatureCollection", "features": features}
    return name, json.dumps(content).encode(), "application/geo+json"


# Samples


def test_first_page_offers_every_bundled_sample(app):
    assert is_clean(app)
    for sample in list_samples():
        assert f"**{sample.title}**" in words(app)
    assert len([one for one in app.button if one.label == "Use this pair"]) == len(list_samples())
    assert not has_button(app, "Compare this pair")


def test_a_sample_becomes_a_project_with_its_area_and_leads_to_compare(app):
    app.button(key="use_harbour").click().run()
    run_jobs(app)
    assert is_clean(app)
    assert app.success[0].value == "These scenes can be compared."
    assert button(app, "Chosen").disabled
    project = projects.get(OWNER, app.query_params["project"])
    assert project.title == "Port on two passes"
    (area,) = project.areas["features"]
    assert area["properties"]["name"] == "Area of interest"
    button(app, "Compare this pair").click().run()
    assert app.title[0].value == "Compare"
    assert app.query_params["project"] == project.id


def test_a_sample_that_was_used_before_opens_the_same_project(app):
    for sample in ("harbour", "delta", "harbour"):
        app.button(key=f"use_{sample}").click().run()
    assert is_clean(app)
    assert len(projects.listed(OWNER)) == 2
    assert projects.get(OWNER, app.query_params["project"]).title == "Port on two passes"


def test_a_sample_that_cannot_be_laid_out_is_told(app, monkeypatch):
    from errors import ExportError

    def full():
        raise ExportError("The disk is full.", hint="Free some space.")

    monkeypatch.setattr("pages._ui.sample_cards.lay_out", full)
    monkeypatch.setattr("workspace.sample_scenes.lay_out", full)
    app.button(key="use_harbour").click().run()
    assert not app.exception
    assert "The disk is full." in errors(app)
    assert not projects.listed(OWNER)


def test_a_sample_that_is_being_prepared_is_watched_and_cannot_be_stopped(app):
    app.button(key="use_harbour").click().run()
    project = projects.get(OWNER, app.query_params["project"])
    asked = [one["address"] for one in watchers(app)]
    assert asked == [f"/progress/scenes/{one}" for one in (project.pre, project.post)]
    assert not has_button(app, "Stop")
    assert "This happens once" in words(app)


def test_pictures_come_with_the_page(app, houses):
    uploaded(app, *houses)
    tab(app, "Your scenes")
    pictures = [one.url for images in app.get("image") for one in images.proto.imgs]
    assert len(pictures) == len(list_samples()) + 4
    assert all(url.startswith("data:image/webp;base64,") for url in pictures)


# Files of one's own


def test_without_files_there_is_nothing_to_prepare(app):
    assert button(app, "Prepare these files").disabled


def test_uploaded_pair_is_prepared_checked_and_leads_to_compare(app, houses):
    send(houses[0], "pre")
    send(houses[1], "post")
    app.run()
    button(app, "Prepare this pair").click().run()
    assert is_clean(app)
    bars = [one["words"] for one in watchers(app)]
    assert bars == ["Waiting: next in line", "Waiting: 1 job runs before this one"]
    assert [one.label for one in app.button].count("Stop") == 2
    assert not uploads.listed(OWNER)
    run_jobs(app)
    assert is_clean(app)
    assert "1 June 2023 to 3 June 2024" in words(app)
    assert app.success[0].value == "These scenes can be compared."
    assert has_button(app, "Compare this pair")


def test_uploads_of_somebody_else_are_not_offered(app, houses):
    send(houses[0], "pre", owner="somebody")
    app.run()
    assert button(app, "Prepare these files").disabled


def test_an_upload_that_is_still_on_its_way_is_not_taken(app, houses):
    uploads.begin(OWNER, "pre.tif", 1000, role="pre")
    send(houses[1], "post")
    app.run()
    assert "no file for the earlier date yet" in words(app)
    button(app, "Prepare these files").click().run()
    assert [one.title for one in scenes.listed(OWNER, with_samples=False)] == ["post.tif"]
    assert not projects.listed(OWNER)


def test_several_tiles_of_one_date_are_one_scene(app, houses, tmp_path):
    east = ground((160, 60), seed=5)
    send(write(tmp_path / "east.tif", east, at=transform(east_m=180), date="2023-06-01"), "pre")
    uploaded(app, *houses)
    assert is_clean(app)
    assert "(+ 1)" in words(app)
    pre = scenes.get(OWNER, projects.latest(OWNER).pre)
    assert pre.facts.width == 240


def test_areas_of_a_file_go_into_the_project_without_their_properties(app, houses):
    send(houses[0], "pre")
    send(houses[1], "post")
    app.run()
    shapes = {"one": box(15.0, 48.74, 15.001, 48.741), "two": box(15.002, 48.74, 15.003, 48.741)}
    app.file_uploader[0].set_value(areas(**shapes)).run()
    assert "fields 1, fields 2" in words(app)
    prepared(app)
    assert is_clean(app)
    kept = projects.latest(OWNER).areas["features"]
    assert [one["properties"]["name"] for one in kept] == ["fields 1", "fields 2"]
    assert "script" not in json.dumps(kept)
    assert app.file_uploader[0].value is None


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("aoi.geojson", b"{", "is damaged or not what its name says"),
        ("aoi.zip", b"PK", "is damaged or not what its name says"),
        ("aoi.geojson", b'{"type": "Point", "coordinates": [1, 2]}', "holds no polygon"),
    ],
)
def test_unreadable_area_is_explained_and_nothing_goes_on_without_it(
    app, houses, name, content, message
):
    send(houses[0], "pre")
    send(houses[1], "post")
    app.run()
    app.file_uploader[0].set_value((name, content, "application/json")).run()
    assert not app.exception
    assert message in errors(app)
    assert button(app, "Prepare this pair").disabled
    assert len(uploads.listed(OWNER)) == 2


def test_file_that_is_no_raster_is_refused_and_the_other_date_is_kept(app, houses, tmp_path):
    bad = tmp_path / "bad.tif"
    bad.write_bytes(b"hello")
    uploaded(app, bad, houses[1])
    assert "The earlier date cannot be used." in errors(app)
    assert "bad.tif' is not what its name says" in errors(app)
    assert not has_button(app, "Compare this pair")
    assert not app.exception


def test_a_refused_date_can_be_brought_again_and_completes_the_pair(app, houses, tmp_path):
    bad = tmp_path / "bad.tif"
    bad.write_bytes(b"hello")
    uploaded(app, bad, houses[1])
    former = projects.latest(OWNER)
    send(houses[0], "pre")
    app.run()
    assert "The other date of the pair is post.tif, which is here already." in words(app)
    prepared(app)
    assert is_clean(app)
    (project,) = projects.listed(OWNER)
    assert project.id != former.id
    assert project.post == former.post
    assert has_button(app, "Compare this pair")


def test_pair_of_two_places_is_refused_with_the_reason(app, houses, tmp_path):
    far = write(tmp_path / "far.tif", ground((160, 180)), at=transform(east_m=50_000))
    uploaded(app, houses[0], far)
    assert not app.exception
    assert "These scenes cannot be compared." in errors(app)
    assert not has_button(app, "Compare this pair")


def test_full_storage_is_told_and_the_uploads_stay(app, houses, monkeypatch):
    send(houses[0], "pre")
    send(houses[1], "post")
    monkeypatch.setenv("GROUNDSHIFT_QUOTA_BYTES", "1000")
    settings.load.cache_clear()
    app.run()
    button(app, "Prepare this pair").click().run()
    assert "Your storage is full" in errors(app)
    assert len(uploads.listed(OWNER)) == 2
    assert not scenes.listed(OWNER, with_samples=False)


def test_hostile_file_name_stays_text(app, houses):
    send(houses[0], "pre", name="<img src=x onerror=alert(1)>[a](javascript:b)$x$.tif")
    send(houses[1], "post")
    app.run()
    prepared(app)
    assert is_clean(app)
    shown = " ".join(one.value for one in (*app.caption, *app.markdown))
    assert "\\<img" in shown
    assert "<img" not in shown.replace("\\<img", "")
    assert "\\[a\\]\\(javascript\\:b\\)" in shown
    assert "\\$x\\$" in shown


# The pair


def test_dates_in_the_wrong_order_can_be_swapped(app, houses):
    project = add_project(*reversed(houses))
    projects.save_areas(OWNER, project.id, json.loads(areas(one=box(15, 48, 15.1, 48.1))[1]))
    go(app, "scenes.py", project=project.id)
    assert "was taken after the later one" in warnings(app)
    button(app, "Swap the dates").click().run()
    assert is_clean(app)
    assert "taken after" not in warnings(app)
    (swapped,) = projects.listed(OWNER)
    assert (swapped.pre, swapped.post) == (project.post, project.pre)
    assert len(swapped.areas["features"]) == 1
    assert "1 June 2023 to 3 June 2024" in words(app)


def test_pair_in_the_right_order_is_not_to_be_swapped(app, houses):
    go(app, "scenes.py", project=add_project(*houses).id)
    assert not has_button(app, "Swap the dates")


def test_deleted_scene_of_a_pair_is_told(app, houses):
    project = add_project(*houses)
    scenes.delete(OWNER, project.post)
    go(app, "scenes.py", project=project.id)
    assert is_clean(app)
    assert "The later scene was deleted." in warnings(app)
    assert not has_button(app, "Compare this pair")


def test_pair_whose_files_vanished_from_the_disk_is_explained(app, houses):
    project = add_project(*houses)
    shutil.rmtree(scenes.get(OWNER, project.pre).folder / "files")
    go(app, "scenes.py", project=project.id)
    assert not app.exception
    assert errors(app)
    assert "our fault" not in errors(app)


def test_preparing_can_be_stopped_and_run_again(app, houses):
    send(houses[0], "pre")
    send(houses[1], "post")
    app.run()
    button(app, "Prepare this pair").click().run()
    app.button(key=next(one.key for one in app.button if one.label == "Stop")).click().run()
    app.run()
    assert "The earlier date cannot be used." in errors(app)
    run_jobs(app)
    assert [job.status for job in jobs.listed(OWNER)] == ["done", "cancelled"]


# Your scenes


def test_scenes_are_listed_with_size_date_and_time_to_live(app, houses):
    add_scene(houses[0])
    tab(app, "Your scenes")
    assert is_clean(app)
    assert "1 June 2023 · 180 by 160 px · 1.00 m per pixel · red, green, blue" in words(app)
    assert "unless opened" in words(app)
    assert "of 100.0 GB" in words(app)


def test_scenes_of_somebody_else_are_not_listed(app, houses):
    add_scene(houses[0], owner="somebody", title="foreign.tif")
    tab(app, "Your scenes")
    assert "You have no scenes yet" in words(app)
    assert "foreign" not in words(app)


def test_any_two_scenes_make_a_pair(app, houses):
    pre, post = add_scene(houses[0]), add_scene(houses[1])
    tab(app, "Your scenes")
    assert button(app, "Make a pair").disabled
    choice(app, "Earlier scene").select(pre.id)
    choice(app, "Later scene").select(pre.id).run()
    assert button(app, "Make a pair").disabled
    choice(app, "Later scene").select(post.id).run()
    button(app, "Make a pair").click().run()
    assert is_clean(app)
    (project,) = projects.listed(OWNER)
    assert (project.pre, project.post) == (pre.id, post.id)
    assert app.query_params["project"] == project.id


def test_two_scenes_of_one_name_and_date_can_be_told_apart(app, houses):
    first, second = add_scene(houses[0]), add_scene(houses[0])
    tab(app, "Your scenes")
    assert len(set(choice(app, "Earlier scene").options)) == 2
    choice(app, "Earlier scene").select(first.id)
    choice(app, "Later scene").select(second.id).run()
    assert not button(app, "Make a pair").disabled


def test_a_scene_is_deleted_after_it_was_asked_for_again(app, houses):
    scene = add_scene(houses[0])
    tab(app, "Your scenes")
    assert "Results that were made from it stay." in words(app)
    app.button(key=f"delete_{scene.id}").click().run()
    assert is_clean(app)
    assert not scenes.listed(OWNER, with_samples=False)
    assert not scene.folder.exists()


def test_a_scene_deleted_in_another_tab_is_told(app, houses):
    scene = add_scene(houses[0])
    tab(app, "Your scenes")
    scenes.delete(OWNER, scene.id)
    app.button(key=f"delete_{scene.id}").click().run()
    assert not app.exception


def test_many_scenes_come_in_steps(app, houses, monkeypatch):
    monkeypatch.setattr("pages._ui.your_scenes.PER_STEP", 2)
    for _number in range(3):
        add_scene(houses[0])
    tab(app, "Your scenes")
    assert len([one for one in app.button if one.label == "Delete this scene"]) == 2
    button(app, "Show more of 3 scenes").click().run()
    assert len([one for one in app.button if one.label == "Delete this scene"]) == 3


def test_background_maps_are_not_asked_for_until_their_tab_is_opened(app):
    assert "Two background maps of one place" not in words(app)
    tab(app, "Background maps")
    assert is_clean(app)
    assert "Two background maps of one place" in words(app)
