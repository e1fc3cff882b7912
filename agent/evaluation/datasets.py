"""Scores of answers to a published question set, each beside what guessing without images gets.

A model that sees no image gets far on such sets, so that no score stands alone. Asks nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from agent.evaluation.question_sets import Asked, QuestionSet
from analysis.caption_metrics import CaptionPair, CaptionScores, Part, by_change, words_of

CAPTION = "caption"


@dataclass(frozen=True)
class KindScore:
    """Right answers to one type of question.

    Attributes:
        questions: how many.
        right_pct: of the answers given.
        blind_pct: of the commonest other answer to the same type.
    """

    questions: int
    right_pct: float
    blind_pct: float


@dataclass(frozen=True)
class SetScore:
    """Right answers to a whole set.

    Attributes:
        kinds: by type of question.
        overall_pct: right answers of all (OA).
        average_pct: mean over the types (AA).
        blind_overall_pct: OA of guessing without images.
        blind_average_pct: AA of it.
        unanswered: questions without an answer, which count as wrong.
    """

    kinds: Mapping[str, KindScore]
    overall_pct: float
    average_pct: float
    blind_overall_pct: float
    blind_average_pct: float
    unanswered: int


@dataclass(frozen=True)
class DatasetScores:
    """What answers to a published set are worth.

    Attributes:
        name: of the set.
        questions: right answers beside a guess; None where the set holds captions alone.
        captions: scores of captions by part; empty where there are none, or none were given.
        is_guess: whether nothing but the guess is shown, because no answers were given.
        skipped: entries of the set that hold no question with an answer, by reason.
    """

    name: str
    questions: SetScore | None
    captions: Mapping[Part, CaptionScores]
    is_guess: bool
    skipped: Mapping[str, int]

    def as_json(self) -> dict[str, Any]:
        """One JSON object."""
        return asdict(self)


def score_all(asked: QuestionSet, given: Mapping[str, str]) -> DatasetScores:
    """Scores of answers and captions by the id of their question; without any, of the guess alone.

    Raises:
        ValueError: the set holds nothing but captions, and none were given.
    """
    is_caption = {one.kind == CAPTION for one in asked.questions}
    if False not in is_caption and not given:
        msg = "it holds captions alone, which cannot be guessed"
        raise ValueError(msg)
    return DatasetScores(
        asked.name,
        score(asked, given) if False in is_caption else None,
        score_captions(asked, given) if True in is_caption and given else {},
        is_guess=not given,
        skipped=asked.skipped,
    )


def score(asked: QuestionSet, given: Mapping[str, str]) -> SetScore:
    """Scores of answers by the id of their question; captions are left to `score_captions`.

    Raises:
        ValueError: the set holds nothing but captions.
    """
    questions = [one for one in asked.questions if one.kind != CAPTION]
    if not questions:
        msg = "there is no question but for captions"
        raise ValueError(msg)
    right = {one.id: is_right(one, given.get(one.id, "")) for one in questions}
    guessed = blind(questions)
    lucky = {one.id: is_right(one, guessed[one.id]) for one in questions}
    by_kind: dict[str, list[str]] = defaultdict(list)
    for one in questions:
        by_kind[one.kind].append(one.id)
    kinds = {
        kind: KindScore(len(ids), _pct([right[i] for i in ids]), _pct([lucky[i] for i in ids]))
        for kind, ids in sorted(by_kind.items())
    }
    return SetScore(
        kinds=kinds,
        overall_pct=_pct(list(right.values())),
        average_pct=_mean([one.right_pct for one in kinds.values()]),
        blind_overall_pct=_pct(list(lucky.values())),
        blind_average_pct=_mean([one.blind_pct for one in kinds.values()]),
        unanswered=sum(one.id not in given for one in questions),
    )


def score_captions(asked: QuestionSet, given: Mapping[str, str]) -> Mapping[Part, CaptionScores]:
    """Scores of captions by the id of their question, apart for changed and unchanged pairs.

    Pairs without a caption have an empty one. Where the set does not say which pairs changed, all
    count as changed.

    Raises:
        ValueError: the set holds no captions.
    """
    pairs = [
        CaptionPair(given.get(one.id, ""), one.answers, asked.is_changed.get(one.pair, True))
        for one in asked.questions
        if one.kind == CAPTION
    ]
    if not pairs:
        msg = "there are no captions in the set"
        raise ValueError(msg)
    return by_change(pairs)


def blind(questions: Sequence[Asked]) -> Mapping[str, str]:
    """The commonest answer to the other questions of the same type, by the id of each question.

    The question itself is left out, so that the guess knows nothing of it. Ties go to the answer
    that comes first in the alphabet.
    """
    known: dict[str, Counter[str]] = defaultdict(Counter)
    for one in questions:
        known[one.kind][one.answers[0]] += 1
    first = {
        kind: sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:2]
        for kind, counts in known.items()
    }
    return {
        one.id: _commonest(first[one.kind], one.answers[0], known[one.kind][one.answers[0]] - 1)
        for one in questions
    }


def _commonest(first: Sequence[tuple[str, int]], without: str, own: int) -> str:
    """The commonest answer where `without` is left `own` times; empty if no other is known.

    Args:
        first: the two commonest answers and how often each is given.
        without: the answer of the question that is left out.
        own: how often others give that answer.
    """
    ahead = next((item for item in first if item[0] != without), ("", 0))
    if own > ahead[1] or (own == ahead[1] and own and without < ahead[0]):
        return without
    return ahead[0]


def is_right(asked: Asked, given: str) -> bool:
    """Whether an answer has the same words as one that counts as right."""
    words = words_of(given.replace("_", " "))
    return bool(words) and any(words == words_of(one.replace("_", " ")) for one in asked.answers)


def table(found: DatasetScores) -> str:
    """Markdown: each score beside that of guessing without images, then captions, then gaps."""
    parts = []
    if found.questions is not None:
        parts.append(_questions(found.name, found.questions, is_guess=found.is_guess))
    if found.captions:
        parts.append(_captions(found.name, found.captions))
    parts += [f"{number} entries were left out: {why}." for why, number in found.skipped.items()]
    return "\n\n".join(parts)


def _questions(name: str, found: SetScore, *, is_guess: bool) -> str:
    def right(pct: float) -> str:
        return "-" if is_guess else f"{pct:.1f} %"

    head = [f"{name}: right answers, and what guessing without images gets", "",
            "| type | questions | right | blind |", "|---|---:|---:|---:|"]  # fmt: skip
    rows = [
        f"| {kind} | {one.questions} | {right(one.right_pct)} | {one.blind_pct:.1f} % |"
        for kind, one in found.kinds.items()
    ]
    total = sum(one.questions for one in found.kinds.values())
    last = [
        f"| **overall (OA)** | {total} | {right(found.overall_pct)} "
        f"| {found.blind_overall_pct:.1f} % |",
        f"| **mean of the types (AA)** | | {right(found.average_pct)} "
        f"| {found.blind_average_pct:.1f} % |",
    ]
    if found.unanswered and not is_guess:
        last += ["", f"{found.unanswered} questions have no answer and count as wrong."]
    return "\n".join([*head, *rows, *last])


def _captions(name: str, found: Mapping[Part, CaptionScores]) -> str:
    head = [f"{name}: captions, beside those that people wrote", "",
            "| pairs | number | BLEU-1 | BLEU-4 | ROUGE-L | METEOR without synonyms | CIDEr-D |",
            "|---|---:|---:|---:|---:|---:|---:|"]  # fmt: skip
    rows = [
        f"| {part} | {one.pairs} | {one.bleu_pct[0]:.1f} % | {one.bleu_pct[-1]:.1f} % "
        f"| {one.rouge_l_pct:.1f} % | {one.meteor_like_pct:.1f} % | {one.cider_d:.2f} |"
        for part, one in found.items()
    ]
    return "\n".join([*head, *rows])


def _pct(claims: Sequence[bool]) -> float:
    return 100 * sum(claims) / len(claims)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
