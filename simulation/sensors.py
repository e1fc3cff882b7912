"""Sensors: their bands, how a fine canvas becomes pixels, and how pixels become numbers in a file.

Knows nothing of places or weather.
"""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from raster.scene import BandRole

Floats = NDArray[np.float32]
SensorName = Literal["rgb", "multispectral4", "multispectral6", "sar"]
Pixels = NDArray[np.generic]
NODATA = 0


@dataclass(frozen=True)
class Sensor:
    """One kind of imagery.

    Attributes:
        roles: band roles in file order.
        names: band descriptions in file order.
        dtype: numpy dtype name of the file.
        wavelengths_nm: centre wavelengths, empty for radar.
    """

    roles: tuple[BandRole, ...]
    names: tuple[str, ...]
    dtype: str
    wavelengths_nm: tuple[float, ...] = ()

    @property
    def is_radar(self) -> bool:
        """Whether it measures backscatter."""
        return not self.wavelengths_nm


SENSORS: dict[SensorName, Sensor] = {
    "rgb": Sensor(("red", "green", "blue"), ("red", "green", "blue"), "uint8", (650, 550, 470)),
    "multispectral4": Sensor(
        ("blue", "green", "red", "nir"), ("B02", "B03", "B04", "B08"), "uint16",
        (492, 560, 665, 833)),
    "multispectral6": Sensor(
        ("blue", "green", "red", "nir", "swir1", "swir2"),
        ("B02", "B03", "B04", "B08", "B11", "B12"), "uint16", (492, 560, 665, 833, 1614, 2202)),
    "sar": Sensor(("vv", "vh"), ("VV", "VH"), "float32"),
}  # fmt: skip

# Full white of the aerial camera, as reflectance, and its tone curve.
CAMERA_WHITE = 0.44
CAMERA_GAMMA = 1 / 1.75


def average(canvas: Floats, factor: int) -> Floats:
    """Pixels as area averages of `factor` x `factor` canvas pixels (band, row, col)."""
    if factor == 1:
        return canvas
    rows, cols = canvas.shape[1] // factor, canvas.shape[2] // factor
    bands = [cv2.resize(band, (cols, rows), interpolation=cv2.INTER_AREA) for band in canvas]
    return np.stack(bands).astype(np.float32, copy=False)


def signal(reflectance: Floats, sensor: Sensor) -> Floats:
    """What the electronics see in 0..1: the tone curve of a camera, else the reflectance."""
    if sensor.dtype != "uint8":
        return reflectance
    return np.asarray(np.clip(reflectance / CAMERA_WHITE, 0, 1) ** CAMERA_GAMMA, np.float32)


def quantise(values: Floats, sensor: Sensor) -> Pixels:
    """Numbers as stored: 1..255, reflectance times 10,000 (at least 1), or float32 intensity.

    0 is kept for nodata. Radar intensity keeps 12 bits of mantissa, which is 0.001 dB, so that
    files compress.
    """
    if sensor.dtype == "uint8":
        return np.clip(np.round(values * 255), 1, 255).astype(np.uint8)
    if sensor.dtype == "uint16":
        return np.clip(np.round(values * 10_000), 1, 65_535).astype(np.uint16)
    positive = np.maximum(values, np.float32(1e-6)).astype(np.float32)
    return (positive.view(np.uint32) & np.uint32(0xFFFFF800)).view(np.float32)


def speckle(rng: np.random.Generator, intensity: Floats, looks: float) -> Floats:
    """Multiplicative gamma speckle of mean 1 and variance 1 / looks.

    Source: Goodman (1976), "Some fundamental properties of speckle"; multi-look intensity is gamma.
    """
    return np.asarray(intensity * rng.gamma(looks, 1 / looks, intensity.shape), np.float32)
