"""The area of interest: polygons in WGS 84, read from untrusted vector files, put on a grid.

Knows nothing of imagery.
"""

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from raster.findings import Finding


@dataclass(frozen=True)
class Aoi:
    """Where to look.

    Attributes:
        geometry: Polygon or MultiPolygon in WGS 84 (lon, lat), valid.
        name: file name or `whole overlap`; untrusted text, cleaned and length-limited.
        features: number of polygons features it was made of.
        is_whole_overlap: no AOI was given; the whole overlap of the pair is meant.
        findings: repairs, dropped non-polygons, clipping.
    """

    geometry: BaseGeometry
    name: str
    features: int
    is_whole_overlap: bool
    findings: tuple[Finding, ...] = ()
