from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine

from errors import UnreadableRasterError
from raster import gdal


def write_tiff(path: Path, **options: object) -> Path:
    profile = {
        "driver": "GTiff", "width": 8, "height": 6, "count": 1, "dtype": "uint8",
        "crs": "EPSG:32632", "transform": Affine(10, 0, 500000, 0, -10, 5000000),
    } | options  # fmt: skip
    with rasterio.open(path, "w", **profile) as dataset:
        dataset.write(np.arange(48, dtype="uint8").reshape(1, 6, 8))
    return path


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<VRTDataset rasterXSize='1'/>", "VRT"),
        (b"\x89HDF\r\n\x1a\n", "netCDF or HDF5"),
        (b"PK\x03\x04aaaa", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"", "empty"),
        (b"hello there", "unknown"),
    ],
)
def test_a_tif_name_over_other_content_is_refused_by_what_it_is(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "scene.tif"
    path.write_bytes(content)
    with pytest.raises(UnreadableRasterError, match=words):
        gdal.driver_of(path)


def test_a_vrt_behind_a_tif_name_never_reads_the_file_it_points_to(tmp_path: Path) -> None:
    secret = write_tiff(tmp_path / "secret.tif")
    path = tmp_path / "scene.tif"
    path.write_text(
        f'<VRTDataset rasterXSize="8" rasterYSize="6"><VRTRasterBand dataType="Byte" band="1">'
        f"<SimpleSource><SourceFilename>{secret}</SourceFilename><SourceBand>1</SourceBand>"
        f"</SimpleSource></VRTRasterBand></VRTDataset>",
        encoding="utf-8",
    )
    with pytest.raises(UnreadableRasterError):
        gdal.open_dataset(path, gdal.TIFF)


@pytest.mark.parametrize(
    "text", ["/vsicurl/http://a.b/c.tif", "http://a.b/c.tif", "/vsizip/a.zip/b.tif"]
)
def test_urls_and_virtual_paths_are_refused(text: str) -> None:
    with pytest.raises(UnreadableRasterError, match="not a file on this machine"):
        gdal.driver_of(Path(text))


@pytest.mark.parametrize("suffix", [".nc", ".grib2", ".vrt", ".img", ""])
def test_other_formats_are_refused_with_a_remedy(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"scene{suffix}"
    path.write_bytes(b"GRIB....")
    with pytest.raises(UnreadableRasterError) as caught:
        gdal.driver_of(path)
    assert "gdal_translate" in caught.value.hint


def test_a_raw_file_with_an_envi_header_is_opened_as_envi(tmp_path: Path) -> None:
    path = tmp_path / "2003tm"
    with rasterio.open(
        path, "w", driver="ENVI", width=5, height=4, count=2, dtype="uint8", crs="EPSG:32651",
        transform=Affine(30, 0, 200000, 0, -30, 3600000),
    ) as dataset:  # fmt: skip
        dataset.write(np.ones((2, 4, 5), "uint8"))
    assert gdal.driver_of(path) == gdal.ENVI
    with gdal.open_dataset(path, gdal.ENVI) as opened:
        assert opened.count == 2
        assert opened.crs.to_epsg() == 32651


def test_side_files_change_neither_crs_nor_mask(tmp_path: Path) -> None:
    path = write_tiff(tmp_path / "scene.tif")
    (tmp_path / "scene.tif.aux.xml").write_text(
        "<PAMDataset><SRS>EPSG:3857</SRS></PAMDataset>", encoding="utf-8"
    )
    write_tiff(tmp_path / "scene.tif.msk")
    with gdal.open_dataset(path, gdal.TIFF) as opened:
        assert opened.crs.to_epsg() == 32632
        assert opened.dataset_mask().all()


def test_the_block_cache_follows_the_settings() -> None:
    with gdal.environment():
        assert rasterio.env.get_gdal_config("GDAL_CACHEMAX") == 256 * 2**20
