"""What materials look like: reflectance from coastal to short-wave infrared, and backscatter.

Knows nothing of geometry. Optical values are typical bottom-of-atmosphere reflectances (0..1) read
off the USGS Spectral Library 7 (public domain) and common Sentinel-2 L2A values; radar values are
typical C-band sigma nought in dB at 35 to 40 degrees (Ulaby and Dobson, 1989).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from raster.scene import BandRole

Season = Literal["summer", "autumn", "winter", "dry"]

OPTICAL_ROLES: tuple[BandRole, ...] = (
    "coastal", "blue", "green", "red", "rededge", "nir", "swir1", "swir2",
)  # fmt: skip
RADAR_ROLES: tuple[BandRole, ...] = ("vv", "vh")


@dataclass(frozen=True)
class Material:
    """One surface.

    Attributes:
        optical: reflectance in the order of `OPTICAL_ROLES`.
        radar_db: sigma nought in the order of `RADAR_ROLES`.
        grain: relative deviation of pixel-size texture.
        varies_to: material that patches of it tend to, or None for plain brightness patches.
        patchiness: how far patches go, 0..1.
    """

    optical: tuple[float, ...]
    radar_db: tuple[float, float]
    grain: float = 0.06
    varies_to: str | None = None
    patchiness: float = 0.10


MATERIALS: dict[str, Material] = {
    "sea": Material((0.055, 0.052, 0.040, 0.018, 0.012, 0.008, 0.005, 0.003), (-19, -27), 0.03,
                    None, 0.16),
    "river": Material((0.06, 0.067, 0.086, 0.071, 0.048, 0.027, 0.01, 0.006), (-21, -28), 0.02,
                      None, 0.04),
    "lake": Material((0.045, 0.048, 0.05, 0.03, 0.02, 0.012, 0.006, 0.004), (-22, -29), 0.02),
    "plume": Material((0.07, 0.085, 0.105, 0.085, 0.05, 0.022, 0.008, 0.004), (-19, -27), 0.02),
    "flood": Material((0.055, 0.062, 0.084, 0.077, 0.056, 0.033, 0.013, 0.008), (-20, -27), 0.04,
                      None, 0.05),
    "pool": Material((0.22, 0.33, 0.36, 0.20, 0.08, 0.03, 0.01, 0.01), (-20, -27), 0.03),
    "wetland": Material((0.03, 0.038, 0.062, 0.048, 0.09, 0.21, 0.12, 0.06), (-11, -17), 0.1,
                        "lake", 0.22),
    "tree": Material((0.02, 0.024, 0.05, 0.029, 0.10, 0.40, 0.18, 0.08), (-8.5, -14), 0.12),
    "conifer": Material((0.015, 0.019, 0.034, 0.022, 0.07, 0.27, 0.11, 0.05), (-9, -14.5), 0.12),
    "forest": Material((0.018, 0.022, 0.044, 0.026, 0.09, 0.36, 0.16, 0.07), (-8.5, -14), 0.13,
                       "conifer", 0.35),
    "bare_tree": Material((0.05, 0.06, 0.08, 0.10, 0.13, 0.20, 0.22, 0.15), (-10, -16), 0.15),
    "autumn_tree": Material((0.03, 0.04, 0.08, 0.10, 0.17, 0.33, 0.22, 0.12), (-9, -15), 0.14),
    "shrub": Material((0.035, 0.045, 0.075, 0.07, 0.13, 0.28, 0.25, 0.15), (-11, -17), 0.16,
                      "dry_grass", 0.4),
    "grass": Material((0.038, 0.048, 0.088, 0.070, 0.15, 0.37, 0.23, 0.12), (-12.5, -19), 0.07,
                      "dry_grass", 0.32),
    "dry_grass": Material((0.06, 0.075, 0.115, 0.13, 0.18, 0.29, 0.33, 0.21), (-13, -20), 0.07,
                          "soil", 0.3),
    "crop": Material((0.03, 0.038, 0.08, 0.045, 0.14, 0.48, 0.20, 0.09), (-10.5, -17), 0.05),
    "young_crop": Material((0.05, 0.06, 0.10, 0.095, 0.16, 0.34, 0.28, 0.18), (-11.5, -18.5), 0.06),
    "ripe_crop": Material((0.07, 0.09, 0.14, 0.18, 0.23, 0.33, 0.34, 0.23), (-11, -18), 0.05),
    "stubble": Material((0.08, 0.10, 0.145, 0.185, 0.22, 0.28, 0.37, 0.29), (-13, -20.5), 0.06),
    "ploughed": Material((0.06, 0.075, 0.10, 0.13, 0.155, 0.20, 0.27, 0.24), (-10.5, -19), 0.07),
    "paddy": Material((0.04, 0.05, 0.075, 0.06, 0.09, 0.16, 0.09, 0.05), (-15, -22), 0.04,
                      "crop", 0.15),
    "soil": Material((0.09, 0.11, 0.15, 0.20, 0.23, 0.28, 0.35, 0.31), (-12.5, -21), 0.07,
                     "dry_grass", 0.3),
    "red_soil": Material((0.06, 0.075, 0.12, 0.21, 0.24, 0.29, 0.36, 0.31), (-12.5, -21), 0.07,
                         "dry_grass", 0.25),
    "sand": Material((0.16, 0.19, 0.25, 0.30, 0.33, 0.37, 0.43, 0.40), (-16, -24), 0.04),
    "asphalt": Material((0.085, 0.092, 0.099, 0.104, 0.108, 0.115, 0.13, 0.12), (-15, -23), 0.045),
    "old_asphalt": Material((0.13, 0.14, 0.15, 0.158, 0.162, 0.17, 0.19, 0.18), (-15, -23), 0.05),
    "concrete": Material((0.20, 0.225, 0.25, 0.265, 0.275, 0.29, 0.32, 0.29), (-12, -21), 0.05),
    "gravel": Material((0.14, 0.16, 0.19, 0.215, 0.225, 0.24, 0.28, 0.26), (-12, -20), 0.09),
    "paint": Material((0.40, 0.44, 0.46, 0.47, 0.48, 0.50, 0.42, 0.38), (-14, -22), 0.05),
    "rock": Material((0.11, 0.125, 0.14, 0.15, 0.16, 0.18, 0.22, 0.20), (-8, -16), 0.25),
    "urban": Material((0.12, 0.135, 0.15, 0.165, 0.18, 0.22, 0.24, 0.21), (-7.5, -14), 0.30),
    "village": Material((0.075, 0.085, 0.105, 0.12, 0.16, 0.25, 0.25, 0.18), (-6, -13), 0.2,
                        "grass", 0.25),
    "tile_red": Material((0.06, 0.07, 0.10, 0.19, 0.24, 0.30, 0.36, 0.31), (-4, -12), 0.07),
    "tile_brown": Material((0.065, 0.07, 0.085, 0.11, 0.14, 0.19, 0.25, 0.22), (-4, -12), 0.07),
    "shingle": Material((0.10, 0.105, 0.108, 0.112, 0.115, 0.125, 0.15, 0.14), (-4, -12), 0.07),
    "dark_shingle": Material((0.055, 0.06, 0.062, 0.065, 0.07, 0.08, 0.10, 0.09), (-4, -12), 0.08),
    "metal": Material((0.28, 0.30, 0.31, 0.32, 0.325, 0.335, 0.33, 0.30), (-2, -12), 0.05),
    "rusty_metal": Material((0.12, 0.125, 0.145, 0.195, 0.21, 0.24, 0.29, 0.27), (-2, -12), 0.13),
    "white_roof": Material((0.36, 0.40, 0.42, 0.42, 0.425, 0.43, 0.36, 0.31), (-3, -12), 0.04),
    "blue_metal": Material((0.17, 0.21, 0.17, 0.09, 0.09, 0.14, 0.22, 0.20), (-2, -12), 0.05),
    "green_metal": Material((0.09, 0.11, 0.15, 0.10, 0.11, 0.16, 0.21, 0.19), (-2, -12), 0.05),
    "membrane": Material((0.15, 0.165, 0.175, 0.18, 0.185, 0.19, 0.20, 0.18), (-4, -13), 0.05),
    "rubble": Material((0.13, 0.14, 0.16, 0.185, 0.20, 0.23, 0.28, 0.26), (-7, -14), 0.45),
    "tarpaulin": Material((0.20, 0.30, 0.20, 0.085, 0.10, 0.25, 0.24, 0.20), (-6, -14), 0.05),
    "burn": Material((0.03, 0.034, 0.041, 0.047, 0.055, 0.075, 0.17, 0.19), (-12, -20), 0.14,
                     "shrub", 0.25),
    "cleared": Material((0.08, 0.095, 0.13, 0.165, 0.195, 0.25, 0.33, 0.27), (-12.5, -20), 0.15,
                        "soil", 0.4),
    "car_white": Material((0.42, 0.46, 0.48, 0.49, 0.49, 0.5, 0.4, 0.35), (-3, -13), 0.03),
    "car_grey": Material((0.16, 0.17, 0.175, 0.18, 0.18, 0.19, 0.2, 0.2), (-3, -13), 0.03),
    "car_dark": Material((0.04, 0.042, 0.044, 0.046, 0.05, 0.06, 0.1, 0.1), (-3, -13), 0.03),
    "car_red": Material((0.04, 0.04, 0.05, 0.26, 0.28, 0.3, 0.3, 0.3), (-3, -13), 0.03),
    "ship": Material((0.20, 0.21, 0.22, 0.235, 0.24, 0.25, 0.26, 0.24), (4, -5), 0.3),
    "containers": Material((0.15, 0.16, 0.16, 0.21, 0.22, 0.24, 0.26, 0.25), (3, -6), 0.35),
    "tank": Material((0.42, 0.44, 0.45, 0.45, 0.45, 0.45, 0.4, 0.35), (3, -7), 0.03),
}  # fmt: skip

# What a season makes of a material: the other material and its share.
SEASONAL: dict[Season, dict[str, tuple[str, float]]] = {
    "summer": {},
    "autumn": {"tree": ("autumn_tree", 0.6), "forest": ("autumn_tree", 0.4),
               "grass": ("dry_grass", 0.2), "crop": ("ripe_crop", 0.8), "shrub": ("dry_grass", 0.3),
               "young_crop": ("stubble", 0.7), "ripe_crop": ("stubble", 0.9)},
    "winter": {"tree": ("bare_tree", 0.8), "forest": ("bare_tree", 0.5),
               "grass": ("dry_grass", 0.55), "crop": ("ploughed", 0.9), "shrub": ("bare_tree", 0.5),
               "young_crop": ("ploughed", 0.7), "ripe_crop": ("stubble", 0.8)},
    "dry": {"tree": ("autumn_tree", 0.15), "forest": ("shrub", 0.12), "grass": ("dry_grass", 0.8),
            "crop": ("ripe_crop", 0.5), "young_crop": ("ripe_crop", 0.6),
            "wetland": ("dry_grass", 0.3)},
}  # fmt: skip


def signature(name: str, roles: tuple[BandRole, ...], season: Season) -> NDArray[np.float32]:
    """Reflectance (or linear sigma nought) of a material in the given roles, one value a role."""
    own = np.array([_value(name, role) for role in roles], np.float32)
    if name not in SEASONAL[season]:
        return own
    other, share = SEASONAL[season][name]
    mixed = np.array([_value(other, role) for role in roles], np.float32)
    return (1 - share) * own + share * mixed


def variation(name: str, roles: tuple[BandRole, ...], season: Season) -> NDArray[np.float32]:
    """What one deviation of the patch noise adds to the signature, one value a role."""
    material = MATERIALS[name]
    own = signature(name, roles, season)
    if material.varies_to is None:
        return material.patchiness * own
    return material.patchiness * (signature(material.varies_to, roles, season) - own)


def _value(name: str, role: BandRole) -> float:
    material = MATERIALS[name]
    if role in RADAR_ROLES:
        return float(10 ** (material.radar_db[RADAR_ROLES.index(role)] / 10))
    return float(material.optical[OPTICAL_ROLES.index(role)])
