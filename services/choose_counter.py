"""Which counter a user means by a word, and what its things are called.

Knows the cards of counters; nothing of pairs or pixels.
"""

import re

from analysis.count_result import Counter
from errors import InputError, UnknownDetectorError
from inference import counter_registry
from inference.counters.base import Card
from raster.text import clean

PLAIN = re.compile(r"[a-z][a-z -]{0,38}", re.IGNORECASE)
USUAL = "buildings"
"""What is counted when nobody says what."""
HISSING = ("s", "x", "z", "ch", "sh")


def choose(counter: str, thing: str, *, has_examples: bool) -> tuple[Card, Counter]:
    """The card of the counter that is meant, and what is counted.

    Args:
        counter: name of a counter, or empty.
        thing: what one thing is called, in either number, or empty. Without the name of a counter
            it chooses one; with examples any plain word names what they show.
        has_examples: whether the user boxed examples.

    Raises:
        UnknownDetectorError: no counter has this name or counts such things.
        InputError: what things are called is no plain word.
    """
    cards = [counter_registry.card(name) for name in counter_registry.names()]
    learning = [card for card in cards if card.needs_examples]
    if counter:
        found = [card for card in cards if card.name == counter]
    elif has_examples and learning:
        found = learning
    else:
        word = (thing or USUAL).strip().lower()
        found = [card for card in cards if word in {card.name, card.thing, card.things}]
    if not found:
        raise _unknown(counter or thing or USUAL, cards)
    return found[0], _called(found[0], thing)


def _unknown(word: str, cards: list[Card]) -> UnknownDetectorError:
    msg = f"No counter is called {clean(word, limit=40)!r} or counts such things."
    known = ", ".join(f"{card.name} ({card.things})" for card in cards)
    return UnknownDetectorError(msg, hint=f"Known: {known}. Anything else needs examples.")


def _called(card: Card, thing: str) -> Counter:
    if not thing or thing.strip().lower() in {card.name, card.thing, card.things}:
        return Counter(card.name, card.title, card.thing, card.things)
    name = " ".join(thing.split()).lower()
    if not PLAIN.fullmatch(name):
        msg = f"What is counted cannot be called {clean(thing, limit=40)!r}."
        raise InputError(msg, hint="Use a plain word for one thing, such as 'tree'.")
    return Counter(card.name, card.title, name, plural(name))


def plural(noun: str) -> str:
    """The usual English plural of a noun."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(HISSING) else f"{noun}s"
