"""Whether a scene is like those a network learned from: colours, texture and what is seen.

Compares pictures with statistics kept beside the weights, as first steps towards telling when a
network may be believed; the distance is after Mahalanobis (1936), on deep features after Lee et al.
(2018), "A simple unified framework for detecting out-of-distribution samples". Knows no network.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from raster.findings import Finding

Verdict = Literal["fits", "doubtful", "outside"]
Group = Literal["colour", "texture", "content"]
Picture = NDArray[np.uint8]
Embed = Callable[[Picture], NDArray[np.float32]]
Floats = NDArray[np.float64]

OCTAVES = 5
"""Texture is measured in details of 2, 4, ... 32 pixels."""
LEAST_PX = 1 << (OCTAVES + 1)
MOST_AXES = 16
"""Axes of the embedding that are kept: those along which what was learned from varies most."""
RIDGE = 1e-3
RARE_PCT = 99.0
DOUBTFUL_SHARE, OUTSIDE_SHARE = 0.2, 0.6
"""A picture is strange when it lies farther out than 99 % of those learned from. Neighbouring
pictures of one scene are alike, so a few strange ones say little."""
DIGITS = 5

WORDS: dict[Group, str] = {
    "colour": "brightness and colours",
    "texture": "sharpness and grain",
    "content": "what they show",
}
CAUTION = "Check the result by eye, or compare it with that of another detector."


class Spread(BaseModel):
    """Where the features of a group lie in what was learned from.

    Attributes:
        mean: of each feature.
        whiten: (axis, feature) rows that turn deviations into standard deviations.
        rare: distance beyond which 1 % of the pictures learned from lie.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    mean: tuple[float, ...]
    whiten: tuple[tuple[float, ...], ...]
    rare: float

    def distance(self, features: Floats) -> float:
        """Root mean square of the standard deviations from the mean."""
        return float(_distances(features[None] - self.mean, np.array(self.whiten))[0])


class Learned(BaseModel):
    """Statistics of what a network learned from, as the metadata of its weights keep them.

    Attributes:
        pictures: how many were looked at.
        gsd_m: least and largest ground size of a pixel.
        colour: mean and deviation of each band.
        texture: share of the contrast in details of 2, 4, ... pixels, as logarithms.
        content: mean deepest features of the network; None where they were not taken.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    pictures: int
    gsd_m: tuple[float, float]
    colour: Spread
    texture: Spread
    content: Spread | None = None


@dataclass(frozen=True)
class DomainFit:
    """Whether a scene is like what a network learned from.

    Attributes:
        verdict: `fits`, `doubtful` or `outside`.
        reason: one plain sentence.
        strange: share (0..1) of the sampled pictures that are strange, by group.
        pictures: how many pictures were sampled.
        is_other_size: whether it learned from pixels of other ground sizes, whatever they show.
    """

    verdict: Verdict
    reason: str
    strange: Mapping[Group, float]
    pictures: int
    is_other_size: bool = False

    def finding(self) -> Finding:
        """The fit as the reader of a result is told of it."""
        if self.verdict == "fits":
            return Finding("domain_fits", "info", self.reason)
        if not self.pictures or self.is_other_size:
            code = "domain_gsd" if self.is_other_size else "domain_unknown"
            return Finding(code, "caution", self.reason, CAUTION)
        pct = round(100 * max(self.strange.values()), 1)
        return Finding(f"domain_{self.verdict}", "caution", self.reason, CAUTION, pct, "%")

    def as_json(self) -> dict[str, Any]:
        """The fit as a record of a run keeps it."""
        strange = {name: round(share, 3) for name, share in self.strange.items()}
        return {"verdict": self.verdict, "reason": self.reason, "strange_share": strange,
                "pictures": self.pictures}  # fmt: skip


def collect(
    pairs: Iterable[tuple[Picture, Picture]],
    gsd_m: Sequence[float],
    *,
    embed: Embed | None = None,
) -> dict[str, Any]:
    """Statistics of pairs that a network learns from, to be kept in the metadata of its weights.

    Args:
        pairs: both dates (band, row, col) as the network sees them, of 64 x 64 pixels or more.
        gsd_m: ground size of the pixels of each pair.
        embed: from pictures (n, band, row, col) to mean deepest features (n, k).
    """
    colour, texture, content = [], [], []
    for pair in pairs:
        colour += [_colour(picture) for picture in pair]
        texture += [_texture(picture) for picture in pair]
        if embed is not None:
            content += list(embed(np.stack(pair)).astype(np.float64))
    learned = Learned(
        pictures=len(colour),
        gsd_m=(_rounded(min(gsd_m)), _rounded(max(gsd_m))),
        colour=_spread(np.array(colour)),
        texture=_spread(np.array(texture)),
        content=_spread(np.array(content)) if content else None,
    )
    return learned.model_dump(mode="json")


def judge(
    learned: Learned, pictures: Sequence[Picture], *, gsd_m: float | None, embed: Embed
) -> DomainFit:
    """Whether pictures of a scene are like those learned from.

    Args:
        learned: statistics of what was learned from.
        pictures: (band, row, col) each, of 64 x 64 pixels or more.
        gsd_m: ground size of their pixels; None where it is not known.
        embed: as for `collect`.
    """
    if not pictures:
        return DomainFit("doubtful", "Too little was observed to tell whether the scenes are like"
                         " those the detector learned from.", {}, 0)  # fmt: skip
    features: dict[Group, list[Floats]] = {
        "colour": [_colour(picture) for picture in pictures],
        "texture": [_texture(picture) for picture in pictures],
    }
    spreads: dict[Group, Spread] = {"colour": learned.colour, "texture": learned.texture}
    if learned.content is not None:
        spreads["content"] = learned.content
        features["content"] = [embed(one[None])[0].astype(np.float64) for one in pictures]
    strange = {group: _strange(spread, features[group]) for group, spread in spreads.items()}
    return _verdict(learned, strange, gsd_m, len(pictures))


def squares(picture: Picture, valid: NDArray[np.bool_], side_px: int) -> list[Picture]:
    """The squares of a picture (band, row, col) that were observed nearly everywhere.

    A picture smaller than a square is one square, where it is large enough at all.
    """
    rows, cols = valid.shape
    tops = range(0, max(rows - side_px, 0) + 1, side_px)
    lefts = range(0, max(cols - side_px, 0) + 1, side_px)
    if min(rows, cols) < LEAST_PX:
        return []
    cuts = [(slice(top, top + side_px), slice(left, left + side_px))
            for top in tops for left in lefts]  # fmt: skip
    return [picture[:, *cut] for cut in cuts if valid[cut].mean() > 0.95]


def _verdict(
    learned: Learned, strange: Mapping[Group, float], gsd_m: float | None, pictures: int
) -> DomainFit:
    low_m, high_m = learned.gsd_m
    if gsd_m is not None and not 0.98 * low_m <= gsd_m <= 1.02 * high_m:
        reason = (f"The detector learned from pixels of {low_m:.2g} to {high_m:.2g} m, and these"
                  f" are of {gsd_m:.2g} m.")  # fmt: skip
        return DomainFit("doubtful", reason, strange, pictures, is_other_size=True)
    worst: Group = max(strange, key=lambda group: strange[group])
    share = strange[worst]
    if share < DOUBTFUL_SHARE:
        return DomainFit(
            "fits", "The scenes are like those the detector learned from.", strange, pictures
        )
    reason = (f"In {WORDS[worst]}, {share:.0%} of the sampled places are unlike what the detector"
              " learned from.")  # fmt: skip
    verdict: Verdict = "outside" if share >= OUTSIDE_SHARE else "doubtful"
    return DomainFit(verdict, reason, strange, pictures)


def _strange(spread: Spread, features: Sequence[Floats]) -> float:
    return float(np.mean([spread.distance(one) > spread.rare for one in features]))


def _colour(picture: Picture) -> Floats:
    """Mean and deviation of each band."""
    values = picture.reshape(len(picture), -1).astype(np.float64)
    return np.concatenate([values.mean(axis=1), values.std(axis=1)])


def _texture(picture: Picture) -> Floats:
    """Logarithms of the contrast in details of each size, less that of all of them."""
    grey = picture.mean(axis=0, dtype=np.float32)
    energies = []
    for _octave in range(OCTAVES):
        smaller = cv2.pyrDown(grey)
        detail = grey - cv2.pyrUp(smaller, dstsize=grey.shape[::-1])
        energies.append(float(np.mean(detail * detail)) + 0.1)
        grey = smaller
    logs = np.log10(energies)
    return np.append(logs - logs.mean(), logs.mean())


def _spread(features: Floats) -> Spread:
    """Mean, whitening along the axes of largest variance, and the distance of the rare."""
    mean = features.mean(axis=0)
    covariance = np.atleast_2d(np.cov(features, rowvar=False))
    covariance += RIDGE * np.trace(covariance) / len(covariance) * np.eye(len(covariance))
    values, axes = np.linalg.eigh(covariance)
    kept = slice(-MOST_AXES, None)
    whiten = (axes[:, kept] / np.sqrt(np.maximum(values[kept], 1e-12))).T
    rare = float(np.percentile(_distances(features - mean, whiten), RARE_PCT))
    rows = tuple(tuple(map(_rounded, row)) for row in whiten)
    return Spread(mean=tuple(map(_rounded, mean)), whiten=rows, rare=_rounded(rare))


def _distances(deviations: Floats, whiten: Floats) -> Floats:
    distances: Floats = np.sqrt(np.mean((deviations @ whiten.T) ** 2, axis=1))
    return distances


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
