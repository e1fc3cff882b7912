"""How things lie to the features of a layer of the user's: in it, at it, near it, or how far."""

from dataclasses import replace

from agent.desk import Desk
from agent.tools.answering import told
from agent.tools.asked import Common as Arguments
from agent.tools.base import Told
from agent.tools.choosing import Asked, asked, layer_of
from analysis.inquiry import relations
from analysis.inquiry.case import Measured

__all__ = ["SUMMARY", "Arguments", "run"]

SUMMARY = (
    "Number of things of a class within, touching, near (distance_m) or outside the features of a "
    "user layer, and the distance in m of the thing nearest to it."
)


def run(desk: Desk, wanted: Arguments) -> Told:
    """The count, and the distance of the nearest."""
    layer = layer_of(asked(desk, wanted).case, wanted.layer).name
    question = asked(desk, wanted.model_copy(update={"layer": layer}), place=wanted.place)
    return told(question, lambda: _related(question, layer))


def _related(question: Asked, layer: str) -> tuple[Measured, ...]:
    case, which = question.case, question.which
    anywhere = replace(which, near=None)
    return relations.related(case, which), *relations.nearest(case, anywhere, layer, 1)
