"""Which class of the results a word like `forest` means, and which state suits it.

Knows names of classes, no words of a language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.languages.speech import languages
from agent.planner.heard import Heard
from agent.planner.known import Known, KnownCase

GAIN: Mapping[str, str] = {
    "vegetation": "vegetation_gain", "tree": "vegetation_gain", "water": "water_gain",
    "burn": "burn", "regrowth": "regrowth", "built_up": "built_up_gain",
    "building": "built_up_gain", "index": "index_increase", "backscatter": "backscatter_increase",
}  # fmt: skip
LOSS: Mapping[str, str] = {
    "vegetation": "vegetation_loss", "tree": "vegetation_loss", "water": "water_loss",
    "burn": "burn", "regrowth": "regrowth", "built_up": "built_up_loss",
    "building": "built_up_loss", "index": "index_decrease", "backscatter": "backscatter_decrease",
}  # fmt: skip
INSTEAD_OF: Mapping[str, tuple[str, str]] = {"regrowth": ("vegetation", "increase")}
"""What a thing means with a state where no result tells the thing itself."""
RISING = frozenset({"appeared", "grown", "increase"})
FALLING = frozenset({"vanished", "shrunk", "decrease"})
INSTEAD: Mapping[str, tuple[str, ...]] = {
    "appeared": ("increase",), "grown": ("increase", "appeared"), "increase": ("appeared",),
    "vanished": ("decrease",), "shrunk": ("decrease", "vanished"), "decrease": ("vanished",),
}  # fmt: skip
"""States that say nearly the same, for results that do not tell the one that was asked for."""


@dataclass(frozen=True)
class Subject:
    """What a question is about.

    Attributes:
        names: class names; two where a word means a gain and a loss; none for anything.
        state: state, empty for any.
        is_named: whether the question named a class or a thing.
    """

    names: tuple[str, ...]
    state: str
    is_named: bool


def subject(heard: Heard) -> Subject:
    """What a question is about; a thing no result knows keeps its own name."""
    classes = heard.classes
    things = heard.things
    states = tuple(one for one in heard.states if one != "changed")
    state = states[0] if states else ""
    named = classes or _first_known([_classes(one, state, heard.known) for one in things], heard)
    if not named and not things and state:
        named = _directed(state, heard.known)
    case = heard.known.about(named[0] if named else "any")
    return Subject(named, _told(state, named, case, heard.known), bool(classes or things))


def _directed(state: str, known: Known) -> tuple[str, ...]:
    """The only class of a direction: `and the loss?` where nothing but vegetation was lost."""
    table = GAIN if state in RISING else LOSS if state in FALLING else {}
    found = tuple(name for name in known.classes if name in table.values())
    others = [case for case in known.cases if case.kind == "count"]
    return found if len(found) == 1 and not others else ()


def _first_known(candidates: Sequence[tuple[str, ...]], heard: Heard) -> tuple[str, ...]:
    """The first thing that a result tells; the first one said where none does."""
    found = (names for names in candidates if names[0] in heard.known.classes)
    return next(found, candidates[0] if candidates else ())


def _classes(thing: str, state: str, known: Known) -> tuple[str, ...]:
    """The class called like a thing, else those of its gain and loss, else its own name."""
    if thing in known.classes:
        return (thing,)
    called = _called(thing, known.classes)
    if called:
        return called
    if thing == "built_up" and "building" in known.classes:
        return ("building",)
    if thing in INSTEAD_OF and not {GAIN[thing], LOSS[thing]} & {*known.classes}:
        thing, state = INSTEAD_OF[thing]
    gain, loss = GAIN.get(thing), LOSS.get(thing)
    wanted = [gain] if state in RISING else [loss] if state in FALLING else [gain, loss]
    found = tuple(dict.fromkeys(name for name in wanted if name in known.classes and name))
    either = tuple(dict.fromkeys(n for n in (gain, loss) if n in known.classes and n))
    return found or (() if thing == "change" else either[:1] if state else either) or (thing,)


@lru_cache(maxsize=256)
def _called(thing: str, classes: tuple[str, ...]) -> tuple[str, ...]:
    """Classes whose own name is a word for the thing in some language: `house` for a building."""
    if thing in GAIN:
        stems = {
            phrase.removesuffix("*")
            for speech in languages()
            for phrase in speech.lexicon.get(f"thing:{thing}", ())
            if not phrase.startswith("*")
        }
        return tuple(name for name in classes if name in stems or name.removesuffix("s") in stems)[
            :1
        ]
    return ()


def _told(state: str, named: tuple[str, ...], case: KnownCase | None, known: Known) -> str:
    """A state the result tells; none for classes that hold their direction in their name."""
    directed = {*GAIN.values(), *LOSS.values()}
    if not state or (named and named[0] in directed and named[0] in known.classes):
        return ""
    if case is None or state in case.states:
        return state
    if state == "kept" and case.kind == "comparison":
        return ""
    return next((other for other in INSTEAD.get(state, ()) if other in case.states), state)


def opposite(name: str, state: str, known: Known) -> str:
    """The class of the other direction, if a result tells it and the state asks for it."""
    table = GAIN if state in RISING else LOSS if state in FALLING else {}
    concepts = [concept for one in (GAIN, LOSS) for concept, value in one.items() if value == name]
    found = (table[concept] for concept in concepts if concept in table)
    return next((other for other in found if other in known.classes), "")
