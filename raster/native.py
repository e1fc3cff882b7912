"""Windows of one open raster at its own pixels: float32 values and which of them were observed.

The one place that decides what "not observed" means. Knows nothing of target grids or mosaics.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import ColorInterp, MaskFlags, Resampling
from rasterio.io import DatasetReader
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window

from errors import UnreadableRasterError
from raster import gdal
from raster.text import clean

Dataset: TypeAlias = DatasetReader | WarpedVRT
Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]

# No sensor measures this much; such values are fill that was not declared, and their squares
# would overflow float32.
LARGEST_VALUE = 1e18


def read(
    dataset: Dataset,
    indexes: Sequence[int],
    window: Window,
    *,
    out_shape: tuple[int, int] | None = None,
    resampling: Resampling = Resampling.nearest,
) -> tuple[Floats, Bools]:
    """Values (band, row, col) and observed pixels (row, col) of a window inside the dataset.

    A pixel is not observed where the dataset's mask or alpha says so, where any band is NaN,
    infinite or beyond 1e18, or where nodata is met: in *every* band read when nodata is 0 or the
    type is unsigned (a dark shadow may be 0 in one band), in *any* band otherwise. Pixels that
    were not observed are 0.

    Args:
        dataset: open raster.
        indexes: 1-based bands, without repetition.
        window: whole pixels, inside the dataset.
        out_shape: rows and columns to decimate to.
        resampling: how to decimate.

    Raises:
        UnreadableRasterError: a block is damaged or missing.
    """
    shape = out_shape or (int(window.height), int(window.width))
    try:
        raw = dataset.read(
            list(indexes), window=window, out_shape=(len(indexes), *shape), resampling=resampling
        )
        valid = _file_mask(dataset, indexes, window, shape)
    except gdal.FAILURES as error:
        name = clean(str(dataset.name).rsplit("/", maxsplit=1)[-1])
        msg = (
            f"{name!r} is truncated or damaged near row {window.row_off}, column {window.col_off}."
        )
        raise UnreadableRasterError(msg, hint="Copy or download the file again.") from error
    valid &= _declared(raw, [dataset.nodatavals[index - 1] for index in indexes])
    return _to_float(raw, valid)


def _to_float(raw: NDArray[Any], valid: Bools) -> tuple[Floats, Bools]:
    if raw.dtype.kind == "f":
        # NaN compares false, so one test finds NaN, infinity and absurd values.
        with np.errstate(invalid="ignore"):
            valid &= (np.abs(raw) < LARGEST_VALUE).all(axis=0)
        raw = np.where(valid, raw, 0)
    data = raw.astype(np.float32, copy=False)
    if not valid.all():
        data[:, ~valid] = 0
    return data, valid


def _file_mask(
    dataset: Dataset, indexes: Sequence[int], window: Window, shape: tuple[int, int]
) -> Bools:
    flags = dataset.mask_flag_enums[indexes[0] - 1]
    if MaskFlags.per_dataset in flags or MaskFlags.alpha in flags:
        return np.asarray(dataset.read_masks(indexes[0], window=window, out_shape=shape) > 0)
    if ColorInterp.alpha in dataset.colorinterp:
        # GDAL makes a mask of an alpha band in files of two or four bands only.
        alpha = dataset.colorinterp.index(ColorInterp.alpha) + 1
        return np.asarray(dataset.read(alpha, window=window, out_shape=shape) > 0)
    return np.ones(shape, dtype=np.bool_)


def _declared(raw: NDArray[Any], nodata: Sequence[float | None]) -> Bools:
    """Pixels that nodata leaves."""
    missing = [
        raw[position] == raw.dtype.type(value)
        for position, value in enumerate(nodata)
        if value is not None and _is_representable(value, raw.dtype)
    ]
    if not missing:
        return np.ones(raw.shape[1:], dtype=np.bool_)
    is_dark_value = raw.dtype.kind == "u" or not any(nodata)
    if is_dark_value:
        is_complete = len(missing) == len(raw)
        gone = np.logical_and.reduce(missing) if is_complete else np.zeros_like(missing[0])
    else:
        gone = np.logical_or.reduce(missing)
    return np.asarray(~gone)


def _is_representable(value: float, dtype: np.dtype[Any]) -> bool:
    if dtype.kind == "f":
        return not np.isnan(value) and abs(value) <= float(np.finfo(dtype).max)
    limits = np.iinfo(dtype)
    return float(value).is_integer() and limits.min <= value <= limits.max
