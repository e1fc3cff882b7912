"""Networks that an operator put into the folder `own` of the weights: each one a detector.

A network is a file `<name>.onnx` or `<name>.pt` with its card `<name>.toml` beside it; the detector
is called `own_<name>`. Knows nothing of what networks look for.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from errors import InputError, ModelError, UnsuitableSceneError
from inference import weights
from inference.adapters import difference_guard, own_card, own_network, pictures
from inference.adapters.difference_guard import DifferenceGuard
from inference.adapters.own_card import OwnCard
from inference.adapters.own_network import SUFFIXES, Network
from inference.adapters.pictures import Pictures
from inference.detectors.base import Card, Remarks, Sample, TileScores
from inference.working import suited
from raster.align import PairBlock
from raster.bands import BandRole

FOLDER = "own"
PREFIX = "own_"
STEM = re.compile(r"[a-z][a-z0-9_]{0,39}")
SUM_SLACK = 0.02
"""Of shares that are added up; networks of 16 bits round."""
BESIDES = "It is a network of this server's operator; Groundshift's makers have not measured it."
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Entry:
    """One network of the folder.

    Attributes:
        name: of the detector.
        detector: ready to fit, where its card can be read.
        reason: why it cannot run; empty where it may.
    """

    name: str
    detector: "OwnDetector | None"
    reason: str = ""


@dataclass(frozen=True)
class Params:
    """What a pair is looked at with.

    Attributes:
        network: the network.
        shown: colours, or the positions of the bands it wants.
        guard: where the dates look alike.
    """

    network: Network
    shown: Pictures | tuple[int, ...]
    guard: DifferenceGuard


@dataclass(frozen=True)
class OwnDetector:
    """One network as a detector.

    Attributes:
        CARD: what users are told.
        file: the network.
        own: its card.
    """

    CARD: Card
    file: Path
    own: OwnCard

    def working_gsd_m(self, gsd_m: float) -> float:
        """Within the range of the card.

        Raises:
            UnsuitableSceneError: the pixels are too large.
        """
        low_m, high_m = self.own.gsd_m
        return suited(gsd_m, range_m=self.own.gsd_m, best_m=(low_m * high_m) ** 0.5)

    def fit(self, sample: Sample) -> Params:
        """The network, and how the values of the pair are given to it.

        Raises:
            UnsuitableSceneError: the bands or the sensor do not suit it.
            ModelError: the network is not what its card says.
        """
        shown = self._shown(sample)
        network = _network(self.file, self.own, sample.device)
        params = Params(network, shown, difference_guard.fit(sample))
        # Once over the ground, so that a wrong card is told before anything is written.
        self.own.squares.run(_corner(sample.blocks[0], self.own), partial(self._score, params))
        return params

    def predict(self, params: Params, block: PairBlock) -> TileScores:
        """Shares of change, and the class that has the largest one."""
        return self.own.squares.run(block, partial(self._score, params))

    def remarks(self, params: Params) -> Remarks:
        """Which file was run, and how its values were made."""
        is_converted = isinstance(params.shown, Pictures) and params.shown.is_converted
        findings = (pictures.CONVERSION,) if is_converted else ()
        record = {"own_model": self.file.name, "weights_sha256": self.own.sha256}
        return Remarks(findings, record)

    def _shown(self, sample: Sample) -> Pictures | tuple[int, ...]:
        if self.own.input.values == "8bit":
            return pictures.fit(sample)
        places: dict[BandRole | None, int] = {
            band.role: place for place, band in enumerate(sample.bands)
        }
        missing = [role for role in self.own.input.bands if role not in places]
        if missing:
            msg = f"The network {self.own.title!r} needs the band {missing[0]!r} at both dates."
            raise UnsuitableSceneError(msg, hint="Choose scenes with this band, named or tagged.")
        return tuple(places[role] for role in self.own.input.bands)

    def _score(self, params: Params, square: PairBlock) -> TileScores:
        dates = [self._prepared(date, square) for date in _values(params.shown, square)]
        stacked = [np.concatenate(dates, axis=1)] if self.own.input.layout == "stacked" else dates
        shares = self._shares(params.network(stacked))
        best = shares[1:].argmax(axis=0)
        changed = (1 - shares[0]) * params.guard.share(square)
        return TileScores(changed.astype(np.float32), (best + 1).astype(np.uint8))

    def _prepared(self, values: Floats, square: PairBlock) -> Floats:
        """One date as the network takes it; what was not observed has the mean value."""
        wanted = self.own.input
        bands = len(wanted.bands)
        mean, deviation = (
            np.array(given or (default,) * bands, np.float32)[:, None, None]
            for given, default in ((wanted.mean, 0.0), (wanted.deviation, 1.0))
        )
        normal = (values / np.float32(wanted.divide_by) - mean) / deviation
        return np.where(square.valid, normal, np.float32(0))[None]

    def _shares(self, given: NDArray[Any]) -> Floats:
        """Shares (1 + class, row, col) of no change and of each class; NaN where it says nothing.

        Raises:
            ModelError: what the network gave is not what its card says.
        """
        side, classes = self.own.window_px, len(self.own.output.classes)
        single, several = (1, 1, side, side), (1, classes + 1, side, side)
        if given.shape == (1, side, side):
            given = given[None]
        is_single = classes == 1 and self.own.output.kind != "softmax" and given.shape == single
        if not is_single and (given.shape != several or self.own.output.kind == "sigmoid"):
            expected = single if self.own.output.kind == "sigmoid" else several
            msg = (
                f"The network {self.file.name!r} gives an array {given.shape}, where its card says"
                f" {expected}."
            )
            raise ModelError(msg, hint="Correct classes, kind or window_px in the card.")
        # What 32 bits cannot hold is not observed, like NaN.
        with np.errstate(over="ignore", invalid="ignore"):
            values = given[0].astype(np.float32)
            if self.own.output.kind == "logits":
                values = _sigmoid(values) if is_single else _softmax(values)
        self._require_shares(values)
        return np.concatenate([1 - values, values]) if is_single else values

    def _require_shares(self, values: Floats) -> None:
        seen = values[np.isfinite(values)]
        if seen.size and not -1e-3 <= seen.min() <= seen.max() <= 1 + 1e-3:
            msg = (
                f"The network {self.file.name!r} gives values from {seen.min():.3g} to"
                f" {seen.max():.3g}, which are no shares."
            )
            raise ModelError(msg, hint='Set kind to "logits" in the card.')
        sums = values.sum(axis=0)
        apart = np.abs(sums[np.isfinite(sums)] - 1).max(initial=0)
        if len(values) > 1 and apart > SUM_SLACK:
            msg = (
                f"The channels of the network {self.file.name!r} do not add up to 1, so they are"
                " no shares of one softmax."
            )
            raise ModelError(msg, hint='Export what comes before, and set kind to "logits".')


def entries() -> tuple[Entry, ...]:
    """Every network of the folder, by name; none where there is no folder."""
    folder = weights.kept_dir() / FOLDER
    if not folder.is_dir():
        return ()
    stems = {one.stem for one in folder.iterdir() if one.suffix in {*SUFFIXES, ".toml"}}
    return tuple(_entry(folder, stem) for stem in sorted(stems))


def find(name: str) -> Entry | None:
    """The network that a detector's name stands for."""
    if not name.startswith(PREFIX):
        return None
    return next((one for one in entries() if one.name == name), None)


def _entry(folder: Path, stem: str) -> Entry:
    name = PREFIX + re.sub(r"[^a-z0-9_]", "_", stem.lower())[:40]
    if not STEM.fullmatch(stem):
        reason = "Name its files with small letters, digits and _, beginning with a letter."
        return Entry(name, None, reason)
    files = [file for suffix in SUFFIXES if (file := folder / f"{stem}{suffix}").is_file()]
    if len(files) != 1:
        reason = f"There are both {stem}.onnx and {stem}.pt: keep one."
        if not files:
            reason = f"There is no {stem}.onnx or {stem}.pt beside its card."
        return Entry(name, None, reason)
    if not (folder / f"{stem}.toml").is_file():
        return Entry(name, None, f"It has no card: put {stem}.toml beside it.")
    try:
        own = own_card.read(folder / f"{stem}.toml")
    except InputError as error:
        return Entry(name, None, str(error))
    return Entry(name, OwnDetector(_card(name, own), files[0], own))


def _card(name: str, own: OwnCard) -> Card:
    squares = own.squares
    return Card(
        name=name,
        title=own.title,
        summary=own.summary or f"{own.title}: a network of this server's operator.",
        source=f"{own.source}; licence: {own.licence}",
        sensors=("optical",),
        min_bands=1 if own.input.values == "8bit" else len(own.input.bands),
        gsd_range_m=(own.gsd_m[0] / 4, own.gsd_m[1] * 2),
        classes=own.classes,
        threshold="fixed",
        threshold_reason="The card of the network says so.",
        fixed_threshold=own.output.threshold,
        halo_px=own.margin_px,
        tile_px=squares.tile_px,
        align_px=squares.step_px,
        is_symmetric=False,
        limits=(*own.limits, BESIDES),
        licence=own.licence,
    )


@lru_cache(maxsize=2)
def _network(file: Path, own: OwnCard, device: str) -> Network:
    """The network of a file, opened once per process."""
    return own_network.load(file, own, device)


def _values(shown: Pictures | tuple[int, ...], square: PairBlock) -> Sequence[Floats]:
    """Pre and post values (band, row, col) in the order of the card."""
    if isinstance(shown, Pictures):
        return shown.pair(square)
    return square.pre[list(shown)], square.post[list(shown)]


def _corner(block: PairBlock, own: OwnCard) -> PairBlock:
    """One window of a block."""
    part = ..., slice(0, own.squares.step_px), slice(0, own.squares.step_px)
    pre, post = block.pre[part], block.post[part]
    return PairBlock(pre, post, block.pre_valid[part], block.post_valid[part])


def _sigmoid(values: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -60, 60))), np.float32)


def _softmax(values: Floats) -> Floats:
    raised = np.exp(values - values.max(axis=0))
    return np.asarray(raised / raised.sum(axis=0), np.float32)
