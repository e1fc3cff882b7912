"""The kinds of places that can be planned, by name.

Knows nothing of how they look.
"""

from typing import Literal

from errors import InputError
from simulation.countryside import delta, farmland, forest
from simulation.harbour import harbour
from simulation.plan import Plan, Site
from simulation.streets import built_up
from simulation.terrain import Rng

Kind = Literal["suburb", "town", "industry", "farmland", "forest", "delta", "harbour"]
OPEN_COUNTRY = {"farmland": farmland, "forest": forest, "delta": delta, "harbour": harbour}
KINDS: tuple[Kind, ...] = (
    "suburb", "town", "industry", "farmland", "forest", "delta", "harbour",
)  # fmt: skip


def lay_out(rng: Rng, site: Site, kind: Kind) -> Plan:
    """A plan of a kind of place that fills the site.

    Raises:
        InputError: no such kind.
    """
    if kind in OPEN_COUNTRY:
        return OPEN_COUNTRY[kind](rng, site)
    if kind in KINDS:
        return built_up(rng, site, kind)
    message = f"There is no kind of place {kind!r}."
    raise InputError(message, hint=f"Choose one of {', '.join(KINDS)}.")
