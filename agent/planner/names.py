"""The user's own names as phrases a question may use: classes, areas, features and layers.

Untrusted text: it is only compared with words of the question.
"""

import re
from collections.abc import Iterator, Sequence

from agent.languages.speech import languages
from agent.planner.known import Known
from agent.planner.tokens import is_misspelt, plain

SHORTEST_ALONE = 3
MOST_REPAIRED = 300
"""Of more features only names that are spelt right are found, for every word is compared."""
HEADS = ("area", "zone", "polygon", "gebiet", "flaeche", "site", "aoi", "feature", "bereich")
CUES = (
    "against",
    "than",
    "gegen",
    "als",
    "about",
    "for",
    "in",
    "versus",
    "vs",
    "with",
    "and",
    "or",
    "fuer",
    "mit",
    "zu",
    "to",
    "und",
)
ARTICLES = frozenset({"a", "i"})
"""Words before a name of one or two characters, which alone could be any word."""


def phrases(known: Known, question: str) -> dict[str, str]:
    """Concept by phrase; names of the results' classes win over those of places.

    Args:
        known: the results.
        question: only places whose last word is in it are told, for layers may have thousands.
    """
    asked = plain(question).split()
    words = {*asked}
    found: dict[str, str] = {}
    for place in known.areas:
        found |= dict.fromkeys(_place(plain(place)), f"area:{place}")
        if _is_written(place, question):
            found[plain(place)] = f"area:{place}"
        found |= dict.fromkeys(_misspelt(plain(place), asked), f"area:{place}")
    is_few = len(known.features) <= MOST_REPAIRED
    for feature, place in known.features.items():
        name = plain(feature)
        if name and name.rpartition(" ")[2] in words:
            found |= dict.fromkeys(_place(name), f"feature:{place}")
        if name and is_few:
            found |= dict.fromkeys(_misspelt(name, asked), f"feature:{place}")
    for layer in known.layers:
        found |= dict.fromkeys(_forms(plain(layer)), f"layername:{layer}")
    for label, name in known.labels.items():
        if label != "changed":
            found[plain(label)] = f"class:{name}"
    return {phrase: concept for phrase, concept in found.items() if phrase}


def layer_of(concept: str, known: Known) -> str | None:
    """The user's layer that a word like `river` means, in any language; None without one."""
    if concept == "any":
        return known.layers[0] if len(known.layers) == 1 else None
    stems = [
        phrase.removesuffix("*")
        for speech in languages()
        for phrase in speech.lexicon.get(f"layer:{concept}", ())
    ]
    return next(
        (
            layer
            for layer in known.layers
            if any(word.startswith(tuple(stems)) for word in plain(layer).split())
        ),
        None,
    )


def _place(name: str) -> Iterator[str]:
    if len(name) >= SHORTEST_ALONE and not name.isdigit():
        yield name
    # A long name stands alone, so that `versus Harbour` keeps its `versus`.
    is_short = (len(name) < SHORTEST_ALONE or name.isdigit()) and name not in ARTICLES
    heads = (*HEADS, *CUES) if is_short else HEADS
    yield from (f"{head} {name}" for head in heads if name)


def _is_written(name: str, question: str) -> bool:
    """Whether a short name stands in capitals, as it is called: `Is B worse`."""
    is_short = len(name) < SHORTEST_ALONE and name.isupper() and plain(name) not in ARTICLES
    is_told = not question.isupper() and re.search(rf"\b{re.escape(name)}\b", question)
    return is_short and bool(is_told)


def _misspelt(name: str, asked: Sequence[str]) -> Iterator[str]:
    """What the question wrote where it means a name: `staton 7` for `station 7`."""
    wanted = name.split()
    for start in range(len(asked) - len(wanted) + 1):
        said = asked[start : start + len(wanted)]
        if is_misspelt(" ".join(said), name):
            yield " ".join(said)


def _forms(name: str) -> Iterator[str]:
    """A layer's name, in the singular and in the plural."""
    yield name
    yield name.removesuffix("s") if name.endswith("s") else f"{name}s"
