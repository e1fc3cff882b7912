"""Opening scenes: what is accepted, what is refused, and what is said about it."""

import time
from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.control import GroundControlPoint
from rasterio.windows import Window

import settings
from errors import (
    GroundshiftError,
    InputError,
    MissingCrsError,
    TooManyPixelsError,
    UnreadableRasterError,
)
from raster import scene
from raster.reading import SceneReader

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
NORTH_UP = Affine(10, 0, 500000, 0, -10, 5000000)


def write(path: Path, data: NDArray, **options: object) -> Path:
    profile = {
        "driver": "GTiff", "width": data.shape[2], "height": data.shape[1], "count": len(data),
        "dtype": data.dtype.name, "crs": "EPSG:32632", "transform": NORTH_UP,
    } | options  # fmt: skip
    descriptions = profile.pop("descriptions", ())
    tags = profile.pop("tags", {})
    with rasterio.open(path, "w", **profile) as dataset:
        dataset.write(data)
        for index, text in enumerate(descriptions, start=1):
            dataset.set_band_description(index, text)
        dataset.update_tags(**tags)
    return path


def ramp(bands: int = 3, rows: int = 40, cols: int = 50, dtype: str = "uint8") -> NDArray:
    values = np.arange(bands * rows * cols) % 251 + 1
    return values.reshape(bands, rows, cols).astype(dtype)


def test_a_plain_geotiff_is_described(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a\u202eb_x.tif", ramp(4, dtype="uint16"), nodata=0,
        descriptions=("B02", "B03", "B04", "B08"),
        tags={"ACQUISITION_DATE": "2024-05-06", "BOA_ADD_OFFSET": "-1000"},
    )  # fmt: skip
    found = scene.open(path)
    assert found.name == "ab_x.tif"
    assert found.grid.shape == (40, 50)
    assert found.grid.gsd_m == pytest.approx(10, rel=1e-3)
    assert [band.role for band in found.bands] == ["blue", "green", "red", "nir"]
    assert (found.dtype, found.nodata, found.sensor) == ("uint16", 0, "optical")
    assert found.acquired_on == date(2024, 5, 6)
    assert found.date_source == "tag ACQUISITION_DATE"
    assert found.offset_dn == -1000
    assert not found.findings


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"crs": None}, MissingCrsError, "no CRS"),
        ({"dtype": "complex64"}, UnreadableRasterError, "complex"),
        ({"crs": "+proj=eqc +R=3396190 +units=m"}, UnreadableRasterError, "not of the Earth"),
        ({"crs": 'LOCAL_CS["site",UNIT["metre",1]]'}, UnreadableRasterError, "local"),
        ({"transform": Affine(10, 0, 5e5, 0, 0, 5e6)}, UnreadableRasterError, "degenerate"),
        ({"transform": Affine(1e7, 0, 5e5, 0, -1e7, 5e6)}, UnreadableRasterError, r"Earth|size"),
        ({"nodata": 7}, UnreadableRasterError, "no observed pixel"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_a_remedy(
    tmp_path: Path, options: dict[str, object], error: type[GroundshiftError], words: str
) -> None:
    data = np.full((1, 20, 20), 7, dtype=str(options.get("dtype", "uint8")))
    path = write(tmp_path / "scene.tif", data, **options)
    with pytest.raises(error, match=words) as caught:
        scene.open(path)
    assert caught.value.hint


def test_a_colour_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "classes.tif"
    write(path, ramp(1), photometric="palette")
    with rasterio.open(path, "r+") as dataset:
        dataset.write_colormap(1, {1: (255, 0, 0, 255)})
    with pytest.raises(UnreadableRasterError, match="colour table"):
        scene.open(path)


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.99])
def test_a_truncated_file_is_found_at_open(tmp_path: Path, kept: float) -> None:
    data = np.random.default_rng(1).integers(1, 255, (3, 600, 600), dtype="uint8")
    path = write(tmp_path / "x.tif", data, tiled=True, blockxsize=256, blockysize=256)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(UnreadableRasterError, match=r"truncated|damaged"):
        scene.open(path)


def test_a_damaged_block_in_the_middle_is_a_typed_error_on_reading(tmp_path: Path) -> None:
    data = np.random.default_rng(1).integers(1, 255, (1, 768, 768), dtype="uint8")
    path = write(
        tmp_path / "x.tif", data, tiled=True, blockxsize=128, blockysize=128, compress="zstd"
    )
    with rasterio.open(path) as dataset:
        offset = int(dataset.get_tag_item("BLOCK_OFFSET_1_2", "TIFF", bidx=1))
    content = bytearray(path.read_bytes())
    content[offset : offset + 4000] = b"\x5a" * 4000
    path.write_bytes(content)
    found = scene.open(path)
    reader = SceneReader(found, found.grid, bands=((1,),))
    with reader, pytest.raises(UnreadableRasterError, match="damaged"):
        reader.read(found.grid.window)


def test_declared_pixels_are_checked_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "huge.tif"
    with rasterio.open(
        path, "w", driver="GTiff", width=200_000, height=200_000, count=3, dtype="uint8",
        crs="EPSG:32632", transform=NORTH_UP, tiled=True, sparse_ok=True, bigtiff=True,
    ):  # fmt: skip
        pass
    with pytest.raises(TooManyPixelsError, match="200000 x 200000 x 3"):
        scene.open(path)
    monkeypatch.setenv("GROUNDSHIFT_MAX_PIXELS", "100")
    settings.load.cache_clear()
    try:
        with pytest.raises(TooManyPixelsError):
            scene.open(write(tmp_path / "small.tif", ramp()))
    finally:
        settings.load.cache_clear()


def test_a_one_pixel_raster_is_a_scene(tmp_path: Path) -> None:
    found = scene.open(write(tmp_path / "x.tif", np.full((1, 1, 1), 9, "uint8")))
    assert found.grid.shape == (1, 1)
    assert found.grid.gsd_m == pytest.approx(10, rel=1e-2)


def test_a_rotated_grid_is_brought_north_up_with_its_pixels(tmp_path: Path) -> None:
    turned = Affine.translation(500000, 5000000) @ Affine.rotation(30) @ Affine.scale(10, -10)
    found = scene.open(
        write(tmp_path / "x.tif", np.full((1, 100, 100), 50, "uint8"), transform=turned)
    )
    assert [finding.code for finding in found.findings if finding.code == "rotated_grid"]
    assert (found.grid.transform.b, found.grid.transform.d) == (0, 0)
    with SceneReader(found, found.grid, bands=((1,),)) as reader:
        data, valid = reader.read(found.grid.window)
    # 100 x 100 pixels of 10 m turned by 30 degrees still cover 1 km2.
    assert valid.sum() * 100 == pytest.approx(1e6, rel=0.02)
    np.testing.assert_allclose(data[0][valid], 50, atol=1e-4)


def test_a_south_up_grid_is_flipped_exactly(tmp_path: Path) -> None:
    flipped = Affine(10, 0, 500000, 0, 10, 4999600)
    data = ramp(1)
    found = scene.open(write(tmp_path / "x.tif", data, transform=flipped))
    with SceneReader(found, found.grid, bands=((1,),)) as reader:
        read, valid = reader.read(found.grid.window)
    assert valid.all()
    np.testing.assert_allclose(read[0], data[0, ::-1], atol=1e-3)


def test_a_file_with_control_points_is_warped_and_says_so(tmp_path: Path) -> None:
    points = [
        GroundControlPoint(row=row, col=col, x=500000 + 10 * col, y=5000000 - 10 * row)
        for row in (0, 20, 40)
        for col in (0, 25, 50)
    ]
    path = tmp_path / "gcp.tif"
    write(path, ramp(1), transform=None, gcps=points)
    found = scene.open(path)
    assert "gcp_grid" in {finding.code for finding in found.findings}
    assert found.grid.bounds == pytest.approx((500000, 4999600, 500500, 5000000), abs=20)
    with SceneReader(found, found.grid, bands=((1,),)) as reader:
        _data, valid = reader.read(found.grid.window)
    assert valid.mean() > 0.9


def test_alpha_is_validity_and_no_band(tmp_path: Path) -> None:
    data = ramp(4)
    data[3] = 255
    data[3, :, 25:] = 0
    found = scene.open(write(tmp_path / "x.tif", data, photometric="rgb", alpha="yes"))
    assert [band.role for band in found.bands] == ["red", "green", "blue"]
    with SceneReader(found, found.grid, bands=((1,), (2,), (3,))) as reader:
        _read, valid = reader.read(found.grid.window)
    assert valid[:, :25].all()
    assert not valid[:, 25:].any()


def test_unnamed_words_get_no_roles_and_a_finding(tmp_path: Path) -> None:
    found = scene.open(write(tmp_path / "1990.tif", ramp(4, dtype="uint16")))
    assert {band.role for band in found.bands} == {None}
    assert {"band_roles_unknown", "year_only"} <= {finding.code for finding in found.findings}
    assert found.acquired_on is None


def test_scale_and_offset_are_told_and_not_applied(tmp_path: Path) -> None:
    path = write(tmp_path / "x.tif", ramp(1, dtype="int16"))
    with rasterio.open(path, "r+") as dataset:
        dataset.scales, dataset.offsets = (0.0001,), (0.5,)
    assert "scale_offset" in {finding.code for finding in scene.open(path).findings}


def tiles_of(folder: Path, data: NDArray, half: int) -> Path:
    folder.mkdir()
    write(folder / "a.tif", data[:, :, :half])
    moved = NORTH_UP @ Affine.translation(half, 0)
    write(folder / "b.tif", data[:, :, half:], transform=moved)
    (folder / "notes.txt").write_text("not a tile", encoding="utf-8")
    return folder


def test_a_folder_of_tiles_reads_like_the_whole_image(tmp_path: Path) -> None:
    data = ramp(3, 40, 50)
    found = scene.open(tiles_of(tmp_path / "tiles_20240506", data, 20))
    assert found.grid.shape == (40, 50)
    assert found.grid.transform.almost_equals(NORTH_UP)
    assert len(found.paths) == 2
    assert found.acquired_on == date(2024, 5, 6)
    with SceneReader(found, found.grid, bands=((1,), (2,), (3,))) as reader:
        read, valid = reader.read(Window(10, 5, 30, 20))
    assert valid.all()
    np.testing.assert_array_equal(read, data[:, 5:25, 10:40])


def test_the_first_tile_that_observed_a_pixel_wins(tmp_path: Path) -> None:
    first, second = np.full((1, 10, 10), 5, "uint8"), np.full((1, 10, 10), 9, "uint8")
    first[0, 4, 4] = 0
    write(tmp_path / "a.tif", first, nodata=0)
    write(tmp_path / "b.tif", second, nodata=0)
    found = scene.open(tmp_path)
    with SceneReader(found, found.grid, bands=((1,),)) as reader:
        read, valid = reader.read(found.grid.window)
    assert valid.all()
    assert read[0, 4, 4] == 9
    assert (read == 5).sum() == 99


@pytest.mark.parametrize("other", [ramp(2), ramp(3, dtype="uint16")])
def test_tiles_of_another_kind_are_refused_by_name(tmp_path: Path, other: NDArray) -> None:
    write(tmp_path / "a.tif", ramp(3))
    write(tmp_path / "stranger.tif", other)
    with pytest.raises(UnreadableRasterError, match=r"stranger\.tif"):
        scene.open(tmp_path)


def test_tiles_in_another_crs_are_warped_with_a_finding(tmp_path: Path) -> None:
    write(tmp_path / "a.tif", np.full((1, 50, 50), 80, "uint8"))
    near = Affine(0.0001, 0, 9.0062, 0, -0.0001, 45.1535)
    write(tmp_path / "b.tif", np.full((1, 50, 50), 80, "uint8"), crs="EPSG:4326", transform=near)
    found = scene.open(tmp_path)
    assert "mosaic_crs" in {finding.code for finding in found.findings}
    assert found.grid.crs.to_epsg() == 32632
    assert found.grid.width > 60
    with SceneReader(found, found.grid, bands=((1,),)) as reader:
        read, valid = reader.read(found.grid.window)
    assert valid.sum() > 3500
    np.testing.assert_allclose(read[0][valid], 80, atol=1e-3)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableRasterError, match="holds no GeoTIFF"):
        scene.open(tmp_path)


def test_pictures_are_refused_as_scenes_and_open_as_pictures(tmp_path: Path) -> None:
    path = tmp_path / "pre.png"
    data = ramp(3)
    cv2.imwrite(str(path), data[::-1].transpose(1, 2, 0))
    with pytest.raises(MissingCrsError, match="picture"):
        scene.open(path)
    found = scene.open_picture(path, gsd_m=1.5)
    assert found.grid.gsd_m == pytest.approx(1.5, rel=1e-6)
    with SceneReader(found, found.grid, bands=((1,), (2,), (3,))) as reader:
        read, valid = reader.read(found.grid.window)
    assert valid.all()
    np.testing.assert_array_equal(read, data)
    assert "picture_gsd" in {
        finding.code for finding in scene.open_picture(path, gsd_m=None).findings
    }
    with pytest.raises(InputError):
        scene.open_picture(path, gsd_m=-1)


def test_flipped_bytes_never_give_anything_but_a_typed_error(tmp_path: Path) -> None:
    path = write(tmp_path / "x.tif", ramp(3), compress="deflate", nodata=0)
    content = path.read_bytes()
    random = np.random.default_rng(5)
    hints = []
    for _attempt in range(150):
        broken = bytearray(content)
        for place in random.integers(0, len(content), 4):
            broken[place] = random.integers(0, 128)
        path.write_bytes(broken)
        hints.append(hint_after_reading(path))
    assert "" not in hints
    assert len(set(hints)) > 2


def odd_files() -> list[Path]:
    folder = SHARED / "odd_rasters"
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "INDEX.csv")


@pytest.mark.skipif(not odd_files(), reason="the shared odd rasters are not on this machine")
def test_every_odd_raster_reads_or_gives_a_typed_error() -> None:
    slowest_s, hints = 0.0, []
    for path in odd_files():
        started_s = time.monotonic()
        hints.append(hint_after_reading(path))
        slowest_s = max(slowest_s, time.monotonic() - started_s)
    assert hints.count(None) > 60
    assert "" not in hints
    assert slowest_s < 20


def hint_after_reading(path: Path) -> str | None:
    """None once the first and the last window were read, else the remedy of the typed error."""
    try:
        read_corners(scene.open(path))
    except GroundshiftError as error:
        return error.hint
    return None


def read_corners(found: scene.Scene) -> None:
    height, width = found.grid.shape
    rows, cols = min(height, 256), min(width, 256)
    groups = tuple((band.index,) for band in found.bands)
    with SceneReader(found, found.grid, bands=groups) as reader:
        for window in (Window(0, 0, cols, rows), Window(width - cols, height - rows, cols, rows)):
            data, valid = reader.read(window)
            assert data.shape == (len(groups), rows, cols)
            assert np.isfinite(data).all()
            assert (data[:, ~valid] == 0).all()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared imagery is not on this machine")
@pytest.mark.parametrize(
    ("pattern", "roles", "gsd_m"),
    [
        ("pairs/sentinel2_oscd/*/p*.tif", ("blue", "green", "red", "nir"), 10),
        ("pairs/landsat_envi/*/*[gm]", ("blue", "green", "red", "nir", "swir1", "swir2"), 30),
        ("pairs/joplin_mixed_crs/p*.tif", ("red", "green", "blue"), 0.6),
        ("series/naip_wetland/*.tif", ("red", "green", "blue", "nir"), 5),
        ("flood_chip/s1.tif", ("vv", "vh"), 9),
    ],
)
def test_real_products_open_with_roles_and_ground_size(
    pattern: str, roles: tuple[str, ...], gsd_m: float
) -> None:
    paths = sorted(SHARED.glob(pattern))
    assert paths
    for path in paths:
        found = scene.open(path)
        assert tuple(band.role for band in found.bands) == roles
        assert found.grid.gsd_m == pytest.approx(gsd_m, rel=0.06)
        assert found.sensor == ("sar" if "vv" in roles else "optical")
        read_corners(found)


def test_a_fourth_band_marked_as_alpha_by_habit_is_pointed_out(tmp_path: Path) -> None:
    """GDAL marks the fourth band of bytes as alpha unless it is told otherwise."""
    data = np.random.default_rng(1).integers(1, 255, (4, 40, 50)).astype("uint8")
    found = scene.open(write(tmp_path / "x.tif", data))
    assert len(found.bands) == 3
    (told,) = [finding for finding in found.findings if finding.code == "alpha_imagery"]
    assert told.severity == "caution"
    assert "Band 4" in told.message


@pytest.mark.parametrize("soft_px", [0, 6])
def test_a_real_alpha_band_is_nothing_to_point_out(tmp_path: Path, soft_px: int) -> None:
    data = np.random.default_rng(1).integers(1, 255, (4, 40, 50)).astype("uint8")
    data[3] = 255
    data[3, :10] = 0
    data[3, 10 : 10 + soft_px] = np.linspace(20, 230, soft_px)[:, None]
    found = scene.open(write(tmp_path / "x.tif", data, photometric="rgb", alpha="yes"))
    assert "alpha_imagery" not in {finding.code for finding in found.findings}
