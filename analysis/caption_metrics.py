"""How like captions are to reference captions: BLEU, ROUGE-L, CIDEr-D and a METEOR by stems.

Scores are always given for all pairs and apart for changed and unchanged ones, because captions of
unchanged pairs are nearly all alike and lift every mean. Knows nothing of images.
"""

import itertools
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
ORDERS = (1, 2, 3, 4)
ROUGE_BETA = 1.2
"""As in the evaluation of COCO captions (Chen et al. 2015): recall weighs more than precision."""
METEOR_ALPHA, METEOR_BETA, METEOR_GAMMA = 0.9, 3.0, 0.5
"""Lavie and Agarwal (2007)."""
CIDER_SIGMA, CIDER_SCALE = 6.0, 10.0
"""Vedantam et al. (2015)."""
ENDINGS = ("ings", "ing", "ies", "ied", "ed", "es", "s")

Part = Literal["all", "changed", "unchanged"]
Words = tuple[str, ...]


@dataclass(frozen=True)
class CaptionPair:
    """A caption and those it is compared with.

    Attributes:
        prediction: the caption.
        references: captions people wrote; at least one.
        is_changed: whether anything changed between the two images.
    """

    prediction: str
    references: tuple[str, ...]
    is_changed: bool

    @cached_property
    def words(self) -> tuple[Words, tuple[Words, ...]]:
        """Words of the caption and of each reference."""
        return words_of(self.prediction), tuple(map(words_of, self.references))


@dataclass(frozen=True)
class CaptionScores:
    """Scores of some pairs.

    Attributes:
        pairs: how many.
        bleu_pct: BLEU-1 to BLEU-4 of all pairs together (sacrebleu), 0..100.
        rouge_l_pct: mean ROUGE-L, 0..100.
        meteor_like_pct: mean METEOR by equal words and equal stems only, without synonyms, so that
            it must not be compared with published METEOR; 0..100.
        cider_d: mean CIDEr-D, 0..10; weights of words come from the references of all pairs.
    """

    pairs: int
    bleu_pct: tuple[float, float, float, float]
    rouge_l_pct: float
    meteor_like_pct: float
    cider_d: float


def words_of(text: str) -> Words:
    """Lower-case words without punctuation."""
    return tuple(WORD.findall(unicodedata.normalize("NFKC", text).lower()))


def by_change(pairs: Sequence[CaptionPair]) -> Mapping[Part, CaptionScores]:
    """Scores of all pairs and of the changed and the unchanged ones, as far as there are any.

    Raises:
        ValueError: a pair has no reference.
    """
    if any(not pair.references for pair in pairs):
        msg = "a caption needs at least one reference to be compared with"
        raise ValueError(msg)
    weights = Weights.of(pairs)
    parts: dict[Part, list[CaptionPair]] = {
        "all": list(pairs),
        "changed": [pair for pair in pairs if pair.is_changed],
        "unchanged": [pair for pair in pairs if not pair.is_changed],
    }
    return {name: _scores(part, weights) for name, part in parts.items() if part}


def _scores(pairs: Sequence[CaptionPair], weights: "Weights") -> CaptionScores:
    first, second, third, fourth = (bleu_pct(pairs, order) for order in ORDERS)
    return CaptionScores(
        pairs=len(pairs),
        bleu_pct=(first, second, third, fourth),
        rouge_l_pct=100 * _mean([rouge_l(pair) for pair in pairs]),
        meteor_like_pct=100 * _mean([meteor_like(pair) for pair in pairs]),
        cider_d=_mean([weights.cider_d(pair) for pair in pairs]),
    )


def bleu_pct(pairs: Sequence[CaptionPair], order: int) -> float:
    """BLEU up to `order` words (Papineni et al. 2002) of all pairs together, not smoothed."""
    from sacrebleu.metrics.bleu import BLEU

    metric = BLEU(tokenize="none", max_ngram_order=order, smooth_method="none", force=True)
    predictions = [" ".join(pair.words[0]) for pair in pairs]
    most = max(len(pair.references) for pair in pairs)
    # A pair with fewer references has none in the last streams; the package's types do not say so.
    streams: Any = [
        [" ".join(pair.words[1][at]) if at < len(pair.references) else None for pair in pairs]
        for at in range(most)
    ]
    return float(metric.corpus_score(predictions, streams).score)


def rouge_l(pair: CaptionPair) -> float:
    """ROUGE-L (Lin 2004), 0..1: the best recall and the best precision over the references."""
    predicted, references = pair.words
    common = [_common(predicted, reference) for reference in references]
    precision = max(_share(shared, len(predicted)) for shared in common)
    recall = max(_share(s, len(one)) for s, one in zip(common, references, strict=True))
    if not precision or not recall:
        return 0.0
    beta = ROUGE_BETA**2
    return (1 + beta) * precision * recall / (recall + beta * precision)


def _common(one: Words, other: Words) -> int:
    """Length of the longest common subsequence."""
    above = [0] * (len(other) + 1)
    for word in one:
        row = [0]
        for at, candidate in enumerate(other):
            row.append(above[at] + 1 if word == candidate else max(above[at + 1], row[at]))
        above = row
    return above[-1]


def meteor_like(pair: CaptionPair) -> float:
    """METEOR (Lavie and Agarwal 2007) by equal words, then equal stems; best of the references."""
    predicted, references = pair.words
    return max(_meteor(predicted, reference) for reference in references)


def _meteor(predicted: Words, reference: Words) -> float:
    links = _aligned(predicted, reference)
    if not links:
        return 0.0
    precision, recall = len(links) / len(predicted), len(links) / len(reference)
    mean = precision * recall / (METEOR_ALPHA * precision + (1 - METEOR_ALPHA) * recall)
    steps = itertools.pairwise(links)
    chunks = 1 + sum((b[0] - a[0], b[1] - a[1]) != (1, 1) for a, b in steps)
    penalty: float = METEOR_GAMMA * (chunks / len(links)) ** METEOR_BETA
    return mean * (1 - penalty)


def _aligned(predicted: Words, reference: Words) -> list[tuple[int, int]]:
    """Positions of words that belong together, each once; runs are continued where they can be."""
    links: dict[int, int] = {}
    for form in (str, _stem):
        free = [at for at in range(len(reference)) if at not in links.values()]
        for at, word in enumerate(predicted):
            fits = [] if at in links else [f for f in free if form(reference[f]) == form(word)]
            if fits:
                follows = links.get(at - 1, -2) + 1
                links[at] = follows if follows in fits else fits[0]
                free.remove(links[at])
    return sorted(links.items())


def _stem(word: str) -> str:
    """The word without an English ending; three letters stay at least."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


@dataclass(frozen=True)
class Weights:
    """How rare each sequence of words is among the references of a whole set.

    Attributes:
        found_in: number of pairs whose references hold a sequence.
        pairs: number of pairs.
    """

    found_in: Mapping[Words, int]
    pairs: int

    @classmethod
    def of(cls, pairs: Sequence[CaptionPair]) -> "Weights":
        """The weights of a set."""
        found: Counter[Words] = Counter()
        for pair in pairs:
            found.update(
                {seq for one in pair.words[1] for n in ORDERS for seq in _sequences(one, n)}
            )
        return cls(found, len(pairs))

    def cider_d(self, pair: CaptionPair) -> float:
        """CIDEr-D of a pair, 0..10: 0 where every word is in all references of the set."""
        predicted, references = pair.words
        return CIDER_SCALE * _mean([self._likeness(predicted, one) for one in references])

    def _likeness(self, predicted: Words, reference: Words) -> float:
        """Mean over sequences of one to four words, less where the lengths differ."""
        excess = len(predicted) - len(reference)
        shorter = math.exp(-(excess**2) / (2 * CIDER_SIGMA**2))
        return shorter * _mean([self._cosine(predicted, reference, n) for n in ORDERS])

    def _cosine(self, predicted: Words, reference: Words, order: int) -> float:
        one, other = self._vector(predicted, order), self._vector(reference, order)
        length = math.hypot(*one.values()) * math.hypot(*other.values())
        if not length:
            return 0.0
        return sum(min(one.get(key, 0.0), value) * value for key, value in other.items()) / length

    def _vector(self, words: Words, order: int) -> Mapping[Words, float]:
        counts = Counter(_sequences(words, order))
        return {key: count * self._rarity(key) for key, count in counts.items()}

    def _rarity(self, key: Words) -> float:
        return math.log(self.pairs) - math.log(max(1, self.found_in.get(key, 0)))


def _sequences(words: Words, length: int) -> list[Words]:
    return [words[at : at + length] for at in range(len(words) - length + 1)]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)
