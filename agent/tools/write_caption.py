"""A caption of a result: one sentence, or the paragraph that its report shows."""

from typing import Literal

from agent.desk import Desk
from agent.tools.asked import OfResult
from agent.tools.base import Told
from agent.tools.choosing import case_of
from agent.tools.slotted import slots_of
from analysis.facts import Fact
from analysis.inquiry.case import Case, Measured
from raster.mask import ChangeClass
from wording import caption, count_caption
from wording.english import ENGLISH
from wording.said import Caption

SUMMARY = (
    "A caption of a result. The note is its text with slots already in it, to be used as it is; "
    "`short` is one sentence with what limits it, `paragraph` also says where and what was left "
    "out."
)
_SHORT = (
    "changed_area changed_share object_count valid_area smallest_mapped_area objects_pre "
    "objects_post objects_appeared objects_vanished objects_kept pre_acquired_on post_acquired_on"
)
SHORT = frozenset(_SHORT.split())
"""Facts of the first sentence; a caption says nothing about those it is not given."""
AOI, ANY = "aoi", "any"


class Arguments(OfResult):
    """How long."""

    length: Literal["short", "paragraph"] = "paragraph"


def run(desk: Desk, wanted: Arguments) -> Told:
    """The cited facts in order, what else a caption rests on, and the caption with slots."""
    case = case_of(desk, wanted.result)
    facts = _first(case.facts) if wanted.length == "short" else case.facts
    worded = _worded(case, facts)
    by_id = {fact.id: fact for fact in facts}
    cited = [by_id[name] for name in dict.fromkeys(cite[2] for cite in worded.citations)]
    # A change of nought is not cited, but without it another language would call it unknown.
    beyond = [fact for fact in _first(facts) if fact not in cited]
    measured = tuple(Measured(fact, case=case.id) for fact in (*cited, *beyond))
    handles = desk.book.add(measured)
    slots = {fact.id: (handle, fact) for fact, handle in zip(cited, handles, strict=False)}
    return Told(measured, notes=(slots_of(worded, slots, ENGLISH),))


def _first(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Facts of the first sentence: of the whole area and, for comparisons, of all classes."""
    return tuple(
        fact
        for fact in facts
        if fact.name in SHORT
        and fact.region == AOI
        and (fact.change_class == ANY or not fact.name.startswith("changed"))
    )


def _worded(case: Case, facts: tuple[Fact, ...]) -> Caption:
    if case.kind == "count":
        counter = case.run["counter"]
        return count_caption.write(facts, thing=counter["thing"], things=counter["things"])
    legend = [
        ChangeClass(code, kind.name, kind.label, "changed", "")
        for code, kind in enumerate(case.kinds, start=1)
    ]
    return caption.write(facts, legend=legend)
