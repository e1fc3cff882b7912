"""Renders the bundled sample scenes: `python -m simulation.samples [FOLDER]`.

Places lie at real coordinates, everything on them is invented. Truth is exact because post is
sampled from the same fine canvas through the exact coordinate transform.
"""

import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
from affine import Affine
from rasterio.crs import CRS
from rasterio.warp import Resampling, reproject
from shapely import affinity
from shapely.geometry import Polygon, box

from raster.grid import ELLIPSOID, Grid, lonlat_transformer
from simulation import geotiff, painting, sensors, surfaces
from simulation import nuisances as effects
from simulation.distractors import distract
from simulation.events import LEGEND, Event, Story, happen
from simulation.geotiff import Labels
from simulation.light import Sun
from simulation.nuisances import Look, Nuisances
from simulation.painting import View
from simulation.pair import PairSpec, TruthObject, render, truth_mask, truth_objects
from simulation.places import lay_out
from simulation.plan import Date, Plan, Site
from simulation.sensors import SENSORS, Pixels, SensorName

FOLDER = Path(__file__).resolve().parents[1] / "sample_scenes"


@dataclass(frozen=True)
class Card:
    """What the catalogue says of a scene."""

    id: str
    title: str
    summary: str
    sensor: SensorName
    gsd_m: float
    detector: str
    pre_utc: datetime
    post_utc: datetime
    aoi: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class SampleScene:
    """A scene ready to be written.

    Attributes:
        card: words.
        pre: (band, row, col) on `pre_grid`.
        post: (band, row, col) on `post_grid`.
        pre_grid: where pre lies; truth is on it.
        post_grid: where the file of post says that it lies.
        objects: truth in pixel coordinates of pre.
        shift_m: (east, south) that post content is displaced on the ground.
    """

    card: Card
    pre: Pixels
    post: Pixels
    pre_grid: Grid
    post_grid: Grid
    objects: tuple[TruthObject, ...]
    shift_m: tuple[float, float]


SUBURB = Card(
    "suburb", "Suburb, two surveys", "Colour pictures from the air, two years apart: pixels of "
    "0.5 m and 0.6 m, two map projections that miss each other by a metre, another sun and season. "
    "Houses appear, vanish and are damaged; a road is built.",
    "rgb", 0.5, "structure", datetime(2021, 6, 12, 8, 40, tzinfo=UTC),
    datetime(2023, 9, 5, 10, 55, tzinfo=UTC),
    ((0.14, 0.10), (0.46, 0.13), (0.72, 0.09), (0.93, 0.28), (0.95, 0.62), (0.86, 0.93),
     (0.55, 0.96), (0.20, 0.92), (0.09, 0.55)),
)  # fmt: skip
DELTA = Card(
    "delta", "River delta after the rains", "Satellite pictures with pixels of 10 m and six bands, "
    "from blue to short-wave infrared. Woods are cleared, fields flooded, scrub burnt; crops turn "
    "as they do every year; a few clouds and a gap at the edge of the later picture hide the rest.",
    "multispectral6", 10.0, "index_difference",
    datetime(2022, 11, 18, 4, 7, 21, tzinfo=UTC), datetime(2023, 10, 29, 4, 7, 19, tzinfo=UTC),
    ((0.03, 0.02), (0.60, 0.03), (0.97, 0.06), (0.96, 0.52), (0.90, 0.90), (0.50, 0.94),
     (0.06, 0.90), (0.02, 0.45)),
)  # fmt: skip
HARBOUR = Card(
    "harbour", "Port on two passes", "Radar pictures with pixels of 10 m, which show how "
    "strongly the ground echoes, day or night. Ships arrive and leave, container stacks come and "
    "go, land is reclaimed from the sea.", "sar",
    10.0, "log_ratio", datetime(2023, 3, 4, 5, 59, 12, tzinfo=UTC),
    datetime(2023, 8, 19, 5, 59, 20, tzinfo=UTC),
    ((0.04, 0.38), (0.35, 0.42), (0.70, 0.36), (0.97, 0.42), (0.96, 0.96), (0.40, 0.97),
     (0.03, 0.93)),
)  # fmt: skip

# Suburb: the world is painted at 0.25 m in UTM 33N near Graz; pre and post are cut out of it.
WORLD_M, WORLD_GSD_M, WORLD_CORNER = 660.0, 0.25, (532_400.0, 5_212_900.0)
UTM33 = CRS.from_epsg(32633)
POST_SHIFT_PX = (1.5, -0.8)
EVENT_SEED = 2


def suburb() -> SampleScene:
    """RGB suburb: post has another CRS, ground size, extent, sun and season."""
    pre_grid = Grid(
        UTM33, Affine(0.5, 0, WORLD_CORNER[0] + 64, 0, -0.5, WORLD_CORNER[1] - 64), 1000, 1000
    )
    post_grid = _mercator_grid()
    story = _suburb_story(pre_grid)
    noise = surfaces.textures(story.plan, (int(WORLD_M / WORLD_GSD_M),) * 2, WORLD_GSD_M)
    looks = (
        Look(sun=Sun(118, 44), blur_px=0.55, noise=0.006),
        Look("autumn", Sun(171, 47), gain=(1.06, 1.0, 0.93), gamma=1.05, haze=0.05, blur_px=0.5,
             noise=0.007),
    )  # fmt: skip
    pre = _photograph(story.plan, noise, ("pre", looks[0]), pre_grid)
    post = _photograph(story.plan, noise, ("post", looks[1]), post_grid)
    dx, dy = POST_SHIFT_PX
    drifted = Grid(
        post_grid.crs, post_grid.transform * Affine.translation(dx, dy), *post_grid.shape
    )
    step = drifted.gsd_m
    objects = truth_objects(story, 0.5, pre_grid.shape)
    return SampleScene(SUBURB, pre, post, pre_grid, drifted, objects, (dx * step, dy * step))


def _mercator_grid() -> Grid:
    """Where post truly lies: Web Mercator, 0.6 m on the ground, shifted against pre's extent."""
    mercator = CRS.from_epsg(3857)
    lon, lat = lonlat_transformer(UTM33).transform(WORLD_CORNER[0] + 40, WORLD_CORNER[1] - 85)
    size_m = 0.6 / np.cos(np.radians(lat))
    radius_m = 6_378_137.0
    x = radius_m * np.radians(lon)
    y = radius_m * np.log(np.tan(np.pi / 4 + np.radians(lat) / 2))
    return Grid(mercator, Affine(size_m, 0, x, 0, -size_m, y), 880, 860)


def _suburb_story(pre_grid: Grid) -> Story:
    rng = np.random.default_rng([2021, 22])
    plan = lay_out(rng, Site(WORLD_M, WORLD_M, 0.5), "suburb")
    view = box(64, 64, 64 + 0.5 * pre_grid.width, 64 + 0.5 * pre_grid.height)
    both = view.intersection(box(64, 100, 520, 564))
    events = (
        Event("road_appears"), Event("building_appears", 12), Event("building_vanishes", 5),
        Event("building_grows", 2), Event("building_damaged", 2),
    )  # fmt: skip
    story = happen(np.random.default_rng([2021, EVENT_SEED]), plan, events, both.buffer(-30))
    return Story(distract(rng, story.plan, 0.6), story.changes, view)


def _photograph(
    plan: Plan, noise: surfaces.Textures, taken: tuple[Date, Look], grid: Grid
) -> Pixels:
    """Paint the world at a date and sample it on a grid through the exact coordinate transform."""
    date, look = taken
    sensor = SENSORS["rgb"]
    world = painting.paint(plan, View(date, sensor.roles, look.season, look.sun), noise, 0.25)
    source = Affine(0.25, 0, WORLD_CORNER[0], 0, -0.25, WORLD_CORNER[1])
    pixels = np.zeros((len(world), *grid.shape), np.float32)
    reproject(world, pixels, src_transform=source, src_crs=UTM33, dst_transform=grid.transform,
              dst_crs=grid.crs, resampling=Resampling.average, tolerance=0.0)  # fmt: skip
    rng = np.random.default_rng([7, 0 if date == "pre" else 1])
    return sensors.quantise(effects.expose(rng, pixels, sensor, look).values, sensor)


def delta() -> SampleScene:
    """Six-band river delta on one UTM grid, near the Irrawaddy's mouths."""
    grid = Grid(CRS.from_epsg(32646), Affine(10, 0, 713_400, 0, -10, 1_760_200), 680, 680)
    nuisances = Nuisances(
        pre=Look(sun=Sun(150, 47), noise=0.0012, haze=0.02),
        post=Look(sun=Sun(146, 52), noise=0.0012, haze=0.05, cloud_share=0.015, nodata_share=0.03),
        shift_px=(0.25, -0.2),
        distractors=0.5,
    )
    events = (Event("clearing", 6), Event("flood", 4), Event("burn", 4))
    return _rendered(DELTA, PairSpec(23, "delta", grid.shape, 10.0, "multispectral6", events,
                                     nuisances), grid)  # fmt: skip


def harbour() -> SampleScene:
    """Dual-polarised radar port on one UTM grid, on the Gulf of Lion."""
    grid = Grid(CRS.from_epsg(32631), Affine(10, 0, 652_300, 0, -10, 4_811_700), 560, 560)
    nuisances = Nuisances(Look(looks=4), Look(looks=4, gain=(1.06,)), (0.2, 0.1))
    events = (
        Event("land_reclaimed"), Event("ship_appears", 6), Event("ship_vanishes", 5),
        Event("containers_appear", 8), Event("containers_vanish", 6),
    )  # fmt: skip
    spec = PairSpec(41, "harbour", grid.shape, 10.0, "sar", events, nuisances)
    return _rendered(HARBOUR, spec, grid)


def _rendered(card: Card, spec: PairSpec, grid: Grid) -> SampleScene:
    pair = render(spec)
    shift = (pair.shift_px[0] * spec.gsd_m, pair.shift_px[1] * spec.gsd_m)
    pre, post = (_rounded(pixels) for pixels in (pair.pre, pair.post))
    return SampleScene(card, pre, post, grid, grid, pair.objects, shift)


def _rounded(pixels: Pixels) -> Pixels:
    """Reflectance in steps of 8 DN (0.0008), below the sensor's noise, so that files stay small."""
    if pixels.dtype != np.uint16:
        return pixels
    numbers = pixels.astype(np.uint16)
    return np.where(numbers > 0, np.maximum((numbers + 4) // 8 * 8, 8), 0).astype(np.uint16)


def write(scene: SampleScene, folder: Path) -> None:
    """Write all files of a scene into its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    sensor = SENSORS[scene.card.sensor]
    names, waves = sensor.names, sensor.wavelengths_nm
    pre = Labels(names, scene.card.pre_utc, sensors.NODATA, waves)
    post = Labels(names, scene.card.post_utc, sensors.NODATA, waves)
    geotiff.write(folder / "pre.tif", scene.pre, scene.pre_grid, pre)
    geotiff.write(folder / "post.tif", scene.post, scene.post_grid, post)
    mask = truth_mask(scene.objects, scene.pre_grid.shape)[None]
    colors = tuple((entry.code, entry.color) for entry in LEGEND)
    geotiff.write(folder / "truth.tif", mask, scene.pre_grid, Labels(("class",), colors=colors))
    objects = truth_frame(scene)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2024-01-01T00:00:00.000Z"})
    # A GeoPackage written over an old one keeps its free pages, so equal scenes would differ.
    (folder / "truth.gpkg").unlink(missing_ok=True)
    objects.to_file(folder / "truth.gpkg", layer="objects", driver="GPKG")
    aoi = aoi_polygon(scene)
    gpd.GeoDataFrame({"name": [scene.card.title]}, geometry=[aoi], crs=4326).to_file(
        folder / "aoi.geojson", driver="GeoJSON"
    )
    _write_expected(folder / "expected.json", expected(scene, objects, aoi))


def _write_expected(path: Path, truth: dict[str, object]) -> None:
    """Replace what truth says; keep `run`, what the product was once measured to find."""
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    kept = {"run": known["run"]} if "run" in known else {}
    path.write_text(json.dumps(truth | kept, indent=2) + "\n", encoding="utf-8")


def truth_frame(scene: SampleScene) -> gpd.GeoDataFrame:
    """Changed objects on the map: id, class, state and ellipsoidal area."""
    a, b, c, d, e, f = tuple(scene.pre_grid.transform)[:6]
    changed = [entry for entry in scene.objects if entry.state != "unchanged"]
    shapes = [affinity.affine_transform(o.polygon, [a, b, d, e, c, f]) for o in changed]
    frame = gpd.GeoDataFrame(
        {
            "id": [entry.id for entry in changed],
            "class": [entry.class_name for entry in changed],
            "state": [entry.state for entry in changed],
        },
        geometry=shapes,
        crs=scene.pre_grid.crs.to_wkt(),
    )
    frame["area_m2"] = [round(_area_m2(shape), 1) for shape in frame.geometry.to_crs(4326)]
    return frame


def _area_m2(shape: object) -> float:
    return abs(float(ELLIPSOID.geometry_area_perimeter(shape)[0]))


def aoi_polygon(scene: SampleScene) -> Polygon:
    """The AOI in WGS 84: an irregular outline given in shares of pre's width and height."""
    to_lonlat = lonlat_transformer(scene.pre_grid.crs)
    rows, cols = scene.pre_grid.shape
    corners = [scene.pre_grid.transform * (u * cols, v * rows) for u, v in scene.card.aoi]
    xs, ys = zip(*corners, strict=True)
    lons, lats = to_lonlat.transform(xs, ys)
    return Polygon([(round(x, 7), round(y, 7)) for x, y in zip(lons, lats, strict=True)])


def expected(scene: SampleScene, objects: gpd.GeoDataFrame, aoi: Polygon) -> dict[str, object]:
    """What a perfect run would find inside the AOI, from truth alone."""
    inside = objects.to_crs(4326)
    inside["geometry"] = inside.geometry.intersection(aoi)
    inside = inside[~inside.geometry.is_empty]
    inside["area_m2"] = [_area_m2(shape) for shape in inside.geometry]
    classes = {
        str(name): {"objects": len(rows), "area_m2": round(float(rows["area_m2"].sum()), 1)}
        for name, rows in inside.groupby("class")
    }
    return {
        "detector": scene.card.detector,
        "aoi_area_m2": round(_area_m2(aoi), 1),
        "truth_changed_area_m2": round(float(inside["area_m2"].sum()), 1),
        "objects": len(inside),
        "classes": classes,
        "shift_m": [round(value, 3) for value in scene.shift_m],
    }


def catalog(cards: tuple[Card, ...]) -> str:
    """The catalogue as TOML."""
    lines = [
        "# Rendered by `python -m simulation.samples`; places are real, contents invented.",
        "",
    ]
    for card in cards:
        lines.append("[[scene]]")
        for key in ("id", "title", "summary", "sensor"):
            lines.append(f"{key} = {json.dumps(getattr(card, key))}")
        lines.append(f"gsd_m = {card.gsd_m}")
        for key, name in (("pre", "pre.tif"), ("post", "post.tif"), ("aoi", "aoi.geojson"),
                          ("truth", "truth.tif"), ("truth_objects", "truth.gpkg"),
                          ("expected", "expected.json")):  # fmt: skip
            lines.append(f'{key} = "{card.id}/{name}"')
        lines += [f"detector = {json.dumps(card.detector)}", ""]
    return "\n".join(lines)


def main(folder: Path = FOLDER) -> None:
    """Render every sample scene into a folder."""
    scenes = (suburb(), delta(), harbour())
    for scene in scenes:
        write(scene, folder / scene.card.id)
    text = catalog(tuple(scene.card for scene in scenes))
    (folder / "catalog.toml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
