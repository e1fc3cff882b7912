"""A small finished comparison with real records and files: new roofs and a clearing in fields.

The truth is known by construction: `CHANGES` lists rectangles in pixels of a 2 m grid.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import rasterio
from affine import Affine
from rasterio.crs import CRS
from rasterio.features import shapes
from scipy.ndimage import gaussian_filter, label
from shapely import box, transform
from shapely.geometry import shape

from analysis.facts import Exclusion, Fact
from analysis.result import AreaBudget, ClassStatistics, ComparisonResult, Quicklook
from raster.align import AlignedPair, PairBand, ResidualShift
from raster.aoi import Aoi
from raster.area import PixelAreas
from raster.findings import Finding
from raster.grid import Grid, lonlat_transformer
from raster.mask import NOT_OBSERVED, ChangeClass, ChangeMask, Observed
from raster.scene import Band, Scene

LEGEND = (
    ChangeClass(1, "built_up_gain", "new built-up", "appeared", "#d55e00"),
    ChangeClass(2, "vegetation_loss", "vegetation loss", "decrease", "#8a5a00"),
)
CHANGES = (  # code, top, left, rows, cols
    (1, 60, 90, 14, 22), (1, 60, 130, 14, 18), (1, 92, 92, 20, 16), (1, 100, 140, 12, 12),
    (1, 240, 380, 30, 24), (1, 300, 60, 10, 16), (2, 200, 170, 90, 70), (2, 20, 330, 40, 60),
)  # fmt: skip
HEIGHT, WIDTH = 360, 480
UTM = Grid(CRS.from_epsg(32633), Affine(2, 0, 399_000, 0, -2, 5_203_000), HEIGHT, WIDTH)
DEGREES = Grid(CRS.from_epsg(4326), Affine(3e-5, 0, 24.9, 0, -2e-5, 60.2), HEIGHT, WIDTH)


@dataclass(frozen=True)
class Setup:
    """What a test varies."""

    grid: Grid = UTM
    pre_name: str = "ortho_2021.tif"
    post_name: str = "ortho_2024.tif"
    label: str = "new built-up"
    has_change: bool = True
    has_dates: bool = True
    finding: str = "The share of bright pixels that look like cloud is 1.4 % in post."


def build(folder: Path, setup: Setup | None = None) -> ComparisonResult:
    """A result whose files lie in `folder`."""
    setup = setup or Setup()
    pre_rgb, post_rgb, codes = _place(has_change=setup.has_change)
    scores = _scores(codes)
    legend = (
        ChangeClass(1, "built_up_gain", setup.label, "appeared", LEGEND[0].color),
        *LEGEND[1:],
    )
    scenes = (
        _scene(folder / "pre.tif", setup.pre_name, pre_rgb, setup, date(2021, 6, 3)),
        _scene(folder / "post.tif", setup.post_name, post_rgb, setup, date(2024, 6, 21)),
    )
    mask = _mask(folder, setup.grid, legend, codes, scores)
    areas = PixelAreas(setup.grid).window(setup.grid.window)
    budget = _budget(areas, codes)
    objects = _objects(mask, areas, codes, scores)
    statistics = _statistics(objects, legend, budget)
    facts = _facts(objects, statistics, budget)
    caption, citations = _caption(facts, setup)
    findings = (
        Finding("cloud", "caution", setup.finding, "Look at the bright areas.", 1.4, "%"),
        Finding(
            "shift", "info", "Post lies 0.31 px beside pre; this was corrected.", "", 0.31, "px"
        ),
    )
    shift = ResidualShift(0.3, -0.1, setup.grid.gsd_m, 0.93, 42, True, 0.31, 0.22)
    bands = tuple(
        PairBand(name, name, (number,), (number,))
        for number, name in enumerate(("red", "green", "blue"), 1)
    )
    return ComparisonResult(
        run=_run(setup, folder, citations),
        pair=AlignedPair(*scenes, setup.grid, bands, shift),
        aoi=_aoi(setup.grid),
        mask=mask,
        objects=objects,
        budget=budget,
        statistics=statistics,
        facts=facts,
        caption=caption,
        findings=findings,
        quicklook=Quicklook(pre_rgb, post_rgb, codes, scores, 1.0),
    )


def _place(*, has_change: bool):
    rng = np.random.default_rng(7)
    rows, cols = np.mgrid[:HEIGHT, :WIDTH]
    fields = np.array(
        [(128, 142, 92), (160, 150, 104), (108, 128, 80), (176, 168, 128), (96, 118, 74)]
    )
    lattice = ((rows + 0.35 * cols) // 85).astype(int) * 3 + ((cols - 0.3 * rows) // 120).astype(
        int
    )
    ground = fields[(lattice.astype(int) * 2654435761 >> 7) % len(fields)].astype(float)
    ground += gaussian_filter(rng.normal(0, 60, (HEIGHT, WIDTH)), 3)[..., None]
    ground += rng.normal(0, 6, (HEIGHT, WIDTH, 1))
    forest = gaussian_filter(rng.normal(0, 1, (HEIGHT, WIDTH)), 28) > 0.006
    trees = (
        np.array((62, 84, 52))
        + gaussian_filter(rng.normal(0, 90, ground.shape[:2]), 1.2)[..., None]
    )
    ground[forest] = trees[forest]
    road = np.abs(rows - 0.42 * cols - 70) < 4
    ground[road] = (186, 182, 176)
    ground[200:290, 170:240] = trees[200:290, 170:240]
    ground[20:60, 330:390] = trees[20:60, 330:390]
    pre = np.clip(ground, 0, 255)
    post = np.clip(ground * 1.03 + 3 + rng.normal(0, 3, ground.shape), 0, 255)
    codes = np.zeros((HEIGHT, WIDTH), np.uint8)
    for code, top, left, height, width in CHANGES if has_change else ():
        part = np.s_[top : top + height, left : left + width]
        codes[part] = code
        post[part] = (196, 92, 70) if code == 1 else (172, 150, 112)
        post[part] += rng.normal(0, 7, (height, width, 1))
    codes[rows + cols > HEIGHT + WIDTH - 90] = NOT_OBSERVED
    grey = codes == NOT_OBSERVED
    post[grey] = 128
    return pre.astype(np.uint8), np.clip(post, 0, 255).astype(np.uint8), codes


def _scores(codes):
    rng = np.random.default_rng(8)
    changed = (codes > 0) & (codes < NOT_OBSERVED)
    scores = np.where(changed, 0.82, 0.08) + rng.normal(0, 0.03, codes.shape)
    scores = np.round(np.clip(scores, 0, 1) * 4096) / 4096
    return np.where(codes == NOT_OBSERVED, np.nan, scores).astype(np.float32)


def write_tiff(path: Path, data, grid: Grid, *, nodata=None):
    """A tiled GeoTIFF of (band, row, col) or (row, col)."""
    bands = data if data.ndim == 3 else data[None]
    with rasterio.open(
        path, "w", driver="GTiff", height=grid.height, width=grid.width, count=len(bands),
        dtype=bands.dtype, crs=grid.crs, transform=grid.transform, nodata=nodata, tiled=True,
        blockxsize=256, blockysize=256,
    ) as dataset:  # fmt: skip
        dataset.write(bands)


def _scene(path, name, rgb, setup, acquired_on) -> Scene:
    write_tiff(path, np.moveaxis(rgb, 2, 0), setup.grid)
    names = ("red", "green", "blue")
    bands = tuple(Band(number, role, role) for number, role in enumerate(names, 1))
    known = setup.has_dates
    return Scene(
        name, (path,), "GTiff", setup.grid, bands, "uint8", None, "optical",
        acquired_on if known else None, "tag TIFFTAG_DATETIME" if known else "",
    )  # fmt: skip


def _mask(folder, grid, legend, codes, scores) -> ChangeMask:
    observed = np.where(codes == NOT_OBSERVED, Observed.POST_NODATA, Observed.YES).astype(np.uint8)
    paths = [folder / f"{name}_work.tif" for name in ("codes", "scores", "observed", "kinds")]
    write_tiff(paths[0], codes, grid, nodata=NOT_OBSERVED)
    write_tiff(paths[1], scores, grid, nodata=float("nan"))
    write_tiff(paths[2], observed, grid)
    write_tiff(paths[3], np.where(codes == 0, 1, codes), grid, nodata=NOT_OBSERVED)
    return ChangeMask(grid, legend, *paths)


def _aoi(grid: Grid) -> Aoi:
    to_lonlat = lonlat_transformer(grid.crs).transform
    geometry = transform(box(*grid.bounds), to_lonlat, interleaved=False)
    return Aoi(geometry, "whole overlap", 1, is_whole_overlap=True)


def _budget(areas, codes) -> AreaBudget:
    lost = float(areas[codes == NOT_OBSERVED].sum())
    total = float(areas.sum())
    return AreaBudget(total, total - lost, (Exclusion("post nodata", lost),))


def _objects(mask: ChangeMask, areas, codes, scores) -> gpd.GeoDataFrame:
    grid, rows = mask.grid, []
    for entry in mask.legend:
        numbers, _count = label(codes == entry.code, np.ones((3, 3)))
        for geometry, number in shapes(
            numbers.astype(np.int32), numbers > 0, connectivity=8, transform=grid.transform
        ):
            where = numbers == number
            polygon = shape(geometry)
            rows.append((entry, polygon, float(areas[where].sum()), float(scores[where].mean())))
    rows.sort(key=lambda row: -row[2])
    frame = gpd.GeoDataFrame(
        {
            "id": np.arange(1, len(rows) + 1, dtype=np.int64),
            "class": [row[0].name for row in rows],
            "state": [row[0].state for row in rows],
            "area_m2": np.array([row[2] for row in rows], float),
            "perimeter_m": np.array([row[1].length for row in rows], float),
            "score": np.array([row[3] for row in rows], float),
            "votes": np.ones(len(rows), np.int64),
            "seen_by": np.full(len(rows), None, object),
        },
        geometry=gpd.GeoSeries([row[1] for row in rows], crs=grid.crs.to_wkt()),
    )
    points = frame.geometry.representative_point().to_crs("EPSG:4326")
    frame.insert(8, "lon", points.x.astype(float))
    frame.insert(9, "lat", points.y.astype(float))
    return frame


def _statistics(objects, legend, budget) -> tuple[ClassStatistics, ...]:
    rows = [(entry.name, entry.label, objects[objects["class"] == entry.name]) for entry in legend]
    rows.append(("any", "any change", objects))
    return tuple(
        ClassStatistics(
            name, text, len(part), float(part["area_m2"].sum()),
            100 * float(part["area_m2"].sum()) / budget.valid_m2, budget.valid_m2,
        )
        for name, text, part in rows
    )  # fmt: skip


def _facts(objects, statistics, budget) -> tuple[Fact, ...]:
    total = statistics[-1]
    largest = float(objects["area_m2"].max()) if len(objects) else 0.0
    values = [
        ("changed_area", total.area_m2, "m2", "any", "sum of the ellipsoidal areas of the pixels"),
        ("changed_share", total.area_share_pct, "%", "any", "changed area over valid area"),
        ("object_count", total.objects, "1", "any", "8-connected objects of one class"),
        ("largest_object_area", largest, "m2", "any", "largest sum over one object"),
        ("valid_area", budget.valid_m2, "m2", "any", "pixels observed at both dates"),
    ]
    values += [
        ("changed_area", row.area_m2, "m2", row.name, "sum of the ellipsoidal areas of the pixels")
        for row in statistics[:-1]
    ]
    return tuple(
        Fact(
            hashlib.sha256(f"{name}{kind}".encode()).hexdigest()[:16], name, value, unit, kind,
            "any", "aoi", method, budget.aoi_m2, budget.valid_m2, budget.excluded, None,
            ("cloud",), ("a" * 64, "b" * 64), "00112233aabbccdd",
        )
        for name, value, unit, kind, method in values
    )  # fmt: skip


def _caption(facts, setup: Setup):
    area, share, count, _largest, valid = facts[:5]
    parts = (
        (f"{count.value}", count.id), (" changed objects cover ", None),
        (f"{area.value / 1e4:.2f} ha", area.id), (", ", None),
        (f"{share.value:.1f} %", share.id), (" of the ", None),
        (f"{valid.value / 1e4:.1f} ha", valid.id), (" that could be compared.", None),
    )  # fmt: skip
    if not setup.has_change:
        parts = (("No change was detected in ", None), (f"{valid.value / 1e4:.1f} ha", valid.id))
    text, citations = "", []
    for words, fact_id in parts:
        if fact_id:
            citations.append([len(text), len(text) + len(words), fact_id])
        text += words
    return text, citations


def _run(setup: Setup, folder: Path, citations) -> dict:
    return {
        "id": "00112233aabbccdd",
        "created_utc": "2026-01-05T10:20:30+00:00",
        "groundshift_version": "0.1.0",
        "inputs": [
            {"role": "pre", "name": setup.pre_name, "path": str(folder / setup.pre_name),
             "sha256": "a" * 64, "bytes": 518_400},
            {"role": "post", "name": setup.post_name, "path": str(folder / setup.post_name),
             "sha256": "b" * 64, "bytes": 518_400},
        ],
        "parameters": {
            "detector": "cva", "threshold": None, "threshold_method": "otsu",
            "threshold_reason": "the scores have two clear groups", "min_area_m2": 36.0,
        },
        "detector": {
            "name": "cva", "title": "Change vectors", "source": "Malila 1980",
            "summary": "Flags pixels whose bands moved far from the bulk of the pair.",
            "limits": ["Seasons look like change.", "Shadows look like change."],
            "why": "Three optical bands without infrared at 2 m.",
        },
        "threshold": {
            "value": 0.42, "method": "otsu", "is_guarded": False,
            "reason": "The scores have two clear groups.",
        },
        "min_area_m2": 36.0,
        "dropped": {"objects": 12, "area_m2": 190.5},
        "weights_sha256": None,
        "versions": {"python": "3.11.9", "numpy": "2.4.0", "rasterio": "1.4.4"},
        "findings": [],
        "timings_s": {"open": 0.11, "detect": 0.84, "total": 1.52},
        "peak_memory_bytes": 312_000_000,
        "mask_sha256": "c" * 64,
        "caption_citations": citations,
    }  # fmt: skip
