"""Paints a plan for one date: surfaces, shadows, buildings, trees, light.

Returns reflectance as lit on a fine canvas; knows nothing of sensors or radiometric nuisances.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from raster.scene import BandRole
from simulation import light, radar, roofs, surfaces, vegetation
from simulation.light import Sun
from simulation.plan import Date, Plan
from simulation.roofs import Canvas
from simulation.spectra import RADAR_ROLES, Season
from simulation.surfaces import Style, Textures

Floats = NDArray[np.float32]
# Direct light left in a cast shadow: thin crowns and bright walls let some through.
SHADOW_LEFT = 0.06


@dataclass(frozen=True)
class View:
    """How a date looks: date, bands, season and sun."""

    date: Date
    roles: tuple[BandRole, ...]
    season: Season = "summer"
    sun: Sun = field(default_factory=Sun)

    @property
    def style(self) -> Style:
        """What surfaces and roofs need of it."""
        return Style(self.date, self.roles, self.season)

    @property
    def is_radar(self) -> bool:
        """Whether the bands are polarisations."""
        return self.roles[0] in RADAR_ROLES


def paint(plan: Plan, view: View, noise: Textures, gsd_m: float) -> Floats:
    """(band, row, col) reflectance as lit, or linear sigma nought for radar.

    The canvas has the shape of `noise` (see `surfaces.textures`), which both dates share.
    """
    reflectance = surfaces.paint(plan, view.style, noise, gsd_m)
    direct = np.ones(noise.grain.shape, np.float32)
    canvas = Canvas(reflectance, direct, noise, gsd_m)
    if view.is_radar:
        return _paint_radar(canvas, plan, view)
    _shade(canvas, plan, view)
    for building in plan.buildings:
        roofs.paint(canvas, building, view.style, view.sun)
    vegetation.paint(canvas, plan.trees, view.style, view.sun)
    return light.lit(reflectance, direct, view.roles)


def _paint_radar(canvas: Canvas, plan: Plan, view: View) -> Floats:
    if plan.relief:
        sensor = Sun(270.0, 52.0)
        canvas.reflectance[:] *= light.hillshade(canvas.noise.relief, sensor, plan.relief)
    vegetation.paint(canvas, plan.trees, view.style, view.sun)
    for building in plan.buildings:
        radar.paint(canvas, building, view.style)
    return canvas.reflectance


def _shade(canvas: Canvas, plan: Plan, view: View) -> None:
    if plan.relief:
        canvas.direct[:] *= light.hillshade(canvas.noise.relief, view.sun, plan.relief)
    shadow = np.zeros(canvas.direct.shape, np.uint8)
    for building in plan.buildings:
        for part in building.parts_at(view.date):
            roofs.cast_shadow(shadow, part, view.sun, canvas.gsd_m)
    vegetation.cast_shadows(shadow, plan.trees, view.style, (view.sun, canvas.gsd_m))
    shadow = np.asarray(cv2.blur(shadow, (3, 3)), np.uint8)
    canvas.direct[:] *= 1 - (1 - SHADOW_LEFT) * (shadow.astype(np.float32) / 255)
