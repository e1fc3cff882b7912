"""One question as heard: its language, marks, numbers and names, and what of it is not understood.

Knows which results there are, but not which tool answers.
"""

from dataclasses import dataclass
from functools import cache, cached_property

from agent.languages.speech import Speech, languages, speech
from agent.planner import amounts, foreign, marks, names, sentences, tokens
from agent.planner.amounts import Amounts
from agent.planner.known import Known
from agent.planner.marks import Mark, Marks

SHORT_WORDS = 5
FOLLOWING = 1
LEAST_UNDERSTOOD = 0.5
REPAIRED_COUNTS = 0.6
PLACE_KINDS = frozenset({"place", "area", "feature"})
HALF_OF = {part: f"{part}ern half" for part in ("north", "south", "east", "west")}
SIDES = frozenset({frozenset({"north", "south"}), frozenset({"east", "west"})})
"""Parts that mean halves where a side is asked for: `which side, north or south?`."""


@dataclass(frozen=True)
class Heard:
    """A question as heard in one language.

    Attributes:
        question: as asked; untrusted text.
        tag: of the language.
        marks: what it says.
        amounts: its numbers.
        understood: share of its words that are known, 0..1.
        known: what may be asked about.
        quoted: what stood in quotes.
    """

    question: str
    tag: str
    marks: Marks
    amounts: Amounts
    understood: float
    known: Known
    quoted: tuple[str, ...] = ()

    @property
    def speech(self) -> Speech:
        """The language."""
        return speech(self.tag)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Places it names, as tools call them, in order; halves and parts, areas, features."""
        found = [mark.value for mark in self.marks.marks if mark.kind in PLACE_KINDS]
        named = tuple(dict.fromkeys(place for place in found if place != "aoi"))
        if self.marks.has("none:sides") and frozenset(named) in SIDES:
            return tuple(HALF_OF[place] for place in named)
        return named or tuple(dict.fromkeys(found))

    @cached_property
    def layer(self) -> str | None:
        """The user's layer it names, directly or by a word like `river`."""
        if any(mark.kind == "feature" for mark in self.marks.marks):
            return None
        direct = self.marks.first("layername")
        concepts = self.marks.values("layer")
        found = (names.layer_of(concept, self.known) for concept in concepts)
        return direct or next((layer for layer in found if layer), None)

    @property
    def things(self) -> tuple[str, ...]:
        """Concepts of things it names, `any` and the state in compounds left out."""
        said = [mark for mark in self.marks.marks if mark.kind == "thing"]
        every = {mark.value for mark in said if not self._is_set_aside(mark)}
        kept = [mark.value for mark in said if mark.value in every or not every]
        return tuple(dict.fromkeys(one.partition("+")[0] for one in kept if one != "any"))

    @property
    def classes(self) -> tuple[str, ...]:
        """Classes of the results it names, those left out that it sets aside for something else."""
        said = [mark for mark in self.marks.marks if mark.kind == "class"]
        meant = [mark for mark in said if not self._is_set_aside(mark)]
        kept = meant if meant or self.marks.has("thing:any") else said
        return tuple(dict.fromkeys(mark.value for mark in kept))

    @property
    def states(self) -> tuple[str, ...]:
        """States it names, those within compounds such as `deforestation` included."""
        said = [one.partition("+") for one in self.marks.values("thing")]
        told = self.known.classes
        # `Flood check: buildings` is about buildings; what the flood is has no say in it.
        aside = (
            {thing for thing, _, _ in said if thing not in told}
            if {*self.things} & {*told}
            else set()
        )
        compounds = [state for thing, _, state in said if state and thing not in aside]
        plain = (
            mark.value for mark in self.marks.marks if mark.kind == "state" and self._is_so(mark)
        )
        return tuple(dict.fromkeys((*compounds, *plain)))

    def _is_so(self, state: Mark) -> bool:
        """Whether a word tells a state: `50 m entfernt` is away and not removed."""
        apart = {mark.start for mark in self.marks.marks if mark.concept == "relation:apart"}
        return not (self.amounts.distance_m and state.start in apart)

    def _is_set_aside(self, thing: Mark) -> bool:
        """Whether a thing is named as what is not meant: `the patches, not the buildings`."""
        aside = {mark.end + 1 for mark in self.marks.marks if mark.concept == "follow:rather"}
        before = self.marks.text[: thing.start].split()
        while before and before[-1] in self.speech.grammar.articles:
            before.pop()
        if len(" ".join(["", *before, ""])) in aside:
            return True
        is_denied = bool(before) and before[-1] in self.speech.grammar.denying
        return is_denied and (len(before) > 1 and before[-2] in self.closed)

    @cached_property
    def unknown(self) -> tuple[Mark, ...]:
        """Words that say something and are not understood."""
        spans = self.amounts.spans
        return tuple(
            Mark(word, start, start + len(word))
            for start, word in self.marks.rest(self.speech.fillers)
            if not any(low <= start < high for low, high in spans)
            and word not in self.speech.ordinals
            and not self._is_common(word)
            and not any(low <= start < high for low, high in self.told)
        )

    @cached_property
    def told(self) -> tuple[tuple[int, int], ...]:
        """Where sentences stand that only tell something before the question."""
        return sentences.told(self.question, self.marks, self.speech.grammar)

    def _is_common(self, word: str) -> bool:
        """Whether a word says nothing; one written as a name may be one: `in Reading`."""
        is_name = word in self.capitals and not self.speech.grammar.has_capital_nouns
        return word in self.speech.common and not is_name

    @cached_property
    def capitals(self) -> frozenset[str]:
        """Words written with a capital that do not begin a sentence, in lower case."""
        return tokens.capitals(self.question)

    @cached_property
    def closed(self) -> frozenset[str]:
        """Words that a mark parts from the next, in lower case."""
        return tokens.closed(self.question)

    def follows(self, word: Mark) -> frozenset[str]:
        """The next words behind one."""
        return frozenset(self.marks.text[word.end :].split()[:FOLLOWING])

    @property
    def is_short(self) -> bool:
        """Whether it has but a few words."""
        return len(self.marks.text.split()) <= SHORT_WORDS

    @property
    def is_foreign(self) -> bool:
        """Whether it is in a language there is no file for."""
        return self.understood < LEAST_UNDERSTOOD and foreign.looks_foreign(self.question)

    @property
    def is_restated(self) -> bool:
        """Whether it asks for the same in other terms: `what would that be in hectares`."""
        return self.marks.has("unit:") and self.marks.has("follow:those") and not self.things


def hear(question: str, known: Known, *, tag_before: str = "") -> Heard:
    """The question in the language in which most of it is understood.

    Args:
        question: as asked.
        known: what may be asked about.
        tag_before: language of the dialogue so far, which is taken where two would do.
    """
    own = names.phrases(known, question)
    heard = [_in_language(question, spoken, known, own) for spoken in languages()]
    return max(heard, key=lambda one: (one.understood, one.tag == tag_before, one.tag == "en"))


def _in_language(question: str, spoken: Speech, known: Known, own: dict[str, str]) -> Heard:
    found = tokens.read(
        question, marks.vocabulary(spoken.tag), names=own.keys(),
        cues=spoken.grammar.place_cues | spoken.grammar.weak_place_cues,
        places=_place_words(spoken.tag), joints=spoken.grammar.joints,
    )  # fmt: skip
    said = marks.find(found.text, spoken.tag, own)
    numbers = amounts.find(said, spoken)
    understood = _understood(found, said, spoken)
    return Heard(question, spoken.tag, said, numbers, understood, known, found.quoted)


@cache
def _place_words(tag: str) -> frozenset[str]:
    """Words for parts of the area."""
    spoken = speech(tag)
    phrases = spoken.words_for("place").values()
    every = (word for several in phrases for phrase in several for word in phrase.split())
    return frozenset(word.strip("*") for word in every)


def _understood(found: tokens.Tokens, said: Marks, spoken: Speech) -> float:
    """Share of the words that are known; repaired ones count less, numbers are no words."""
    words = [word for word in found.words if not word[0].isdigit()]
    raw = {*found.raw.split()}
    unknown = {word for _, word in said.rest(spoken.fillers | spoken.common)}
    worth = [0.0 if word in unknown else 1.0 if word in raw else REPAIRED_COUNTS for word in words]
    return sum(worth) / len(worth) if worth else 0.0
