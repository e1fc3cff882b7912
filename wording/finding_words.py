"""A finding in the language of a report: its sentence and remedy, by its code.

Findings are made with English words; a language without words of its own shows those.
"""

import math
from collections.abc import Mapping

from raster.findings import Finding
from wording import findings_german, quantities
from wording.language import Language

SENTENCES: Mapping[str, Mapping[str, str]] = {"de": findings_german.SENTENCES}
VALUE = "{value}"
UNMEASURED = "unmeasured"
MEASURED = frozenset({"m", "m2", "px", "%"})


def said(finding: Finding, language: Language) -> str:
    """The finding with its remedy; as it was made where the language has no words for it."""
    sentence = _sentence(finding, SENTENCES.get(language.tag.partition("-")[0], {}))
    if not sentence:
        return f"{finding.message} {finding.remedy}".strip()
    return sentence.replace(VALUE, _value(finding, language))


def _sentence(finding: Finding, sentences: Mapping[str, str]) -> str:
    """The most particular sentence that can be filled; empty without any."""
    has_value = finding.value is not None and math.isfinite(finding.value)
    kind = finding.severity if has_value else UNMEASURED
    keys = (f"{finding.code}.{kind}", f"{finding.code}.{finding.severity}", finding.code)
    known = (sentences[key] for key in keys if key in sentences)
    return next((one for one in known if has_value or VALUE not in one), "")


def _value(finding: Finding, language: Language) -> str:
    """The number with the language's marks; days, counts and ratios without a unit."""
    value = float(finding.value or 0.0)
    if finding.unit in MEASURED:
        return quantities.text(value, finding.unit, language=language)
    return quantities.text(int(value) if value.is_integer() else value, "1", language=language)
