import json

import pytest
from streamlit.testing.v1 import AppTest

import settings
from pages._ui import basemap_choice
from pages._ui.basemap_picker import tile_layer
from services import basemap_tiles, basemaps
from tests.pages.steps import OWNER, button, errors, has_button, run_jobs, warnings, words
from tests.services import xyz_server
from workspace import jobs, projects

LEFT, RIGHT = "Left background map", "Right background map"
MAP = "basemap_pair_map"


def page():
    from pages._ui.basemap_choice import show_basemap_pair

    show_basemap_pair("local")


@pytest.fixture(scope="module")
def maps():
    with xyz_server.running() as server:
        yield server


@pytest.fixture
def offered(monkeypatch, maps):
    """A function that offers layers of the server as the operator's maps, and nothing else."""

    def offer(*layers, **settings_too):
        entries = [
            {"title": layer, "url": maps.url(layer), "attribution": f"© Server *{layer}*", **more}
            for layer, more in layers
        ]
        values = {
            "basemaps": json.dumps(entries),
            "allow_private_hosts": "1",
            "allow_basemaps": "0",
            **settings_too,
        }
        for name, value in values.items():
            monkeypatch.setenv(f"GROUNDSHIFT_{name.upper()}", value)
        monkeypatch.setattr(basemap_tiles, "FIRST_PAUSE_S", 0.0)
        settings.load.cache_clear()
        return AppTest.from_function(page, default_timeout=60).run()

    return offer


def side(app, label):
    (found,) = [one for one in app.selectbox if one.label == label]
    return found


def chosen(app, left="pre", right="post"):
    side(app, LEFT).set_value(left)
    return side(app, RIGHT).set_value(right).run()


def drawn(app, west=13.401, south=52.501, east=13.405, north=52.503):
    """Draw a rectangle on the map."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    feature = {
        "type": "Feature",
        "properties": {"id": "a1", "name": "Square"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    areas = {"type": "FeatureCollection", "features": [feature]}
    version = app.session_state[f"{MAP}:memory"].state.version
    app.session_state[MAP] = {
        "value": {"areas": areas, "active_area": "a1", "version": version, "mode": "swipe"}
    }
    return app.run()


def ready(app, zoom=16):
    """Choose, draw, agree."""
    drawn(chosen(app))
    app.select_slider[0].set_value(zoom)
    return app.checkbox[0].check().run()


PRE, POST = ("pre", {}), ("post", {})


def test_dated_series_come_first_and_the_first_view_shows_old_against_new(data_dir):
    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    options = side(app, LEFT).options
    assert options[1].startswith("Dated: Esri World Imagery Wayback")
    groups = [option.partition(":")[0] for option in options[1:]]
    assert groups == sorted(groups, key=["Dated", "Current", "Yours"].index)
    assert side(app, LEFT).value == "Esri World Imagery Wayback"
    assert side(app, f"Date of the {LEFT.lower()}").value == "wayback-10"
    assert side(app, RIGHT).value == "Esri World Imagery"


def test_the_two_sides_are_chosen_independently(data_dir):
    app = AppTest.from_function(page, default_timeout=60).run()
    side(app, RIGHT).set_value("Sentinel-2 cloudless").run()
    side(app, f"Date of the {RIGHT.lower()}").set_value("cloudless-2019").run()
    assert side(app, f"Date of the {LEFT.lower()}").value == "wayback-10"
    assert "Sentinel data 2019" in words(app)


def test_attribution_is_shown_and_its_markdown_is_not_live(offered):
    app = chosen(offered(PRE, POST))
    assert "© Server *pre*" in words(app)
    assert any("\\*pre\\*" in one.value for one in app.caption)


def test_nothing_is_offered_where_the_operator_offers_nothing(offered):
    app = offered()
    assert "offers no background maps" in words(app)
    assert not app.selectbox
    assert not has_button(app, "Look for newer Wayback releases")


def test_without_an_area_there_is_nothing_to_fetch(offered):
    app = chosen(offered(PRE, POST))
    assert "Draw the area" in words(app)
    assert not has_button(app, "Use these background maps as my pair")


def test_one_map_on_both_sides_is_no_pair(offered):
    app = chosen(offered(PRE, POST), right="pre")
    assert "two different background maps" in words(app)


def test_the_estimate_names_tiles_pixels_megabytes_and_ground_size(offered):
    app = drawn(chosen(offered(PRE, POST)))
    app.select_slider[0].set_value(16).run()
    told = words(app)
    assert "tiles" in told
    assert "512 x 512 pixels (0.3 megapixels)" in told
    assert "1.45 m per pixel" in told
    assert "MB to download" in told


def test_the_finest_allowed_level_is_where_the_slider_begins(offered):
    app = drawn(chosen(offered(PRE, POST, max_basemap_tiles="8")))
    assert app.select_slider[0].value == 16
    app.select_slider[0].set_value(18).run()
    assert "may take 8 tiles" in warnings(app)
    assert not has_button(app, "Use these background maps as my pair")


def test_an_area_that_grew_takes_the_slider_and_the_estimate_to_the_same_level(offered):
    app = drawn(chosen(offered(("pre", {}), ("post", {}), max_basemap_tiles="16")))
    fine = app.select_slider[0].value
    app = drawn(app, west=-170.0, south=-60.0, east=170.0, north=70.0)
    level = app.select_slider[0].value
    assert level < fine
    label = next(x for x in app.select_slider[0].options if x.startswith(f"{level}:"))
    assert label.partition(": ")[2] in words(app)


def test_the_button_waits_for_agreement_with_the_terms(offered):
    app = drawn(chosen(offered(PRE, POST)))
    assert button(app, "Use these background maps as my pair").disabled
    app.checkbox[0].check().run()
    assert not button(app, "Use these background maps as my pair").disabled


def test_fetching_ends_in_a_project_that_is_open(offered):
    app = button(ready(offered(PRE, POST)), "Use these background maps as my pair").click().run()
    (job,) = jobs.listed(OWNER)
    assert job.params["zoom"] == 16
    assert has_button(app, "Stop")
    run_jobs()
    app.run()
    assert not errors(app)
    (project,) = projects.listed(OWNER)
    assert project.areas["features"][0]["properties"]["name"] == "Square"
    assert any("Both dates are here" in one.value for one in app.success)


@pytest.mark.parametrize(
    ("left_on", "right_on", "pre"),
    [("2019", "2014", "yours-post"), ("2014", "2019", "yours-pre"), (None, "2014", "yours-post")],
)
def test_the_older_map_is_pre_on_whichever_side_it_lies(offered, left_on, right_on, pre):
    first = {"dated_on": left_on} if left_on else {}
    app = offered(("pre", first), ("post", {"dated_on": right_on}))
    button(ready(app), "Use these background maps as my pair").click().run()
    (job,) = jobs.listed(OWNER)
    assert job.params["left"] == pre


def test_a_map_for_looking_only_is_not_offered_as_a_scene(offered):
    app = drawn(chosen(offered(PRE, ("post", {"may_fetch": False, "terms": "Only to look at."}))))
    assert "Only to look at." in words(app)
    assert not has_button(app, "Use these background maps as my pair")


def test_maps_without_a_common_level_are_no_pair(offered):
    app = drawn(chosen(offered(("pre", {"max_zoom": 5}), ("post", {"min_zoom": 6}))))
    assert "no zoom level in common" in warnings(app)


def test_an_area_without_a_width_is_told_plainly(offered):
    app = drawn(chosen(offered(PRE, POST)), east=13.401)
    assert not app.exception
    assert "not a rectangle" in errors(app)


def test_a_fetch_that_fails_says_why_and_can_be_run_again(offered):
    app = offered(PRE, ("missing", {}))
    drawn(chosen(app, right="missing"))
    app.checkbox[0].check().run()
    button(app, "Use these background maps as my pair").click().run()
    run_jobs()
    app.run()
    assert "no picture of this area" in errors(app)
    assert has_button(app, "Run again")


def test_a_job_of_another_session_is_shown_while_it_lasts(offered):
    button(ready(offered(PRE, POST)), "Use these background maps as my pair").click().run()
    again = offered(PRE, POST)
    assert has_button(again, "Stop")


def test_newer_releases_can_be_asked_for(data_dir):
    app = AppTest.from_function(page, default_timeout=60).run()
    button(app, "Look for newer Wayback releases").click().run()
    assert [job.kind for job in jobs.listed(OWNER)] == [basemap_choice.RELEASES_KIND]


def test_a_map_becomes_a_layer_below_the_others(data_dir):
    layer = tile_layer(basemaps.get("cloudless-2024"))
    assert layer.kind == "basemap"
    assert "{z}" in layer.url
    assert "EOX" in layer.attribution
    assert layer.max_native_zoom < layer.max_zoom
    assert layer.bounds[0] == -180
