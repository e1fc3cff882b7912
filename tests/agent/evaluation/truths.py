"""Finished comparisons whose mask is the truth of a rendered pair, and figures of that truth.

The result is made by the real pipeline; only the detector is replaced. The figures are computed by
another road: pixels counted by scipy, areas of single pixels by a geodesic solver.
"""

from functools import cached_property
from pathlib import Path

import numpy as np
import pytest
import rasterio
from pyproj import Geod, Transformer
from rasterio.transform import array_bounds
from scipy import ndimage

from inference.classify import classify
from inference.detectors.index_difference import CARD
from inference.run import Detection
from inference.score_files import SCORE_STEPS, ScoreRasters
from inference.threshold import Threshold
from progress import Watcher
from raster.writing import working_profile
from services import compare as comparing
from services.compare import CompareRequest, compare

SCENES = Path(__file__).resolve().parents[3] / "sample_scenes"
CLASSES = {6: "vegetation_loss", 7: "water_gain", 8: "burn"}
"""Truth of the delta -> the class of the detector that means the same."""
CODES = {entry.name: entry.code for entry in CARD.classes}
PARTS = ("north-west", "north", "north-east", "west", "centre", "east", "south-west", "south",
         "south-east")  # fmt: skip


class Truth:
    """What is true of the rendered delta, all of which is looked at."""

    def __init__(self):
        with rasterio.open(SCENES / "delta" / "truth.tif") as data:
            self.codes, self.transform, self.crs = data.read(1), data.transform, data.crs

    @cached_property
    def pixel_m2(self):
        """(row, col) area of each pixel, the same along a row to a millionth."""
        geod, move = Geod(ellps="WGS84"), Transformer.from_crs(self.crs, 4326, always_xy=True)
        rows, cols = self.codes.shape
        each = []
        for row in range(rows):
            corners = [(cols / 2, row), (cols / 2 + 1, row), (cols / 2 + 1, row + 1),
                       (cols / 2, row + 1)]  # fmt: skip
            lons, lats = zip(*(move.transform(*(self.transform @ at)) for at in corners),
                             strict=True)  # fmt: skip
            each.append(abs(geod.polygon_area_perimeter(lons, lats)[0]))
        return np.repeat(np.array(each)[:, None], cols, axis=1)

    def mask(self, name="any", part=None):
        """(row, col) where a class changed, in a part of the area."""
        wanted = [code for code, own in CLASSES.items() if name in {own, "any"}]
        found = np.isin(self.codes, wanted)
        return found if part is None else found & (self.parts == PARTS.index(part))

    def area_m2(self, name="any", part=None):
        return float(self.pixel_m2[self.mask(name, part)].sum())

    def share_pct(self, name="any"):
        return 100 * self.area_m2(name) / float(self.pixel_m2.sum())

    def objects(self, name="any"):
        """Regions of each class that touch at a side or a corner."""
        names = CLASSES.values() if name == "any" else [name]
        return sum(ndimage.label(self.mask(one), np.ones((3, 3)))[1] for one in names)

    def largest_m2(self, name):
        labels, count = ndimage.label(self.mask(name), np.ones((3, 3)))
        return float(ndimage.sum_labels(self.pixel_m2, labels, range(1, count + 1)).max())

    @cached_property
    def parts(self):
        """(row, col) number of the part: thirds of the longitudes and latitudes of the window."""
        move = Transformer.from_crs(self.crs, 4326, always_xy=True)
        rows, cols = self.codes.shape
        west, south, east, north = array_bounds(rows, cols, self.transform)
        edge = np.linspace(0, 1, 65)
        xs = np.concatenate([west + (east - west) * edge] * 2 + [[west] * 65, [east] * 65])
        ys = np.concatenate([[south] * 65, [north] * 65] + [south + (north - south) * edge] * 2)
        lons, lats = move.transform(xs, ys)
        col, row = np.meshgrid(np.arange(cols) + 0.5, np.arange(rows) + 0.5)
        lon, lat = move.transform(*(self.transform @ (col, row)))
        across = np.clip((lon - lons.min()) / np.ptp(lons) * 3, 0, 2.999).astype(int)
        down = np.clip((lats.max() - lat) / np.ptp(lats) * 3, 0, 2.999).astype(int)
        return 3 * down + across


def true_result(folder, truth):
    """The result folder of the delta with the truth as its mask."""
    files = (SCENES / "delta" / "pre.tif", SCENES / "delta" / "post.tif")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparing, "detect", _Oracle(truth))
        request = CompareRequest(*files, detector="index_difference", min_area_m2=0.0)
        return compare(request, out_dir=folder / "result", watcher=Watcher()).folder


class _Oracle:
    """In place of a detector: scores are 1 where the truth says change."""

    def __init__(self, truth):
        self.truth = truth

    def __call__(self, site, name, options, *, workdir, watcher):
        grid = site.pair.grid.crop(site.window)
        assert grid.shape == self.truth.codes.shape
        kinds = np.full(grid.shape, 1, np.uint8)
        for code, own in CLASSES.items():
            kinds[self.truth.codes == code] = CODES[own]
        layers = {"scores": self.truth.mask().astype(np.float32), "kinds": kinds,
                  "observed": np.zeros(grid.shape, np.uint8)}  # fmt: skip
        paths = {name: workdir / f"{name}.tif" for name in layers}
        for name, values in layers.items():
            profile = working_profile(grid, str(values.dtype), nodata=None)
            with rasterio.open(paths[name], "w", **profile) as out:
                out.write(values, 1)
        rasters = ScoreRasters(grid, paths["scores"], paths["kinds"], paths["observed"],
                               np.zeros(SCORE_STEPS + 1, np.int64))  # fmt: skip
        found = classify(rasters, CARD.classes, threshold=0.5, min_area_m2=0.0,
                         path=workdir / "codes.tif", watcher=watcher)  # fmt: skip
        threshold = Threshold(0.5, "given", is_guarded=False, reason="the truth")
        return Detection(rasters, found, threshold, 0.0, CARD, {})
