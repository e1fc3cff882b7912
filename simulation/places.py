"""The kinds of places that can be planned, by name.

Knows nothing of how they look.
"""

from dataclasses import replace
from typing import Literal

import numpy as np
from shapely import STRtree, points

from errors import InputError
from simulation.countryside import delta, farmland, forest
from simulation.harbour import harbour
from simulation.plan import Plan, Site, Trees
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
        return fell(OPEN_COUNTRY[kind](rng, site))
    if kind in KINDS:
        return fell(built_up(rng, site, kind))
    message = f"There is no kind of place {kind!r}."
    raise InputError(message, hint=f"Choose one of {', '.join(KINDS)}.")


def fell(plan: Plan) -> Plan:
    """The plan without the trees that would stand in or right beside a house."""
    solid = [b.outline for b in plan.buildings if b.kind != "vehicle"]
    if not solid or not len(plan.trees.xy):
        return plan
    trunks = np.asarray(points(plan.trees.xy), object)
    hit = STRtree(trunks).query(solid, predicate="dwithin", distance=2.0)[1]
    free = np.full(len(trunks), True)
    free[hit] = False
    old = plan.trees
    trees = Trees.planted(old.xy[free], old.radius_m[free], old.is_conifer[free])
    return replace(plan, trees=trees)
