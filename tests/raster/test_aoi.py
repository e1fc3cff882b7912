"""Areas of interest: every format, every way to be hostile, and pixels by the centre rule."""

import json
import math
import sqlite3
import struct
import threading
import zipfile
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely
from affine import Affine
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from rasterio.crs import CRS
from rasterio.windows import Window
from shapely.geometry import MultiPolygon, Point, Polygon, box, mapping

from errors import AoiError, EmptyAoiError, OutsideSceneError, UnreadableAoiError
from raster import aoi
from raster.grid import Grid

UTM = CRS.from_epsg(32632)
GRID = Grid(UTM, Affine(10, 0, 500000, 0, -10, 5000000), 200, 300)
HOLED = Polygon(
    [(500300, 4999700), (501300, 4999700), (501300, 4998700), (500300, 4998700)],
    [[(500600, 4999400), (500900, 4999400), (500900, 4999100), (500600, 4999100)]],
)


def frame(*geometries: shapely.Geometry, crs: object = UTM) -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame({"n": range(len(geometries))}, geometry=list(geometries), crs=crs)


def zipped(path: Path, folder: Path, *, without: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for member in sorted(folder.iterdir()):
            if member.suffix != without:
                archive.write(member, member.name)
    return path


def saved(tmp_path: Path, kind: str, layer: geopandas.GeoDataFrame) -> Path:
    if kind == "shp":
        folder = tmp_path / "layer"
        folder.mkdir()
        layer.to_file(folder / "area.shp")
        return zipped(tmp_path / "area.zip", folder)
    path = tmp_path / f"area.{kind}"
    if kind == "kml":
        layer = layer.to_crs(4326)
    layer.to_file(path, driver={"gpkg": "GPKG", "geojson": "GeoJSON", "kml": "KML"}[kind])
    return path


@pytest.mark.parametrize("kind", ["geojson", "gpkg", "shp", "kml"])
def test_every_format_gives_the_same_ground_area_with_its_hole(tmp_path: Path, kind: str) -> None:
    found = aoi.read(saved(tmp_path, kind, frame(HOLED, box(501500, 4998500, 501700, 4998700))))
    assert found.features == 2
    raster = aoi.AoiRaster(found, GRID)
    # 1 km2 less a hole of 0.09 km2 plus 0.04 km2, in pixels of 100 m2.
    assert raster.inside(GRID.window).sum() == pytest.approx(9500, abs=3)
    assert not raster.inside(Window(65, 65, 20, 20)).any()


def test_an_old_crs_member_is_honoured_and_overlapping_features_count_once() -> None:
    collection = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32632"}},
        "features": [
            {"type": "Feature", "geometry": mapping(box(west, 4999000, west + 200, 4999200))}
            for west in (500000, 500100)
        ],
    }  # fmt: skip
    found = aoi.from_geojson(collection, name="drawn")
    assert aoi.AoiRaster(found, GRID).inside(GRID.window).sum() == 600


def test_a_self_intersection_is_repaired_and_told() -> None:
    bow = Polygon([(9, 45), (9.01, 45.01), (9.01, 45), (9, 45.01)])
    found = aoi.from_geojson(mapping(bow), name="bow")
    assert found.geometry.is_valid
    assert [finding.code for finding in found.findings] == ["aoi_repaired"]
    assert found.geometry.area == pytest.approx(0.5e-4, rel=1e-6)


def test_points_are_left_out_with_a_finding_and_alone_are_an_error() -> None:
    area, point = mapping(box(9, 45, 9.1, 45.1)), mapping(Point(9, 45))
    both = {"type": "GeometryCollection", "geometries": [area, point]}
    features = [{"type": "Feature", "geometry": g} for g in (area, point)]
    assert aoi.from_geojson(both, name="x").features == 1
    found = aoi.from_geojson({"type": "FeatureCollection", "features": features}, name="x")
    assert [finding.code for finding in found.findings] == ["aoi_non_polygons"]
    with pytest.raises(EmptyAoiError):
        aoi.from_geojson(point, name="x")


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        (Polygon([(179, 10), (-179, 10), (-179, 12), (179, 12)]), "antimeridian"),
        (box(179, 10, 181, 12), "antimeridian"),
        (box(500000, 4999000, 500200, 4999200), "not on the Earth"),
    ],
)
def test_impossible_places_are_refused(geometry: Polygon, words: str) -> None:
    with pytest.raises(UnreadableAoiError, match=words) as caught:
        aoi.from_geojson(mapping(geometry), name="x")
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "Polygon", "coordinates": [[[NaN, 45], [9, 45], [9, 46], [NaN, 45]]]}',
        '{"type": "Polygon", "coordinates": [[[1e999, 45], [9, 45], [9, 46], [1e999, 45]]]}',
        '{"type": "Polygon", "coordinates": [[[9, 45], [9.1, 45]]]}',
        '{"type": "Polygon", "coordinates": "no"}',
        '{"type": "Polygon"}',
        '{"type": "Nonsense", "coordinates": []}',
        '{"type": "FeatureCollection", "features": [1]}',
        '{"type": "FeatureCollection", "features": null}',
        '{"type": "Polygon", "coordinates": [], "crs": {"properties": {"name": "EPSG:999999"}}}',
        '{"type": "Polygon", "coordinates": [], "crs": 5}',
        '{"type": "Polygon", "coordinates": [[[1e300, 45], [9, 45], [9, 46], [1e300, 45]]]}',
        "[]",
        "{",
        "[" * 100_000,
        "",
    ],
)
def test_hostile_geojson_is_a_typed_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AoiError):
        aoi.read(path)


def test_size_and_vertex_limits_are_enforced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = [(9 + 0.1 * math.cos(a), 45 + 0.1 * math.sin(a)) for a in np.linspace(0, 6.28, 500)]
    path = tmp_path / "x.geojson"
    path.write_text(json.dumps(mapping(Polygon(ring))), encoding="utf-8")
    from settings import Settings

    for limit, words in ({"max_aoi_vertices": 400}, "vertices"), ({"max_aoi_bytes": 900}, "bytes"):
        monkeypatch.setattr("settings.load", lambda limit=limit: Settings(**limit))
        with pytest.raises(UnreadableAoiError, match=words):
            aoi.read(path)


def test_a_shapefile_without_prj_is_refused_with_the_remedy(tmp_path: Path) -> None:
    folder = tmp_path / "layer"
    folder.mkdir()
    frame(HOLED).to_file(folder / "area.shp")
    with pytest.raises(UnreadableAoiError, match=r"\.prj"):
        aoi.read(zipped(tmp_path / "area.zip", folder, without=".prj"))


def test_zips_that_leave_their_folder_or_explode_are_refused(tmp_path: Path) -> None:
    escaping, bomb = tmp_path / "escaping.zip", tmp_path / "bomb.zip"
    with zipfile.ZipFile(escaping, "w") as archive:
        archive.writestr("../../evil.shp", b"x")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("area.shp", bytes(30_000_000))
    with pytest.raises(UnreadableAoiError, match="outside itself"):
        aoi.read(escaping)
    with pytest.raises(UnreadableAoiError, match="unpacks to"):
        aoi.read(bomb)


@pytest.mark.parametrize("cut", [50, 130, 300])
def test_damaged_archives_and_databases_are_typed_errors(tmp_path: Path, cut: int) -> None:
    for kind in ("shp", "gpkg"):
        folder = tmp_path / kind
        folder.mkdir()
        path = saved(folder, kind, frame(HOLED))
        path.write_bytes(path.read_bytes()[:cut])
        with pytest.raises(AoiError):
            aoi.read(path)


def test_a_truncated_shp_member_is_a_typed_error(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    header = struct.pack(">i", 9994) + bytes(96)
    record = struct.pack(">ii", 1, 500) + struct.pack("<i", 5) + bytes(20)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x.shp", header + record)
        archive.writestr("x.prj", UTM.to_wkt())
    with pytest.raises(UnreadableAoiError):
        aoi.read(path)


def test_a_geopackage_view_that_never_ends_is_stopped(tmp_path: Path) -> None:
    path = saved(tmp_path, "gpkg", frame(HOLED))
    with sqlite3.connect(path) as database:
        endless = (
            "CREATE VIEW endless AS SELECT max(i) AS geom FROM "
            "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n)"
        )
        database.execute(endless)
        database.execute("UPDATE gpkg_geometry_columns SET table_name='endless'")
    database.close()
    with pytest.raises(UnreadableAoiError):
        aoi.read(path)


def test_kml_entities_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.kml"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        "<kml><Polygon>&a;</Polygon></kml>",
        encoding="utf-8",
    )
    with pytest.raises(UnreadableAoiError, match="entities"):
        aoi.read(path)
    path.write_text("<kml><Polygon></kml>", encoding="utf-8")
    with pytest.raises(UnreadableAoiError, match="well-formed"):
        aoi.read(path)


@pytest.mark.parametrize("name", ["x.txt", "x.vrt", "x.kmz", "missing.geojson"])
def test_other_files_are_refused_with_a_remedy(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableAoiError) as caught:
        aoi.read(tmp_path / name)
    assert caught.value.hint


def on_grid(geometry: Polygon | MultiPolygon) -> aoi.Aoi:
    lonlat = frame(geometry).to_crs(4326).geometry.iloc[0]
    return aoi.from_geojson(mapping(lonlat), name="x")


def test_what_lies_inside_is_kept_as_it_is_and_covered_by_its_window() -> None:
    area = on_grid(box(500100, 4999500, 500300, 4999800))
    clipped, window = aoi.clip(area, GRID)
    assert clipped == area
    assert window.flatten() == (10, 20, 20, 30)


def test_what_is_cut_is_reported_as_a_share_of_the_area() -> None:
    clipped, window = aoi.clip(on_grid(box(499000, 4999000, 501000, 4999500)), GRID)
    (finding,) = clipped.findings
    assert finding.code == "aoi_clipped"
    assert finding.value == pytest.approx(50, abs=0.05)
    # A straight edge in degrees bends by a few centimetres on the grid.
    assert window.flatten() in {(0, 50, 100, 50), (0, 50, 100, 51)}
    back = frame(clipped.geometry, crs=4326).to_crs(32632).area.sum()
    assert back == pytest.approx(500_000, rel=1e-4)


def test_what_is_left_of_a_huge_area_is_not_rounded_away() -> None:
    clipped, _window = aoi.clip(on_grid(box(400000, 4900000, 501000, 5000000)), GRID)
    assert clipped.findings[0].message.startswith("More than 99.9 %")


def test_an_area_over_half_the_world_is_clipped_to_the_scene() -> None:
    clipped, window = aoi.clip(aoi.from_geojson(mapping(box(-60, -80, 80, 80)), name="x"), GRID)
    assert window == GRID.window
    assert aoi.AoiRaster(clipped, GRID).inside(GRID.window).all()


@pytest.mark.parametrize("geometry", [box(-60, -20, -59, -19), box(9.2, 45.2, 9.3, 45.3)])
def test_an_area_elsewhere_is_refused(geometry: Polygon) -> None:
    with pytest.raises(OutsideSceneError):
        aoi.clip(aoi.from_geojson(mapping(geometry), name="x"), GRID)


def test_the_whole_grid_has_its_ground_area_and_no_pixel_is_left_out() -> None:
    area = aoi.whole(GRID)
    assert aoi.clip(area, GRID) == (area, GRID.window)
    assert aoi.AoiRaster(area, GRID).inside(Window(-5, -5, 400, 300)).all()
    projected = frame(area.geometry, crs=4326).to_crs(32632).area.sum()
    assert projected == pytest.approx(200 * 300 * 100, rel=1e-6)


def test_a_grid_over_the_antimeridian_is_outlined_in_two_parts() -> None:
    grid = Grid(CRS.from_epsg(32660), Affine(100, 0, 500000, 0, -100, 8000000), 2000, 2500)
    outline = aoi.whole(grid).geometry
    assert outline.geom_type == "MultiPolygon"
    assert all(part.bounds[2] - part.bounds[0] < 10 for part in outline.geoms)
    east = box(-180, outline.bounds[1] + 0.5, -179, outline.bounds[3] - 0.5)
    _clipped, window = aoi.clip(aoi.from_geojson(mapping(east), name="x"), grid)
    assert window.col_off > 500


corners = st.lists(
    st.tuples(st.floats(499900, 503100), st.floats(4997900, 5000100)), min_size=3, max_size=8
)


@hypothesis_settings(max_examples=60, deadline=None)
@given(corners, st.integers(0, 250), st.integers(0, 150))
def test_a_pixel_counts_where_its_centre_is_covered(
    points: list[tuple[float, float]], left: int, top: int
) -> None:
    hull = shapely.convex_hull(shapely.MultiPoint(points))
    if hull.geom_type != "Polygon" or hull.area < 1000:
        return
    window = Window(left, top, 50, 50)
    burnt = aoi.AoiRaster(on_grid(hull), GRID).inside(window)
    cols, rows = np.meshgrid(np.arange(left, left + 50) + 0.5, np.arange(top, top + 50) + 0.5)
    xs, ys = 500000 + 10 * cols, 5000000 - 10 * rows
    # An edge is straight in degrees; 3.5 km of it bend by up to a quarter of a metre on the grid.
    is_near_edge = shapely.distance(hull.boundary, shapely.points(xs, ys)) < 0.25
    expected = shapely.contains_xy(hull, xs, ys)
    np.testing.assert_array_equal(burnt[~is_near_edge], expected[~is_near_edge])


def test_threads_may_share_one_raster() -> None:
    angles = np.linspace(0, 2 * np.pi, 10_000, endpoint=False)
    radius = 900 + 40 * np.sin(200 * angles)
    ring = np.column_stack([501500 + radius * np.cos(angles), 4999000 + radius * np.sin(angles)])
    raster = aoi.AoiRaster(on_grid(Polygon(ring)), GRID)
    expected = raster.inside(GRID.window)
    wrong: list[Window] = []

    def ask() -> None:
        for top in range(0, 200, 50):
            window = Window(0, top, 300, 50)
            if (raster.inside(window) != expected[top : top + 50]).any():
                wrong.append(window)

    threads = [threading.Thread(target=ask) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_geopackage_without_a_layer_is_said_to_be_empty(tmp_path):
    path = saved(tmp_path, "gpkg", frame(HOLED))
    with sqlite3.connect(path) as database:
        database.execute("DELETE FROM gpkg_geometry_columns")
    with pytest.raises(UnreadableAoiError, match="holds no layer"):
        aoi.read(path)
