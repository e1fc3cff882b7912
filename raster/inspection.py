"""What one raster file is, checked before anybody works with it.

Knows nothing of mosaics or pairs.
"""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from rasterio.enums import ColorInterp
from rasterio.io import DatasetReader

from errors import MissingCrsError, UnreadableRasterError
from raster import gdal, georeference, probe
from raster.bands import BandLabel
from raster.findings import Finding
from raster.georeference import Georeference
from raster.native import Dataset
from raster.text import clean

MAX_TAGS = 200
HINT_TAGS = ("SPACECRAFT", "SATELLITE", "SENSOR", "PLATFORM", "MISSION", "PRODUCT", "INSTRUMENT",
             "IMAGEDESCRIPTION", "SOFTWARE")  # fmt: skip


@dataclass(frozen=True)
class Inspection:
    """One file that passed every check.

    Attributes:
        path: the file.
        driver: GDAL driver to open it with.
        grid: north-up grid.
        labels: what the file says about its image bands; alpha is left out.
        dtype: numpy name of the data type.
        nodata: nodata value of the first band, or None.
        tags: dataset tags, cleaned.
        has_valid: some pixel was observed.
        is_grey: three bands that are copies of one.
        has_overviews: reduced copies are inside.
        findings: what was noticed.
    """

    path: Path
    driver: str
    georeference: Georeference
    labels: tuple[BandLabel, ...]
    dtype: str
    nodata: float | None
    tags: Mapping[str, str]
    has_valid: bool
    is_grey: bool
    has_overviews: bool
    findings: tuple[Finding, ...]

    @property
    def hints(self) -> str:
        """Names and tags in which a mission or a sensor may be named."""
        parents = [parent.name for parent in self.path.absolute().parents[:2]]
        told = [
            value
            for key, value in self.tags.items()
            if any(word in key.upper() for word in HINT_TAGS)
        ]
        return clean(" ".join([self.path.name, *parents, *told]), limit=2000)


def inspect(path: Path) -> Inspection:
    """A georeferenced raster file.

    Raises:
        RasterError: see `georeference`, `probe` and `gdal` for the kinds.
    """
    driver = gdal.driver_of(path)
    name = clean(path.name)
    if driver in gdal.PICTURE_DRIVERS:
        msg = f"{name!r} is a picture without georeference."
        hint = (
            "Georeference it (gdal_translate -a_srs EPSG:nnnn -a_ullr west north east south), or "
            "use `evaluate` with --gsd-m."
        )
        raise MissingCrsError(msg, hint=hint)
    with gdal.translating(path), closing(gdal.open_dataset(path, driver)) as dataset:
        probe.check_limits(dataset, name)
        placed = georeference.of(dataset, name)
        return _inspect(dataset, path, placed)


def inspect_picture(path: Path, *, gsd_m: float | None) -> Inspection:
    """A picture, placed on a made-up local grid whatever georeference it has.

    Raises:
        RasterError: as `inspect`.
    """
    driver = gdal.driver_of(path)
    with gdal.translating(path), closing(gdal.open_dataset(path, driver)) as dataset:
        probe.check_limits(dataset, clean(path.name))
        return _inspect(dataset, path, georeference.picture(dataset, gsd_m))


def _inspect(dataset: DatasetReader, path: Path, placed: Georeference) -> Inspection:
    name = clean(path.name)
    probe.check_pixels(*placed.grid.shape, dataset.count, name)
    probe.check_offsets(dataset, path, name)
    labels = _labels(dataset)
    if not labels:
        msg = f"{name!r} has an alpha band but no image band."
        raise UnreadableRasterError(msg, hint="Give the image itself.")
    seen = _sample(dataset, placed, labels)
    return Inspection(
        path=path,
        driver=dataset.driver,
        georeference=placed,
        labels=labels,
        dtype=dataset.dtypes[0],
        nodata=dataset.nodata,
        tags=_tags(dataset),
        has_valid=seen.has_valid,
        is_grey=seen.is_grey,
        has_overviews=bool(dataset.overviews(1)),
        findings=placed.findings + _scaling(dataset, labels) + _alpha(dataset),
    )


def _sample(
    dataset: DatasetReader, placed: Georeference, labels: tuple[BandLabel, ...]
) -> probe.Sample:
    indexes = [label.index for label in labels]
    if not placed.has_gcps:
        return probe.sample(dataset, indexes)
    warped: Dataset
    with georeference.open_north_up(dataset) as warped:
        return probe.sample(warped, indexes)


def _labels(dataset: DatasetReader) -> tuple[BandLabel, ...]:
    return tuple(
        BandLabel(index, clean(description or ""), color.name.lower(), dataset.tags(index))
        for index, description, color in zip(
            dataset.indexes, dataset.descriptions, dataset.colorinterp, strict=True
        )
        if color != ColorInterp.alpha
    )


def _tags(dataset: DatasetReader) -> dict[str, str]:
    """Tags of the default and the ENVI domain; the first 200, keys and values cleaned."""
    tags = dataset.tags(ns="ENVI") | dataset.tags()
    return {clean(key): clean(value) for key, value in list(tags.items())[:MAX_TAGS]}


def _alpha(dataset: DatasetReader) -> tuple[Finding, ...]:
    """Say where an alpha band looks like imagery: GDAL marks any fourth band of bytes as alpha."""
    found = [
        index
        for index, color in zip(dataset.indexes, dataset.colorinterp, strict=True)
        if color == ColorInterp.alpha and probe.has_imagery_in_alpha(dataset, index)
    ]
    return tuple(
        Finding(
            "alpha_imagery", "caution",
            f"Band {index} is marked as alpha but holds many values, as near infrared would. It is "
            "not compared, and ground where it is 0 counts as not observed.",
            f"If it is imagery, say so: gdal_edit.py -colorinterp_{index} undefined FILE",
            float(index), "1",
        )
        for index in found
    )  # fmt: skip


def _scaling(dataset: DatasetReader, labels: tuple[BandLabel, ...]) -> tuple[Finding, ...]:
    used = [(dataset.scales[band.index - 1], dataset.offsets[band.index - 1]) for band in labels]
    if all(pair == (1.0, 0.0) for pair in used):
        return ()
    scale, offset = used[0]
    finding = Finding(
        "scale_offset", "info",
        f"The file declares scale {scale:g} and offset {offset:g}; they are not applied.",
        value=scale, unit="1",
    )  # fmt: skip
    return (finding,)
