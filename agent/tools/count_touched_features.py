"""Which features of a layer of the user's were touched by change."""

from agent.desk import Desk
from agent.tools.answering import told
from agent.tools.asked import About, Name
from agent.tools.base import Told
from agent.tools.choosing import asked, layer_of
from analysis.inquiry import relations

SUMMARY = (
    "How many features of a user layer, e.g. parcels or districts, hold change of a class, and "
    "their share in % of all its features."
)


class Arguments(About):
    """What change, and the features of which layer."""

    layer: Name = ""


def run(desk: Desk, wanted: Arguments) -> Told:
    """Number and share of the features with change."""
    question = asked(desk, wanted)
    layer = layer_of(question.case, wanted.layer).name
    return told(question, lambda: relations.touched(question.case, question.which, layer))
