"""Words of a question that are not understood, and whether one of them changes what is asked.

A noun in the place of a thing, a word that describes a thing and the name of a place do; small
talk does not. Knows no language but by its record, and no result.
"""

import re
from collections.abc import Callable

from agent.planner import slots
from agent.planner.frame import Frame
from agent.planner.heard import Heard
from agent.planner.marks import Mark
from agent.planner.subjects import Subject

LEAST_UNDERSTOOD = 0.66
"""Below this a question without a verb of ours is about something else."""
NEEDS_NO_THING = frozenset({"list_exclusions", "write_caption", "write_report"})
NAMES_OF_ITS_OWN = frozenset({"feature", "area", "layername", "class"})
CALLED = frozenset({"layer", "thing"})
HEADED = (
    "ask:area", "ask:share", "ask:density", "ask:average", "ask:median", "ask:transitions",
    "ask:caption", "ask:report", "ask:pair", "ask:method", "ask:sure", "ask:excluded",
    "ask:explain", "ask:net", "ask:compare_dates", "ask:aligned",
)  # fmt: skip
"""What a noun behind belongs to: the `matrix` of a `transition matrix` is no thing on the map."""


def unclear(own: Frame, heard: Heard, about: Subject) -> Frame | None:
    """A refusal where the question names a thing or a place that nobody knows."""
    if own.tool not in slots.INHERITING:
        return None
    if heard.unknown and own.tool == "detect_change" and not _says_something(heard, about):
        return Frame("refuse", reason="unsupported")
    if place := named_place(heard):
        return _unknown_place(own, place)
    if own.tool in NEEDS_NO_THING:
        return None
    is_alone = not about.is_named and not names_anything(heard)
    word = _describing(heard) or (_first(_may_be_thing, heard) if is_alone else None)
    return _unknown_word(own, word.concept) if word else None


def unclear_turn(last: Frame, heard: Heard) -> Frame | None:
    """A refusal of a turn that says something unknown beside what is understood."""
    if heard.marks.has("work:count"):
        return None
    if place := named_place(heard):
        return _unknown_place(last, place)
    if not heard.unknown or heard.understood < LEAST_UNDERSTOOD:
        return None
    says = heard.states or heard.places or heard.layer or heard.amounts.spans
    word = _describing(heard) or (None if says else heard.unknown[0])
    return _unknown_word(last, word.concept) if word else None


def names_anything(heard: Heard) -> bool:
    """Whether it is about change of any kind."""
    return heard.marks.has("thing:any", "of:change")


def named_place(heard: Heard) -> str:
    """The unknown word that stands where a place would: behind `in`, or beside `district`."""
    unknown = (word for word in heard.unknown if _is_place(word, heard))
    proper = (word for word in _proper(heard) if _is_beside_head(word, heard))
    return next((word.concept for word in (*unknown, *proper)), "")


def _proper(heard: Heard) -> tuple[Mark, ...]:
    """Known words that are written as names: the `Riverside` of a `Riverside district`."""
    if heard.speech.grammar.has_capital_nouns:
        return ()
    said = heard.marks
    named = [mark for mark in said.marks if mark.kind in NAMES_OF_ITS_OWN]
    words = {said.text[mark.start : mark.end]: mark for mark in said.marks if mark.kind in CALLED}
    return tuple(
        Mark(word, mark.start, mark.end)
        for word, mark in words.items()
        if word in heard.capitals and not any(one.start <= mark.start < one.end for one in named)
    )


def _says_something(heard: Heard, about: Subject) -> bool:
    says = about.is_named or heard.states or names_anything(heard) or heard.places or heard.layer
    return bool(says)


def _first(is_so: Callable[[Mark, Heard], bool], heard: Heard) -> Mark | None:
    return next((word for word in heard.unknown if is_so(word, heard)), None)


def _is_place(word: Mark, heard: Heard) -> bool:
    if _is_beside_head(word, heard):
        return True
    spoken = heard.speech.grammar
    before = heard.marks.text[: word.start].split()
    is_proper = word.concept in heard.capitals
    while before and (
        before[-1] in spoken.articles or (is_proper and before[-1] in heard.capitals)
    ):
        before.pop()
    if not before or heard.follows(word) & spoken.manners:
        return False
    if before[-1] in spoken.place_cues:
        return True
    return is_proper and before[-1] in spoken.weak_place_cues


def _is_beside_head(word: Mark, heard: Heard) -> bool:
    """Beside a word for a layer: `Riverside district`, `district Blankenese`."""
    heads = [mark for mark in heard.marks.marks if mark.kind in {"layer", "layername"}]
    return any(word.end + 1 == head.start or head.end + 1 == word.start for head in heads)


def _describing(heard: Heard) -> Mark | None:
    """The first unknown word that describes a thing, so that others than asked for would count."""
    tests = (_is_modifier, _is_attribute, _is_participle, _is_property)
    return next((found for test in tests if (found := _first(test, heard))), None)


def _is_modifier(word: Mark, heard: Heard) -> bool:
    """Before a thing: `haunted houses`; adverbs say nothing of it."""
    things = {mark.start for mark in heard.marks.marks if mark.kind in {"thing", "class"}}
    return word.end + 1 in things and not word.concept.endswith(heard.speech.grammar.adverbs)


def _is_attribute(word: Mark, heard: Heard) -> bool:
    """Behind a thing and `with` or the like: `houses with balconies`."""
    marks = heard.marks.marks
    ends = {mark.end for mark in marks if mark.kind in {"thing", "class", "state"}}
    before = heard.marks.text[: word.start].split()
    is_had = bool(before) and before[-1] in heard.speech.grammar.having
    links = [mark for mark in marks if mark.concept == "link:with" and mark.start - 1 in ends]
    is_linked = any(link.end == word.start - 1 for link in links)
    return is_linked or (is_had and any(end < word.start for end in ends))


def _is_participle(word: Mark, heard: Heard) -> bool:
    """Behind a thing, where nothing else says what became of it: `how many houses were sold`."""
    said = heard.marks
    if heard.states or said.has("date:", "ask:largest", "ask:smallest", "relation:near"):
        return False
    things = [mark.end for mark in said.marks if mark.kind in {"thing", "class"}]
    before = said.text[: word.start].split()
    is_behind = any(end <= word.start for end in things)
    grammar = heard.speech.grammar
    is_last = not said.text[word.end :].strip()
    is_verb = re.fullmatch(grammar.participle, word.concept) is not None
    return is_behind and (is_last or is_verb or bool({*before[-1:]} & grammar.auxiliaries))


def _is_property(word: Mark, heard: Heard) -> bool:
    """Behind `how`: `how pretty are the houses`."""
    before = heard.marks.text[: word.start].split()
    return bool(before) and before[-1] in heard.speech.grammar.how


def _may_be_thing(word: Mark, heard: Heard) -> bool:
    """Whether it may be the noun of what is asked about."""
    spoken, said = heard.speech.grammar, heard.marks
    if any(mark.end + 1 == word.start for mark in said.marks if mark.concept in HEADED):
        return False
    if spoken.has_capital_nouns and heard.capitals:
        return word.concept in heard.capitals
    before = said.text[: word.start].split()
    is_verb = len(before) > 1 and before[-1] in spoken.auxiliaries
    is_compared = bool(heard.follows(word) & spoken.than)
    return not (is_verb or is_compared or word.concept.endswith(spoken.adverbs))


def _unknown_word(own: Frame, word: str) -> Frame:
    """A refusal that says which word is not understood: it could change what is asked."""
    meant = (own.tool, own.arguments)
    return Frame("refuse", "list_transitions", reason="unknown_class", about=word, meant=meant)


def _unknown_place(own: Frame, word: str) -> Frame:
    meant = (own.tool, own.arguments)
    return Frame("refuse", "list_places", reason="unknown_place", about=word, meant=meant)
