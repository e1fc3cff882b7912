"""Longitudes that do not jump, and windows filled in without asking for every pixel."""

import numpy as np
import pytest
from affine import Affine
from rasterio.crs import CRS
from rasterio.windows import Window

from analysis import parted
from analysis.parted import Degrees
from raster.grid import Grid

DATE_LINE = Grid(CRS.from_epsg(32660), Affine(1000, 0, 780_000, 0, -1000, 100_000), 80, 120)
"""Reaches from 179.5 degrees east over the date line."""


def test_longitudes_rise_evenly_over_the_date_line():
    lon, _lat = Degrees(DATE_LINE).of_pixels(np.zeros(120), np.arange(120))
    assert (np.diff(lon) > 0).all()
    assert np.ptp(lon) == pytest.approx(119 / 111.3, rel=0.01)
    assert Degrees(DATE_LINE).from_middle(np.array([180.0]))[0] == pytest.approx(
        Degrees(DATE_LINE).from_middle(np.array([-180.0]))[0]
    )


def test_a_window_is_filled_as_if_every_pixel_were_asked_for():
    asked = []

    def halves(rows, cols):
        asked.append(len(rows))
        return (rows + 2 * cols > 150).astype(np.uint8)

    window = Window(3, 5, 110, 70)
    found = parted.codes(window, halves)
    rows, cols = np.mgrid[5:75, 3:113]
    assert (found == halves(rows, cols)).all()
    assert sum(asked[:-1]) < found.size
