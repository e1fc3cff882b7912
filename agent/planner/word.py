"""The answer to a frame from what its tools told: sentences with slots, or a refusal that helps.

Knows which words suit which tool; every number, class and place is a slot.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from agent.answer import MOST_CHARS, SlotAnswer
from agent.languages.speech import languages, speech
from agent.planner import word_numbers, word_places, word_result, word_work
from agent.planner.frame import Frame
from agent.planner.known import Known
from agent.planner.say import Say, joined
from agent.tools.base import Refusal, Told

MOST_ITEMS = 6
Words = Callable[[Say], str]
WORDS: Mapping[str, Words] = {
    "detect_change": word_numbers.change,
    "count_objects": word_numbers.count,
    "relate_to_layer": word_numbers.related,
    "measure_area": word_numbers.area,
    "measure_share": word_numbers.share,
    "measure_density": word_numbers.density,
    "measure_length": word_numbers.length,
    "average_size": word_numbers.average,
    "compare_dates": word_numbers.dates,
    "calculate": word_numbers.result,
    "list_transitions": word_numbers.transitions,
    "compare_places": word_places.compared,
    "rank_places": word_places.ranked,
    "locate_change": word_places.located,
    "find_largest": word_places.largest,
    "count_touched_features": word_places.touched,
    "list_places": word_places.known_places,
    "describe_pair": word_result.pair,
    "describe_method": word_result.method,
    "check_alignment": word_result.alignment,
    "list_results": word_result.results,
    "list_exclusions": word_result.exclusions,
    "list_cautions": word_result.cautions,
    "explain_fact": word_result.explanation,
    "write_caption": word_result.caption,
    "start_work": word_work.started,
    "check_work": word_work.standing,
    "cancel_work": word_work.standing,
    "write_report": word_work.report,
    "describe_appearance": word_work.reading,
}
"""How each tool's facts are worded."""


def word(
    frame: Frame, told: Sequence[Told], handles: Sequence[tuple[str, ...]], known: Known
) -> SlotAnswer:
    """The answer.

    Args:
        frame: what was asked.
        told: what its tools told, in the order of its calls, and a nearest answer after a refusal.
        handles: of the facts of each.
        known: what may be asked about.
    """
    spoken = speech(frame.language)
    calls = [tool for tool, _ in frame.calls]
    says = [
        Say(spoken, _of(frame, number), one, names)
        for number, (one, names) in enumerate(zip(told, handles, strict=True))
    ]
    refusal = next((one.refusal for one in told if one.refusal), None)
    unseen = _unseen(frame, told)
    if unseen:
        return _answer(frame, _refused(frame, (), unseen, known), "refuse", unseen.reason)
    if frame.reason or refusal:
        text = _refused(frame, says, refusal, known)
        reason = frame.reason or (refusal.reason if refusal else None)
        return _answer(frame, text, "decline" if frame.intent == "decline" else "refuse", reason)
    if frame.intent == "explain_fact":
        # The calls before it only find the number again that is to be explained.
        return _answer(frame, _worded(calls[-1], says[-1]), frame.intent, None)
    sentences = [_worded(tool, say) for tool, say in zip(calls, says, strict=False)]
    if frame.intent == "calculate":
        sentences = sentences[-1:] + sentences[:-1]
    if frame.intent == "help":
        offer = () if known.cases or not known.can_work else (spoken.sentences["no.offer"],)
        sentences = [spoken.sentences["help"], *offer, *sentences]
    return _answer(frame, joined(sentences), frame.intent, None)


def _unseen(frame: Frame, told: Sequence[Told]) -> Refusal | None:
    """A refusal where no ground of the place was seen: a nought there would read as unchanged."""
    facts = [one.fact for one in told[0].facts] if told else []
    valid = [fact for fact in facts if fact.name == "valid_area"]
    is_blind = bool(valid) and not valid[0].value and frame.tool in MEASURING
    return Refusal("not_assessed", valid[0].region) if is_blind else None


def _of(frame: Frame, number: int) -> Frame:
    """The frame as one of its calls sees it."""
    calls = frame.calls
    return replace(frame, arguments=calls[number][1]) if number < len(calls) else frame


def _worded(tool: str, say: Say) -> str:
    return WORDS[tool](say) or _plainly(say)


def _plainly(say: Say) -> str:
    """What a tool found, one after the other, where no sentence suits it."""
    items = [say.slot(one) for one in say.facts if one.fact.name != "valid_area"]
    return say.text("fallback", items=say.listed(items[:MOST_ITEMS])) if items else ""


def _answer(frame: Frame, text: str, intent: str, reason: object) -> SlotAnswer:
    return SlotAnswer.model_validate(
        {"text": text[:MOST_CHARS], "language": frame.language, "intent": intent,
         "refused": reason is not None, "reason": reason}
    )  # fmt: skip


def _refused(frame: Frame, says: Sequence[Say], refusal: Refusal | None, known: Known) -> str:
    """Why not, what could be run, and the nearest answer there is."""
    bare = Say(speech(frame.language), frame, Told(), ())
    if frame.intent == "decline":
        return bare.text("work.declined")
    reason = frame.reason or (refusal.reason if refusal else "unsupported")
    names = " / ".join(one.name for one in languages())
    sentences = [
        bare.text(f"no.{reason}", **({"languages": names} if reason == "language" else {}))
    ]
    if frame.about and reason in {"unknown_class", "unknown_place"}:
        is_plain = frame.about.isalpha()
        shown = bare.quoted(frame.about, "that_word") if is_plain else bare.text("that_word")
        sentences.append(bare.text("no.word", word=shown))
    sentences += [word_result.missing(say) for say in says if say.told.refusal]
    if known.can_work and (reason == "no_result" or (refusal and refusal.alternative)):
        sentences.append(bare.text("no.offer"))
    return joined([*sentences, _nearest(frame, says)])


def _nearest(frame: Frame, says: Sequence[Say]) -> str:
    """What can be said instead, if a tool found something."""
    found = [say for say in says if say.told.refusal is None and say.facts]
    if not found or not frame.tool:
        return ""
    say = found[-1]
    tool = frame.tool if say is says[0] else RESCUE.get(_reason(says), "")
    return _worded(tool, say) if tool else ""


def _reason(says: Sequence[Say]) -> str:
    return next((say.told.refusal.reason for say in says if say.told.refusal), "")


MEASURING = frozenset(WORDS) - {"list_exclusions", "describe_pair", "list_places"}
RESCUE: Mapping[str, str] = {
    "unknown_class": "list_transitions",
    "unknown_place": "list_places",
    "outside_area": "describe_pair",
    "below_minimum_size": "describe_method",
    "not_assessed": "list_transitions",
}
"""The tool to call after a tool refused, by the reason: its answer comes nearest."""
