"""Whether a raster can be worked with: limits, readable blocks, at least one observed pixel.

Looks at a few blocks only, so that opening stays quick. Knows nothing of bands' meaning.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rasterio.enums import ColorInterp, Interleaving
from rasterio.io import DatasetReader
from rasterio.windows import Window

import settings
from errors import TooManyPixelsError, UnreadableRasterError
from raster import gdal, native
from raster.native import Dataset

MAX_BANDS = 512
MAX_BLOCK_BYTES = 256 * 2**20
MAX_OFFSETS_CHECKED = 2000
SAMPLE_PX = 512
SAMPLE_BANDS = 4
SEARCH_PX = 1024
# A soft edge takes up a small part of an alpha band.
MOST_BETWEEN = 0.5


@dataclass(frozen=True)
class Sample:
    """What a few blocks show.

    Attributes:
        has_valid: at least one pixel was observed.
        is_grey: there are three bands and they are copies of one.
    """

    has_valid: bool
    is_grey: bool


def check_limits(dataset: DatasetReader, name: str) -> None:
    """Refuse what would take too much memory or time, from the header alone.

    Raises:
        TooManyPixelsError: more pixels than the settings allow, or too large blocks.
        UnreadableRasterError: no bands, too many bands, complex values, or a colour table.
    """
    check_pixels(dataset.height, dataset.width, dataset.count, name)
    if not 0 < dataset.count <= MAX_BANDS:
        msg = f"{name!r} has {dataset.count} bands; 1 to {MAX_BANDS} can be read."
        raise UnreadableRasterError(msg, hint="Choose bands with gdal_translate -b 1 -b 2.")
    _check_type(dataset, name)
    rows, cols = dataset.block_shapes[0]
    bands = dataset.count if dataset.interleaving == Interleaving.pixel else 1
    block_bytes = rows * cols * bands * np.dtype(dataset.dtypes[0]).itemsize
    if block_bytes > MAX_BLOCK_BYTES:
        msg = f"The blocks of {name!r} hold {block_bytes / 2**20:.0f} MiB; the limit is 256 MiB."
        raise TooManyPixelsError(msg, hint="Tile it: gdal_translate -of COG in.tif out.tif")


def check_pixels(height: int, width: int, bands: int, name: str) -> None:
    """Refuse more pixels (rows x columns x bands) than the settings allow.

    Raises:
        TooManyPixelsError: naming the numbers and the setting.
    """
    limit, declared = settings.load().max_pixels, height * width * bands
    if declared > limit:
        msg = f"{name!r} declares {width} x {height} x {bands} = {declared} pixels, over {limit}."
        raise TooManyPixelsError(msg, hint="Crop it, or raise GROUNDSHIFT_MAX_PIXELS.")


def _check_type(dataset: DatasetReader, name: str) -> None:
    kinds = {dtype for dtype in dataset.dtypes if "complex" in dtype or dtype.startswith("c")}
    if kinds:
        msg = f"{name!r} holds complex values ({kinds.pop()}), not intensities."
        hint = "Detect the SAR image first (intensity or amplitude, terrain-corrected)."
        raise UnreadableRasterError(msg, hint=hint)
    if ColorInterp.palette in dataset.colorinterp:
        msg = f"{name!r} holds indexes into a colour table, which cannot be averaged like imagery."
        hint = "If it is a picture, expand it: gdal_translate -expand rgb in.tif out.tif"
        raise UnreadableRasterError(msg, hint=hint)


def check_offsets(dataset: DatasetReader, path: Path, name: str) -> None:
    """Refuse a GeoTIFF whose blocks lie beyond the end of the file.

    Raises:
        UnreadableRasterError: the file is truncated.
    """
    if dataset.driver != gdal.TIFF:
        return
    file_bytes = path.stat().st_size
    for row, col in _block_ids(dataset):
        end = _block_end(dataset, row, col)
        if end > file_bytes:
            msg = f"{name!r} is truncated: it has {file_bytes} bytes and should have {end} or more."
            raise UnreadableRasterError(msg, hint="Copy or download the file again.")


def sample(dataset: Dataset, indexes: Sequence[int]) -> Sample:
    """Read a few spread blocks, the first and the last among them.

    Raises:
        UnreadableRasterError: one of them is damaged.
    """
    used = [*indexes[: SAMPLE_BANDS - 1], indexes[-1]] if len(indexes) > 1 else list(indexes)
    used = sorted(set(used))
    has_valid, is_grey = False, len(indexes) == 3
    for window in _spread(dataset):
        data, valid = native.read(dataset, used, window)
        has_valid |= bool(valid.any())
        is_grey = is_grey and bool((data == data[:1]).all())
    return Sample(has_valid or _has_valid_anywhere(dataset, used), is_grey and has_valid)


def has_imagery_in_alpha(dataset: DatasetReader, index: int) -> bool:
    """Whether most of the alpha band `index` is neither clear nor opaque, as near infrared is."""
    values = np.concatenate(
        [dataset.read(index, window=window).ravel() for window in _spread(dataset)]
    )
    is_between = (values > 0) & (values < values.max())
    return bool(np.isfinite(values).all() and is_between.mean() > MOST_BETWEEN)


def _has_valid_anywhere(dataset: Dataset, indexes: Sequence[int]) -> bool:
    """Look at the whole raster, decimated to 1024 px."""
    step = max(dataset.height / SEARCH_PX, dataset.width / SEARCH_PX, 1.0)
    shape = (max(int(dataset.height / step), 1), max(int(dataset.width / step), 1))
    window = Window(0, 0, dataset.width, dataset.height)
    _data, valid = native.read(dataset, indexes, window, out_shape=shape)
    return bool(valid.any())


def _spread(dataset: Dataset) -> Iterator[Window]:
    """Up to five blocks (corners and centre), cut to 512 px."""
    rows, cols = dataset.block_shapes[0]
    last_row, last_col = (dataset.height - 1) // rows, (dataset.width - 1) // cols
    corners = {(0, 0), (0, last_col), (last_row, 0), (last_row, last_col)}
    for row, col in sorted(corners | {(last_row // 2, last_col // 2)}):
        top, left = row * rows, col * cols
        height = min(rows, dataset.height - top, SAMPLE_PX)
        width = min(cols, dataset.width - left, SAMPLE_PX)
        yield Window(left, top, width, height)


def _block_ids(dataset: DatasetReader) -> Iterator[tuple[int, int]]:
    """Block rows and columns, at most about 2000, evenly spread, the last one among them."""
    rows, cols = dataset.block_shapes[0]
    count_rows, count_cols = -(-dataset.height // rows), -(-dataset.width // cols)
    count = count_rows * count_cols
    for number in range(0, count, -(-count // MAX_OFFSETS_CHECKED)):
        yield divmod(number, count_cols)
    yield count_rows - 1, count_cols - 1


def _block_end(dataset: DatasetReader, row: int, col: int) -> int:
    """Byte after the last byte of a block; 0 for a sparse block."""
    try:
        offset = dataset.get_tag_item(f"BLOCK_OFFSET_{col}_{row}", "TIFF", bidx=dataset.count)
        size = dataset.get_tag_item(f"BLOCK_SIZE_{col}_{row}", "TIFF", bidx=dataset.count)
    except gdal.FAILURES:
        return 0
    return int(offset) + int(size) if offset and size else 0
