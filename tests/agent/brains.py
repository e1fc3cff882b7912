"""What a model may say, honestly or not, whichever protocol its server speaks."""

from tests.agent.servers import Call

COUNT_NEW = Call("count_objects", {"subject": "building", "state": "appeared"})


def honest(heard):
    """Counts new buildings and cites what it was told."""
    if not heard.facts:
        return COUNT_NEW
    return answer("{%s} new {%s.classes} appeared.", heard.facts[0])


def answer(text, fact, **more):
    """The answer with a fact's handle in its slots."""
    return Call("answer", {"text": text.replace("%s", fact["handle"]), "language": "en", **more})


def insisting(*texts):
    """Counts, then gives these answers one after the other, and the last one again and again."""

    def brain(heard):
        if not heard.facts:
            return COUNT_NEW
        number = heard.turn - 1
        return answer(texts[min(number, len(texts) - 1)], heard.facts[0])

    return brain


def refusing(reason):
    """Refuses with words of its own."""
    return lambda heard: Call(
        "answer",
        {"text": "All the mayor's doing.", "refused": True, "reason": reason, "language": "en"},
    )


def calling_forever(heard):
    """Never answers."""
    return Call("count_objects", {"subject": "building", "state": "appeared"})


def plan(calls):
    """Makes these calls, then cites the value of everything it was told, or refuses as told."""

    def brain(heard):
        if heard.turn < len(calls):
            return Call(*calls[heard.turn])
        if not heard.facts:
            reason = heard.refused or "unsupported"
            return Call("answer", {"text": "No.", "refused": True, "reason": reason})
        slots = ", ".join(f"{{{fact['handle']}}}" for fact in heard.facts[:5])
        return Call("answer", {"text": f"{slots}.", "language": "en"})

    return brain
