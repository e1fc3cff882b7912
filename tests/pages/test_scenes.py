import json

import pytest
from shapely.geometry import box, mapping

from services.samples import list_samples
from tests.pages.steps import button, errors, has_button, is_clean, upload, words
from tests.scenes import ground, transform, write


@pytest.fixture
def files(houses):
    return [[(path.name, path.read_bytes())] for path in houses]


def stored(results):
    folder = results / "scenes"
    return sorted(folder.iterdir()) if folder.exists() else []


def test_first_page_offers_every_bundled_sample(app):
    assert is_clean(app)
    for sample in list_samples():
        assert f"**{sample.title}**" in words(app)
    assert len([one for one in app.button if one.label == "Use this pair"]) == len(list_samples())
    assert not has_button(app, "Compare this pair")


def test_sample_is_shown_with_its_checks_and_leads_to_compare(app):
    app.button(key="use_harbour").click().run()
    assert is_clean(app)
    assert app.success[0].value == "These scenes can be compared."
    assert button(app, "Chosen").disabled
    assert not has_button(app, "Delete these files")
    button(app, "Compare this pair").click().run()
    assert app.title[0].value == "Compare"


def test_uploaded_pair_is_kept_checked_and_can_be_deleted(app, files, results):
    upload(app, *files)
    assert is_clean(app)
    assert has_button(app, "Compare this pair")
    assert "1 June 2023 to 3 June 2024" in words(app)
    assert str(results / "scenes") in words(app)
    assert len(stored(results)) == 1
    button(app, "Delete these files").click().run()
    assert not stored(results)
    assert not has_button(app, "Compare this pair")


def test_second_upload_does_not_touch_the_first(app, files, results):
    upload(app, *files)
    before = {path: path.read_bytes() for path in results.rglob("*.tif")}
    upload(app, *files)
    assert len(stored(results)) == 2
    assert {path: path.read_bytes() for path in before} == before


def test_several_tiles_of_one_date_are_one_scene(app, houses, files, tmp_path):
    east = ground((160, 60), seed=5)
    tile = write(tmp_path / "east.tif", east, at=transform(east_m=180), date="2023-06-01")
    upload(app, [*files[0], ("east.tif", tile.read_bytes())], files[1])
    assert is_clean(app)
    assert "(+ 1)" in app.subheader[0].value.replace("\\", "")


def problem_cases(files, tmp_path):
    pre, post = files
    away = json.dumps(mapping(box(0, 0, 1, 1))).encode()
    far = write(tmp_path / "far.tif", ground((160, 180)), at=transform(east_m=50_000))
    return {
        "no raster": ((pre, [("post.tif", b"hello")]), "is not what its name says"),
        "empty file": ((pre, [("post.tif", b"")]), "post.tif"),
        "missing date": ((pre, []), "There is no file for the later date."),
        "one name twice": ((pre * 2, post), "are called 'pre.tif'"),
        "area elsewhere": ((pre, post, ("aoi.geojson", away)), "lies outside the overlap"),
        "area unreadable": ((pre, post, ("aoi.geojson", b"{")), "aoi.geojson"),
        "other place": ((pre, [("far.tif", far.read_bytes())]), "cannot be compared"),
    }


@pytest.mark.parametrize(
    "case",
    [
        "no raster", "empty file", "missing date", "one name twice", "area elsewhere",
        "area unreadable", "other place",
    ],
)  # fmt: skip
def test_bad_upload_is_explained_and_the_former_pair_stays(app, files, results, tmp_path, case):
    arguments, message = problem_cases(files, tmp_path)[case]
    app.button(key="use_harbour").click().run()
    upload(app, *arguments)
    assert not app.exception
    assert message in errors(app)
    assert "Traceback" not in errors(app)
    assert app.subheader[0].value == "Port on two passes"
    assert has_button(app, "Compare this pair")
    assert not stored(results)


def test_hostile_file_name_stays_text(app, files):
    name = "<img src=x onerror=alert(1)>[a](javascript:b)$x$.tif"
    upload(app, [(name, files[0][0][1])], files[1])
    assert is_clean(app)
    shown = app.subheader[0].value
    assert "\\<img" in shown
    assert "\\[a\\]\\(javascript\\:b\\)" in shown
    assert "\\$x\\$" in shown
