"""Words of a question that are not understood, and whether one of them changes what is asked.

A noun in the place of a thing, a word that describes a thing and the name of a place do; small
talk does not. Knows no language but by its record, and no result.
"""

import re
from collections.abc import Callable

from agent.planner import marks, slots
from agent.planner.frame import Frame
from agent.planner.heard import Heard
from agent.planner.marks import Mark
from agent.planner.subjects import Subject

LEAST_UNDERSTOOD = 0.66
"""Below this a question without a verb of ours is about something else."""
NEEDS_NO_THING = frozenset({"list_exclusions", "write_caption", "write_report"})
NAMES_OF_ITS_OWN = frozenset({"feature", "area", "layername", "class"})
CALLED = frozenset({"layer", "thing"})
CUES = frozenset(
    f"ask:{cue}" for cue in (
        "count", "area", "density", "average", "median", "length", "where", "yesno",
        "list", "each", "largest", "smallest", "nearest", "touched",
    )
)  # fmt: skip
"""Behind these stands what is asked about."""


def unclear(own: Frame, heard: Heard, about: Subject) -> Frame | None:
    """A refusal where the question names a thing or a place that nobody knows."""
    if own.tool not in slots.INHERITING:
        place = named_place(heard) if own.tool in NEEDS_NO_THING else ""
        return unknown_place(own, place) if place else None
    if heard.unknown and own.tool == "detect_change" and not _says_something(heard, about):
        return Frame("refuse", reason="unsupported")
    if place := named_place(heard):
        return unknown_place(own, place)
    if own.tool in NEEDS_NO_THING:
        thing = unmapped(heard) if heard.marks.has("ask:count") else None
        return _unknown_word(own, thing) if thing else None
    is_alone = not about.is_named and not names_anything(heard)
    word = unmapped(heard) or _describing(heard) or (_first(_is_head, heard) if is_alone else None)
    return _unknown_word(own, word) if word else None


def unclear_turn(last: Frame, heard: Heard) -> Frame | None:
    """A refusal of a turn that says something unknown beside what is understood."""
    if heard.marks.has("work:count"):
        return None
    if place := named_place(heard):
        return unknown_place(last, place)
    if thing := unmapped(heard):
        return _unknown_word(last, thing)
    if not heard.unknown or heard.understood < LEAST_UNDERSTOOD:
        return None
    says = heard.states or heard.places or heard.layer or heard.amounts.spans
    leans = heard.marks.has("unit:", "follow:same", "follow:next")
    word = _describing(heard) or (None if says or leans else heard.unknown[0])
    return _unknown_word(last, word) if word else None


def names_anything(heard: Heard) -> bool:
    """Whether it is about change of any kind."""
    return heard.marks.has("thing:any", "of:change")


def named_place(heard: Heard) -> str:
    """The unknown word that stands where a place would: behind `in`, or beside `district`."""
    unknown = (word for word in heard.unknown if _is_place(word, heard))
    proper = (word for word in _proper(heard) if _is_beside_head(word, heard))
    begun = (word for word in _proper(heard) if _is_but_begun(word, heard))
    return next((word.concept for word in (*unknown, *proper, *begun)), "")


def _is_but_begun(word: Mark, heard: Heard) -> bool:
    """A name behind `in` that only begins like a word: `Riverbend` is no river."""
    before = heard.marks.text[: word.start].split()
    is_placed = bool(before) and before[-1] in heard.speech.grammar.place_cues
    whole = marks.vocabulary(heard.tag)
    return is_placed and not whole.is_whole(word.concept.removesuffix("s"))


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


def unmapped(heard: Heard) -> Mark | None:
    """The first thing it names that no result tells apart: mosques, bridges, solar panels."""
    said = heard.marks
    own = [mark for mark in said.marks if mark.kind in NAMES_OF_ITS_OWN]
    found = (mark for mark in said.marks if mark.kind == "unmapped"
             and not any(one.start <= mark.start < one.end for one in own))  # fmt: skip
    one = next(found, None)
    return Mark(said.text[one.start : one.end], one.start, one.end) if one else None


def _says_something(heard: Heard, about: Subject) -> bool:
    says = about.is_named or heard.states or names_anything(heard) or heard.places or heard.layer
    return bool(says)


def _first(is_so: Callable[[Mark, Heard], bool], heard: Heard) -> Mark | None:
    return next((word for word in heard.unknown if is_so(word, heard)), None)


def _is_place(word: Mark, heard: Heard) -> bool:
    spoken = heard.speech.grammar
    before = heard.marks.text[: word.start].split()
    is_proper = word.concept in heard.capitals
    is_small = spoken.has_capital_nouns and bool(heard.capitals) and not is_proper
    if is_small or _is_restated(word, heard):
        return False
    if _is_beside_head(word, heard) and (is_proper or {*before[-2:]} & spoken.place_cues):
        return True
    if is_proper and {*before[-1:]} & spoken.settlements:
        return True
    is_named = before[-1:] and before[-1] in spoken.weak_place_cues
    pointed = {*before[-1:]} & spoken.pointing and not is_proper
    while before and (
        before[-1] in spoken.articles or (is_proper and before[-1] in heard.capitals)
    ):
        before.pop()
    if not before or pointed or heard.follows(word) & spoken.manners:
        return False
    if before[-1] in spoken.place_cues:
        return True
    is_weak = is_proper and before[-1] in spoken.weak_place_cues
    # Where every noun has a capital, a name shows by its missing article.
    return is_weak and (bool(is_named) or not spoken.has_capital_nouns)


def _is_restated(word: Mark, heard: Heard) -> bool:
    """Whether a known place stands behind: `in the old part, so Old Town`, `im Gebiet Old Town`."""
    places = {mark.start for mark in heard.marks.marks if mark.kind in {"area", "feature"}}
    behind = heard.marks.text[word.end + 1 :].split()
    near = {word.end + 1, word.end + 2 + len(behind[0])} if behind else set()
    is_common_noun = word.concept not in heard.capitals or heard.speech.grammar.has_capital_nouns
    is_called = is_common_noun and word.end + 1 in places
    return is_called or (word.concept in heard.closed and bool(near & places))


def _is_beside_head(word: Mark, heard: Heard) -> bool:
    """Beside a word for a layer: `Riverside district`, `district Blankenese`."""
    heads = [mark for mark in heard.marks.marks if mark.kind in {"layer", "layername"}]
    return any(word.end + 1 == head.start or head.end + 1 == word.start for head in heads)


def _describing(heard: Heard) -> Mark | None:
    """The first unknown word that describes a thing, so that others than asked for would count."""
    tests = (_is_modifier, _is_attribute, _is_participle, _is_property, _is_predicate)
    return next((found for test in tests if (found := _first(test, heard))), None)


def _is_modifier(word: Mark, heard: Heard) -> bool:
    """Before a thing: `haunted houses`; adverbs say nothing of it."""
    things = {mark.start for mark in heard.marks.marks if mark.kind in {"thing", "class"}}
    is_apart = word.concept in heard.closed or word.concept.endswith(heard.speech.grammar.adverbs)
    return word.end + 1 in things and not is_apart


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
    is_verb = re.fullmatch(grammar.participle, word.concept) is not None
    return is_behind and (is_verb or bool({*before[-1:]} & grammar.auxiliaries))


def _is_predicate(word: Mark, heard: Heard) -> bool:
    """At the end and behind a verb: `which of the new houses are observatories`."""
    before = heard.marks.text[: word.start].split()
    is_last = not heard.marks.text[word.end :].strip()
    grammar = heard.speech.grammar
    is_verb = re.fullmatch(grammar.participle, word.concept) is not None
    is_said = is_verb or word.concept.endswith((*grammar.adverbs, *grammar.verbs))
    return is_last and not is_said and bool({*before[-1:]} & grammar.copulas)


def _is_property(word: Mark, heard: Heard) -> bool:
    """Behind `how`: `how pretty are the houses`."""
    before = heard.marks.text[: word.start].split()
    return bool(before) and before[-1] in heard.speech.grammar.how


def _is_head(word: Mark, heard: Heard) -> bool:
    """Whether it stands where what is asked about does: `how many zorbs`, `zorbs vanished`."""
    grammar, said = heard.speech.grammar, heard.marks
    if grammar.has_capital_nouns and heard.capitals and word.concept not in heard.capitals:
        return False
    is_verb = re.fullmatch(grammar.participle, word.concept) is not None
    if is_verb or word.concept.endswith((*grammar.adverbs, *grammar.verbs)):
        return False
    if any(mark.start == word.end + 1 and mark.kind == "state" for mark in said.marks):
        return True
    start = word.start
    while before := said.text[:start].split():
        ends = [mark for mark in said.marks if mark.end == start - 1]
        if any(mark.concept in CUES or mark.kind == "state" for mark in ends):
            return True
        if before[-1] not in grammar.articles | grammar.of:
            return False
        start -= len(before[-1]) + 1
    return False


def _unknown_word(own: Frame, word: Mark) -> Frame:
    """A refusal that says which word is not understood: it could change what is asked."""
    meant = (own.tool, own.arguments)
    return Frame(
        "refuse", "list_transitions", reason="unknown_class", about=word.concept, meant=meant
    )


def unknown_place(own: Frame, word: str) -> Frame:
    """A refusal that says which place is not known."""
    meant = (own.tool, own.arguments)
    return Frame("refuse", "list_places", reason="unknown_place", about=word, meant=meant)
