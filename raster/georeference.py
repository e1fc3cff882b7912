"""Where a raster file lies on the Earth: its north-up grid, or why it has none.

Knows nothing of bands or pixel values.
"""

import math
from dataclasses import dataclass

import pyproj
from affine import Affine
from pyproj.exceptions import CRSError as ProjCrsError
from pyproj.exceptions import ProjError
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.errors import CRSError
from rasterio.io import DatasetReader
from rasterio.vrt import WarpedVRT

from errors import MissingCrsError, UnreadableRasterError
from raster import gdal
from raster.findings import Finding
from raster.grid import Grid

EARTH_RADIUS_M = (6.3e6, 6.45e6)
LARGEST_GSD_M = 1e6
# No CRS of the Earth has coordinates like this, in metres or feet.
LARGEST_COORDINATE = 1e9
SIZE_ASSUMED = "picture_gsd"
"""Code of the finding that the ground size of a pixel is not known."""
# Equal-area, so that a pixel of the picture has the ground size it is given everywhere.
PICTURE_CRS = "+proj=laea +lat_0=0 +lon_0=0 +datum=WGS84 +units=m +no_defs"


@dataclass(frozen=True)
class Georeference:
    """A north-up grid for a file.

    Attributes:
        grid: north-up; the file's own grid where that is north-up already.
        has_gcps: the file is placed by control points and must be warped to be read.
        findings: what was corrected.
    """

    grid: Grid
    has_gcps: bool = False
    findings: tuple[Finding, ...] = ()


def of(dataset: DatasetReader, name: str) -> Georeference:
    """The georeference of an open raster.

    Raises:
        MissingCrsError: no CRS, no geotransform, or only RPCs.
        UnreadableRasterError: the CRS is not of the Earth's surface or the grid is degenerate.
    """
    points, points_crs = dataset.gcps
    if dataset.transform.is_identity and points and points_crs:
        check_crs(points_crs, name)
        return _from_gcps(dataset, points_crs, name)
    if dataset.transform.is_identity or not dataset.crs:
        raise _missing(dataset, name)
    check_crs(dataset.crs, name)
    return _from_transform(dataset, name)


def picture(dataset: DatasetReader, gsd_m: float | None) -> Georeference:
    """A made-up local grid for a picture: north-up, its foot at 0, 0, in an equal-area CRS.

    Without `gsd_m` a pixel is taken for 1 m, with a finding. GDAL takes pixels of 1 m below 0, 0
    for no georeference at all, hence the foot.
    """
    size_m = gsd_m or 1.0
    transform = Affine(size_m, 0, 0, 0, -size_m, size_m * dataset.height)
    grid = Grid(CRS.from_string(PICTURE_CRS), transform, *dataset.shape)
    if gsd_m:
        return Georeference(grid)
    finding = Finding(
        SIZE_ASSUMED, "caution", "The picture has no georeference; a pixel is taken for 1 m.",
        "Give the ground size of a pixel with --gsd-m.", 1.0, "m",
    )  # fmt: skip
    return Georeference(grid, findings=(finding,))


def open_north_up(dataset: DatasetReader) -> WarpedVRT:
    """A lazy north-up warp of a file that is placed by control points.

    GDAL chooses the grid: given one, rasterio 1.4 warps by the identity, not by the points.
    """
    _points, crs = dataset.gcps
    has_alpha = "alpha" in {color.name for color in dataset.colorinterp}
    return WarpedVRT(
        dataset,
        src_crs=crs,
        crs=crs,
        resampling=Resampling.bilinear,
        add_alpha=dataset.nodata is None and not has_alpha,
    )


def check_crs(crs: CRS, name: str) -> None:
    """Refuse a CRS that is not of the Earth's surface.

    Raises:
        UnreadableRasterError: another body, a local or geocentric CRS, or one PROJ cannot use.
    """
    hint = "Assign or convert to an Earth CRS: gdalwarp -t_srs EPSG:nnnn in.tif out.tif"
    try:
        parsed = pyproj.CRS.from_wkt(crs.to_wkt())
    except (ProjCrsError, CRSError) as error:
        msg = f"The CRS of {name!r} cannot be understood."
        raise UnreadableRasterError(msg, hint=hint) from error
    if not (parsed.is_projected or parsed.is_geographic):
        msg = (
            f"The CRS of {name!r} is local or geocentric ({parsed.type_name}), so it has no place."
        )
        raise UnreadableRasterError(msg, hint=hint)
    radius_m = parsed.ellipsoid.semi_major_metre if parsed.ellipsoid else 0.0
    if not EARTH_RADIUS_M[0] < radius_m < EARTH_RADIUS_M[1]:
        msg = f"The CRS of {name!r} is not of the Earth (radius {radius_m / 1000:.0f} km)."
        raise UnreadableRasterError(msg, hint="Only imagery of the Earth can be compared.")


def _from_transform(dataset: DatasetReader, name: str) -> Georeference:
    transform = dataset.transform
    if not all(map(math.isfinite, transform[:6])) or transform.determinant == 0:
        msg = f"The geotransform of {name!r} is degenerate: {tuple(transform[:6])!r}."
        raise UnreadableRasterError(msg, hint="Georeference the file again.")
    native = Grid(dataset.crs, transform, *dataset.shape)
    if transform.b == transform.d == 0 and transform.a > 0 > transform.e:
        return Georeference(_checked(native, name))
    upright = _checked(_north_up(native), name)
    finding = Finding(
        "rotated_grid", "info", "The grid is rotated or flipped; pixels are resampled north-up.",
        value=math.degrees(math.atan2(transform.d, transform.a)), unit="deg",
    )  # fmt: skip
    return Georeference(upright, findings=(finding,))


def _north_up(native: Grid) -> Grid:
    """North-up grid over the envelope of a rotated or flipped one, with the same pixel area."""
    west, south, east, north = native.bounds
    transform = native.transform
    if transform.b == transform.d == 0:
        size_x, size_y = abs(transform.a), abs(transform.e)
    else:
        size_x = size_y = math.sqrt(abs(transform.determinant))
    width = max(round((east - west) / size_x), 1)
    height = max(round((north - south) / size_y), 1)
    return Grid(native.crs, Affine(size_x, 0, west, 0, -size_y, north), height, width)


def _from_gcps(dataset: DatasetReader, crs: CRS, name: str) -> Georeference:
    count = len(dataset.gcps[0])
    try:
        with open_north_up(dataset) as warped:
            grid = Grid(crs, warped.transform, *warped.shape)
    except gdal.FAILURES as error:
        msg = f"The {count} control points of {name!r} do not place it."
        raise UnreadableRasterError(msg, hint="Georeference the file again.") from error
    grid = _checked(grid, name)
    finding = Finding(
        "gcp_grid", "caution", "The file is placed by ground control points; it is warped.",
        "Prefer an orthorectified file: the residual shift can be large.", float(count), "1",
    )  # fmt: skip
    return Georeference(grid, has_gcps=True, findings=(finding,))


def _checked(grid: Grid, name: str) -> Grid:
    """The grid, once its centre is on the Earth and its pixels have a plausible size."""
    hint = "Check the geotransform and the CRS, e.g. with gdalinfo."
    if not all(abs(value) < LARGEST_COORDINATE for value in grid.bounds):
        msg = f"{name!r} lies far off the Earth: bounds {grid.bounds!r}."
        raise UnreadableRasterError(msg, hint=hint)
    try:
        gsd_m = grid.gsd_m
    except ProjError as error:
        msg = f"The centre of {name!r} cannot be placed on the Earth."
        raise UnreadableRasterError(msg, hint=hint) from error
    if not 0 < gsd_m < LARGEST_GSD_M:
        msg = f"The pixels of {name!r} have no plausible ground size ({gsd_m!r} m)."
        raise UnreadableRasterError(msg, hint=hint)
    return grid


def _missing(dataset: DatasetReader, name: str) -> MissingCrsError:
    if dataset.rpcs is not None:
        msg = f"{name!r} is placed by RPCs only, which need a terrain model."
        return MissingCrsError(msg, hint="Orthorectify it first: gdalwarp -rpc -t_srs EPSG:nnnn.")
    what = "has no geotransform" if dataset.crs else "has no CRS, so a pixel has no ground size"
    hint = (
        "Georeference it, e.g. gdal_translate -a_srs EPSG:nnnn -a_ullr west north east south; "
        "pictures can only be used by `evaluate` with --gsd-m."
    )
    return MissingCrsError(f"{name!r} {what}.", hint=hint)
