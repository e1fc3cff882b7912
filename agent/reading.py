"""What a model says about pictures, and whether it may be shown: appearance, and nothing measured.

Knows no picture.
"""

from collections.abc import Collection

from pydantic import BaseModel, ConfigDict, Field

from agent.claim_words import CLAIMS
from agent.named import found
from agent.planner.tokens import plain
from errors import InputError
from wording.slots import check

MOST_CHARS = 800
CLAIMED = frozenset({"thing", "state", "place"})
TOLD = frozenset({"any", "changed"})
COLOURS = frozenset({"green"})
"""Names of things in a question, but of colours here."""


class Reading(BaseModel):
    """Words about the appearance of what the pictures show."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(max_length=MOST_CHARS)


def objection(text: str, labels: Collection[str]) -> str:
    """What is wrong with a reading, as a sentence for whoever wrote it; empty if nothing is.

    Args:
        text: in English.
        labels: words for what was found, which may be named.
    """
    try:
        check(text)
    except InputError:
        return "Describe appearance without numbers."
    if "{" in text:
        return "A reading cites no facts: write words only."
    words = f" {plain(text)} "
    if not words.strip():
        return "Describe the pictures in one or more sentences."
    for (start, end), meanings in found(words, "en", {}).items():
        said = words[start:end]
        if any(_is_claim(kind, value, said, labels) for kind, value in meanings):
            return f"Leave out {said!r}: what was found, where and when is measured elsewhere."
    claims = CLAIMS["en"]
    counted = [word for word in words.split() if word in claims.superlative | claims.multiples]
    return f"Leave out {counted[0]!r}: sizes are measured elsewhere." if counted else ""


def _is_claim(kind: str, value: str, said: str, labels: Collection[str]) -> bool:
    """Whether a word says what, where or what became of it; names of what was found do not."""
    if kind not in CLAIMED or value in TOLD or said in COLOURS:
        return False
    plain_labels = [plain(label) for label in labels]
    return value not in plain_labels and not any(said in label.split() for label in plain_labels)
