"""The one way in which a question about a result is turned down."""


class Unanswerable(Exception):  # noqa: N818 - an answer of its own, no failure
    """A question this result cannot answer.

    Attributes:
        reason: a machine word, one of those a tool may refuse with, e.g. `not_assessed`.
        about: what was asked for and is not there; untrusted text, cleaned.
        nearest: names of classes, places or layers that would work, best first.
    """

    def __init__(self, reason: str, about: str = "", nearest: tuple[str, ...] = ()) -> None:
        """Refuse with a reason."""
        super().__init__(f"{reason}: {about}")
        self.reason = reason
        self.about = about
        self.nearest = nearest
