"""Materials look like themselves to the indices that people compute."""

import numpy as np
import pytest

from simulation.events import Event
from simulation.pair import PairSpec, render
from simulation.spectra import MATERIALS, OPTICAL_ROLES, signature


def index(material: str, first: str, second: str, season: str = "summer") -> float:
    a, b = signature(material, (first, second), season)  # type: ignore[arg-type]
    return float((a - b) / (a + b))


@pytest.mark.parametrize("name", sorted(MATERIALS))
def test_every_signature_is_a_reflectance_and_a_plausible_backscatter(name: str) -> None:
    optical = signature(name, OPTICAL_ROLES, "summer")
    assert (optical > 0).all()
    assert (optical < 0.7).all()
    vv, vh = 10 * np.log10(signature(name, ("vv", "vh"), "summer"))
    assert -25 < vv < 8
    assert 4 < vv - vh < 12


@pytest.mark.parametrize("name", ["tree", "conifer", "forest", "crop"])
def test_green_plants_have_high_ndvi(name: str) -> None:
    assert index(name, "nir", "red") > 0.5


@pytest.mark.parametrize("name", ["sea", "river", "lake", "flood", "plume", "pool"])
def test_water_has_positive_ndwi_and_mndwi(name: str) -> None:
    assert index(name, "green", "nir") > 0
    assert index(name, "green", "swir1") > 0.5


@pytest.mark.parametrize("name", ["asphalt", "concrete", "tile_red", "soil", "metal", "forest"])
def test_land_has_negative_ndwi(name: str) -> None:
    assert index(name, "green", "nir") < 0


def test_winter_and_drought_lower_ndvi() -> None:
    for season in ("winter", "dry"):
        assert index("grass", "nir", "red", season) < index("grass", "nir", "red") - 0.1


def rendered_index(name: str, bands: tuple[str, str], event: Event) -> tuple[float, float]:
    """Mean index inside the true change at both dates."""
    pair = render(PairSpec(11, "delta", (160, 160), 20.0, "multispectral6", (event,)))
    code = next(entry.code for entry in pair.legend if entry.name == name)
    first, second = (pair.roles.index(role) for role in bands)  # type: ignore[arg-type]
    inside = pair.truth == code
    assert inside.sum() > 20
    pre, post = (
        ((a[first] - a[second]) / (a[first] + a[second]))[inside].mean()
        for a in (pair.pre.astype(float), pair.post.astype(float))
    )
    return float(pre), float(post)


def test_rendered_burn_lowers_nbr_like_a_severe_fire() -> None:
    pre, post = rendered_index("burnt", ("nir", "swir2"), Event("burn", 2))
    # dNBR over 0.27 is moderate severity (Key and Benson, 2006).
    assert pre - post > 0.27


def test_rendered_clearing_lowers_ndvi() -> None:
    pre, post = rendered_index("vegetation_cleared", ("nir", "red"), Event("clearing", 2))
    assert pre > 0.5
    assert post < 0.35


def test_rendered_flood_raises_ndwi_over_zero() -> None:
    pre, post = rendered_index("flooded", ("green", "nir"), Event("flood", 2))
    assert pre < 0 < post
