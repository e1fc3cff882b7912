"""Sentences with words of degree, and the table that says what those words mean.

Knows the scales of `degrees`, not where their numbers come from.
"""

from analysis.facts import Fact
from wording import degrees, quantities
from wording.degrees import Degree, Scale
from wording.document import Block, Paragraph, Table
from wording.report_words import ReportWords
from wording.slots import Rendered

SCALES = {scale.name: scale for scale in degrees.SCALES}


def degree(words: ReportWords, scale: str, *names: str, **slots: Fact) -> Rendered:
    """The sentence of a scale whose word suits its one fact."""
    (fact,) = slots.values()
    found = SCALES[scale].of(float(fact.value))
    return words.say(f"degree.{scale}.{found.key}", *names, **slots)


def words_of_degree(words: ReportWords) -> list[Block]:
    """What the words mean, as stated ranges."""
    rows = [
        (
            Rendered(words.template(f"scale.{scale.name}")),
            Rendered(words.template(f"word.{one.key}")),
            Rendered(_range(words, scale, one)),
        )
        for scale in degrees.SCALES
        for one in scale.degrees
    ]
    title, columns = words.template("section.words"), words.columns("words.columns")
    return [Paragraph(words.say("words.note"), "note"), Table(title, columns, tuple(rows))]


def _range(words: ReportWords, scale: Scale, one: Degree) -> str:
    """From where to where a word is used, as plain numbers of the convention."""
    is_last, is_zero = one is scale.degrees[-1], one is scale.degrees[0]
    if is_zero:
        return words.template("range.zero").replace("%s", _bound(words, scale, 0.0))
    if is_last:
        return words.template("range.from").replace("%s", _bound(words, scale, one.least))
    is_above = one is scale.degrees[1] and not float(one.least).is_integer()
    low = _bound(words, scale, 0.0 if is_above else one.least)
    pattern = words.template("range.above" if is_above else "range.between")
    return pattern.replace("%s", low, 1).replace("%s", _bound(words, scale, one.below), 1)


def _bound(words: ReportWords, scale: Scale, value: float) -> str:
    is_count = scale.unit != "%"
    shown = quantities.text(int(value) if is_count else value, "1" if is_count else "%",
                            language=words.language)  # fmt: skip
    return shown.replace(".0 %", " %").replace(",0 %", " %")
