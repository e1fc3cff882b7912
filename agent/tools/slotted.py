"""A worded paragraph turned back into slots, so that an answer can take it over as it is.

Knows no template: what a cited piece shows of its fact is found by wording the fact.
"""

from collections.abc import Mapping

from analysis.facts import Fact
from wording import quantities
from wording.language import Language
from wording.said import Caption


def slots_of(caption: Caption, facts: Mapping[str, tuple[str, Fact]], language: Language) -> str:
    """The text with every citation as the slot it came from.

    Args:
        caption: text and citations.
        facts: handle and fact by the fact's id.
        language: of the caption.
    """
    parts, end = [], 0
    for start, stop, fact_id in caption.citations:
        handle, fact = facts[fact_id]
        aspect = _aspect(caption.text[start:stop], fact, language)
        parts += [caption.text[end:start], f"{{{handle}{aspect}}}"]
        end = stop
    return "".join([*parts, caption.text[end:]])


def _aspect(shown: str, fact: Fact, language: Language) -> str:
    """What the text shows of a fact: its value, its region, else its class in either number."""
    if shown == quantities.text(fact.value, fact.unit, language=language):
        return ""
    if shown == quantities.text(fact.region, "", language=language):
        return ".region"
    is_one = isinstance(fact.value, str) or language.plural(float(fact.value)) == "one"
    return ".class" if is_one or fact.unit != "1" else ".classes"
