"""Whether an answer says only what facts say; else one sentence about what is wrong with it.

The last gate before anything is shown, for the planner and for models alike. Knows no model.
"""

from dataclasses import dataclass

from agent.answer import SlotAnswer
from agent.book_slots import fill, glossary, handles
from agent.claims import unsupported
from agent.desk import Desk
from agent.languages.speech import languages
from errors import InputError
from wording.slots import SLOT, check, numbers_in

FOREIGN = ("http", "www.", "<", ">", "](", "`", "|")
"""Links and mark-up: an answer is plain words."""


@dataclass(frozen=True)
class Gate:
    """Decides for one question.

    Attributes:
        desk: where facts were found.
        tag: language the question was asked in.
        is_ours: whether our own sentences are checked; their words are templates, so only numbers
            and slots are looked at.
    """

    desk: Desk
    tag: str
    is_ours: bool

    def objection(self, answer: SlotAnswer, *, has_other: bool = False) -> str:
        """What is wrong, and what to do instead; empty if nothing is.

        Args:
            answer: what a model or the planner wants to say.
            has_other: whether tools told of work, files, readings or nothing, which we word.
        """
        if answer.refused and answer.reason is None:
            return "A refusal needs its reason."
        if not self.is_ours and (answer.refused or (has_other and not handles(answer.text))):
            return ""  # Its words are not shown: we word refusals, and what cites no fact.
        missing = [one for one in handles(answer.text) if self.desk.book.get(one) is None]
        if missing:
            return f"There is no fact {missing[0]!r}: use handles that tools returned."
        if not answer.refused and not self.is_ours and not handles(answer.text):
            return "The answer cites no fact: call a tool and cite what it returns, or refuse."
        return self._words(answer)

    def _words(self, answer: SlotAnswer) -> str:
        tag = answer.language or self.tag
        try:
            check(answer.text, language=glossary(self.desk, tag).language)
            fill(answer.text, self.desk, tag)
        except InputError as error:
            return str(error)
        if self.is_ours:
            return ""
        stated = _stated(answer.text)
        if stated:
            return f"{stated!r} states a number: numbers come from facts, by slots."
        foreign = next((mark for mark in FOREIGN if mark in SLOT.sub("", answer.text)), "")
        if foreign:
            return f"Write plain words without {foreign!r}."
        return unsupported(answer.text, self.desk, tag)


def _stated(text: str) -> str:
    """A number word of any language we know: a model may say that it writes another."""
    words = SLOT.sub(" ", text)
    found = (one for spoken in languages() for one in numbers_in(words, language=spoken.language))
    return next(found, "")
