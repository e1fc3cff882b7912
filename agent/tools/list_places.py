"""Which places and layers can be asked about."""

from agent.desk import Desk
from agent.tools.asked import OfResult as Arguments
from agent.tools.base import Told
from agent.tools.choosing import case_of
from agent.tools.stated import layer_name, place_name

__all__ = ["SUMMARY", "Arguments", "run"]

SUMMARY = (
    "The places one can ask about: areas, the user's layers and their first features, the nine "
    "parts and the halves of the area of interest."
)
ORDER = ("area", "feature", "part", "half")
MOST_FEATURES = 25


def run(desk: Desk, wanted: Arguments) -> Told:
    """Names of areas, layers, features, parts and halves."""
    case = case_of(desk, wanted.result)
    by_origin = {name: [one for one in case.places if one.origin == name] for name in ORDER}
    features = by_origin["feature"]
    by_origin["feature"] = features[:MOST_FEATURES]
    places = tuple(place_name(case, one) for found in by_origin.values() for one in found)
    layers = tuple(layer_name(case, layer) for layer in case.layers)
    notes = ("Only the first features are listed.",) if len(features) > MOST_FEATURES else ()
    return Told(facts=(*layers, *places), notes=notes)
