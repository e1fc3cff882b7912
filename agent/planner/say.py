"""Sentences with slots from what a tool told: fragments every kind of answer shares.

Chooses words by a fact's typed fields; states no number itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import Template

from agent.languages.speech import Speech
from agent.planner.frame import Frame
from agent.tools.base import Told
from analysis.facts import Fact
from analysis.inquiry.case import AOI, HALVES, Measured
from analysis.regions import REGIONS
from errors import InputError
from wording import quantities
from wording.slots import check

ANY = "any"
PARTS = frozenset({*REGIONS, *HALVES})
UNIT_ASPECTS = {"ha": ".in_ha", "km2": ".in_km2", "m2": ".in_m2", "m": ".in_m", "km": ".in_km"}
OF_AREA, OF_LENGTH = frozenset({"m2", "ha", "km2"}), frozenset({"m", "km"})


@dataclass(frozen=True)
class Say:
    """Words one answer.

    Attributes:
        speech: in which language.
        frame: what was asked.
        told: what one tool told.
        handles: of its facts, in the same order.
    """

    speech: Speech
    frame: Frame
    told: Told
    handles: tuple[str, ...]

    @property
    def facts(self) -> tuple[Measured, ...]:
        """The facts of the tool."""
        return self.told.facts

    def named(self, *names: str) -> Measured | None:
        """The first fact with one of these names."""
        return next((one for one in self.facts if one.fact.name in names), None)

    def starting(self, prefix: str) -> tuple[Measured, ...]:
        """All facts whose name begins so."""
        return tuple(one for one in self.facts if one.fact.name.startswith(prefix))

    def slot(self, measured: Measured, aspect: str = "") -> str:
        """The slot of a fact; sizes in the unit that was asked for."""
        handle = self.handles[self.facts.index(measured)]
        unit, wished = measured.fact.unit, self.frame.unit
        suits = (unit in OF_AREA and wished in OF_AREA) or (
            unit in OF_LENGTH and wished in OF_LENGTH
        )
        if not aspect and suits and unit != wished:
            aspect = UNIT_ASPECTS[wished]
        return f"{{{handle}{aspect}}}"

    def what(self, measured: Measured, *, is_one: bool = False) -> str:
        """What a fact is about, in the number that suits."""
        return self.slot(measured, ".class" if is_one else ".classes")

    def where(self, measured: Measured, *, prefix: str = "where") -> str:
        """Where, as an end of a sentence; nothing for the whole area."""
        region = measured.fact.region
        form = "aoi" if region == AOI else "part" if region in PARTS else "named"
        return self.text(f"{prefix}.{form}", region=self.slot(measured, ".region"))

    def that(self) -> str:
        """Which of the things are meant, by what became of them or by date."""
        arguments = self.frame.arguments
        name = f"that.{arguments.get('state') or arguments.get('date')}"
        return self.text(name) if self.has(name) else ""

    def near(self) -> str:
        """How the things lie to a layer, if that was asked."""
        arguments = self.frame.arguments
        relation = arguments.get("relation")
        if not relation or not arguments.get("layer"):
            return ""
        layer = self.quoted(str(arguments["layer"]), "the_layer")
        distance = self.named("distance_asked")
        if relation == "near" and distance is not None:
            return self.text("near.asked", layer=layer, distance=self.slot(distance))
        return self.text(f"near.{relation}", layer=layer)

    def sized(self) -> str:
        """That only things of some size are meant, if that was asked for."""
        arguments = self.frame.arguments
        is_sized = arguments.get("min_area_m2") or arguments.get("max_area_m2")
        return self.text("sized") if is_sized else ""

    def assessed(self, name: str = "assessed") -> str:
        """The ground that could be assessed, if the tool told it."""
        valid = self.named("valid_area")
        return self.text(name, valid=self.slot(valid)) if valid else ""

    def quoted(self, untrusted: str, instead: str) -> str:
        """Untrusted text in quotes; other words where it holds a number or a brace."""
        shown = quantities.quoted(untrusted, language=self.speech.language)
        try:
            check(shown, language=self.speech.language)
        except InputError:
            return self.text(instead)
        return shown

    def text(self, name: str, /, **words: str) -> str:
        """A sentence with its words filled in."""
        return Template(self.speech.sentences[name]).substitute(words)

    def counted(self, name: str, fact: Fact, /, **words: str) -> str:
        """A sentence in the form that suits a count: none, one or more."""
        form = "none" if not fact.value else self.speech.language.plural(float(fact.value))
        if f"{name}.{form}" not in self.speech.sentences:
            form = "other"
        return self.text(f"{name}.{form}", **words)

    def listed(self, items: Sequence[str]) -> str:
        """Items with commas and an `and`."""
        comma, last = self.text("comma"), self.text("and")
        if len(items) < 2:
            return "".join(items)
        return comma.join(items[:-1]) + last + items[-1]

    def has(self, name: str) -> bool:
        """Whether the language has a sentence of this name."""
        return name in self.speech.sentences


def joined(sentences: Iterable[str]) -> str:
    """Sentences one after the other, empty ones left out."""
    return " ".join(sentence for sentence in sentences if sentence)


def values(measured: Sequence[Measured]) -> Mapping[str, float]:
    """Numbers by region, for choosing words."""
    return {one.fact.region: float(one.fact.value) for one in measured}
