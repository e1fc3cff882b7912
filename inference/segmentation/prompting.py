"""Answers prompts on a scene: chooses a window, embeds it once, asks, and looks wider if need be.

One policy for every segmenter, memory of graphics cards included. Works in pixels of the scene's
grid; knows nothing of maps or users.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from errors import InputError, OutOfDeviceMemoryError
from inference.segmentation.embeddings import Embedded, Embeddings, Key
from inference.segmentation.short_memory import attempts
from inference.segmentation.views import View, extent, moved, shifted, window_around, within
from inference.segmenter_registry import Loaded, require_kinds
from inference.segmenters.base import Candidate, Prompt
from progress import Watcher
from raster import regridding
from raster.chip import ChipReader, coarser, working_grid
from raster.findings import Finding
from raster.grid import Grid
from raster.instances import Instance, cut
from raster.scene import Scene
from raster.stretch import Stretch

FILL = 0.8
"""What a user outlined may take this share of a window's side; the rest shows its surroundings."""
WIDER = (1, 2, 4)
"""Pixels this many times as large are tried in turn for a thing that its window cuts."""
COARSEST = 2.0
"""A thing is looked for at up to this many times the coarsest ground size of the card."""
WIDEST = 64
"""Pixels this many times as large are taken at most for a large box or outline."""
AGREE = 0.5
"""A wider look shows the same thing if it holds this share of what the closer look found."""


@dataclass(frozen=True)
class Sight:
    """A scene ready to be asked about.

    Attributes:
        scene: what is looked at.
        sha256: of its files.
        stretch: how it becomes a picture.
    """

    scene: Scene
    sha256: str
    stretch: Stretch


@dataclass(frozen=True)
class Reply:
    """What was found for one prompt.

    Attributes:
        instance: the thing on the scene's grid; None where there is none.
        findings: what the user must know about it.
    """

    instance: Instance | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class _Look:
    """What one window showed."""

    grid: Grid
    instance: Instance | None
    is_cut: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Prompter:
    """A segmenter asked about one scene. Holds no picture; safe to share between threads.

    Attributes:
        sight: the scene.
        loaded: the segmenter.
        embeddings: where windows are kept.
        on_cpu: the same segmenter on the CPU, for when a graphics card is too small.
    """

    sight: Sight
    loaded: Loaded
    embeddings: Embeddings
    on_cpu: Callable[[], Loaded] | None = None

    def answer(self, prompt: Prompt) -> Reply:
        """The thing a prompt points at, in pixels of the scene's grid.

        Raises:
            InputError: it points at nothing observed, or is of a kind the segmenter does not take.
            ModelError: even the CPU has too little memory.
        """
        require_kinds(self.loaded.card, prompt)
        best: _Look | None = None
        for by in self._steps(prompt):
            look = self._look(prompt, by)
            if best is not None and not _is_same_thing(best, look):
                break
            best = look
            if not look.is_cut:
                break
        if best is None:
            raise _too_large(prompt)
        return self._reply(best)

    def look_ahead(self, prompt: Prompt) -> None:
        """Embed the window in which a prompt would be answered first.

        Raises:
            OutOfDeviceMemoryError: the graphics card has too little memory.
        """
        for by in self._steps(prompt)[:1]:
            self._embedded(self.loaded, self._view(prompt, by, self.loaded.card.window_px))

    def answer_all(self, prompts: Sequence[Prompt], *, watcher: Watcher) -> tuple[Reply, ...]:
        """A reply to each prompt, in their order; each window is embedded once.

        One that points at nothing observed gets a finding instead of an error, unless it is the
        only one.

        Raises:
            InputError: as `answer`, for a single prompt or a kind the segmenter does not take.
            CancelledError: the watcher asked to stop.
        """
        replies: dict[int, Reply] = {}
        for done, number in enumerate(self._by_window(prompts)):
            watcher.step(done / len(prompts), f"Outlining thing {done + 1} of {len(prompts)}")
            replies[number] = self._numbered(prompts, number)
        return tuple(replies[number] for number in range(len(prompts)))

    def _numbered(self, prompts: Sequence[Prompt], number: int) -> Reply:
        prompt = prompts[number]
        if len(prompts) == 1:
            return self.answer(prompt)
        require_kinds(self.loaded.card, prompt)
        try:
            return self.answer(prompt)
        except InputError as error:
            message = f"Prompt {number + 1} was left out. {error.message}"
            return Reply(None, (Finding("prompt_left_out", "caution", message, error.hint),))

    def _by_window(self, prompts: Sequence[Prompt]) -> list[int]:
        """Numbers of the prompts, those of one window together."""

        def place(number: int) -> tuple[int, ...]:
            steps = self._steps(prompts[number])
            if not steps:
                return ()
            window = self._view(prompts[number], steps[0], self.loaded.card.window_px).window
            return steps[0], int(window.row_off), int(window.col_off)

        return sorted(range(len(prompts)), key=place)

    @property
    def _grid(self) -> Grid:
        """The finest grid that is looked at."""
        return working_grid(self.sight.scene.grid, self.loaded.card.gsd_range_m)

    def _steps(self, prompt: Prompt) -> tuple[int, ...]:
        """How many times larger pixels are tried, the finest first; none for too large a prompt."""
        side_px = self.loaded.card.window_px
        grid = self._grid
        reach = within(extent(moved(prompt, self.sight.scene.grid, grid)), grid)
        needed = max(reach[2] - reach[0], reach[3] - reach[1]) / (FILL * side_px)
        first = 2 ** max(0, math.ceil(math.log2(needed))) if needed > 0 else 1
        if first > WIDEST:
            return ()
        finest = grid.gsd_m * first
        limit_m = max(COARSEST * self.loaded.card.gsd_range_m[1], finest)
        # Beyond a whole scene there is nothing more to see.
        whole = max(grid.shape) / side_px
        wider = (
            by for by in WIDER if finest * by <= limit_m and (by == 1 or by * first < 2 * whole)
        )
        return tuple(first * by for by in wider)

    def _view(self, prompt: Prompt, by: int, side_px: int) -> View:
        grid = coarser(self._grid, by)
        placed = moved(prompt, self.sight.scene.grid, grid)
        window = window_around(within(extent(placed), grid), side_px, grid)
        return View(grid, window, shifted(placed, window))

    def _look(self, prompt: Prompt, by: int) -> _Look:
        """What the window around a prompt shows; looked at otherwise where memory is short."""
        for attempt in attempts(self.loaded, self.on_cpu):
            view = self._view(prompt, by, attempt.loaded.card.window_px)
            if not _has_room(view):
                continue
            try:
                return self._asked(attempt.loaded, view, attempt.findings)
            except OutOfDeviceMemoryError:
                # The next attempt needs less; the last one raises.
                continue
        raise AssertionError

    def _asked(self, loaded: Loaded, view: View, findings: tuple[Finding, ...]) -> _Look:
        embedded = self._embedded(loaded, view)
        _require_observed(view.prompt, embedded.valid)
        candidates = loaded.segmenter.answer(loaded.model, embedded.values, view.prompt)
        best = _best(candidates, embedded.valid)
        if best is None:
            return _Look(view.grid, None, is_cut=False, findings=findings)
        top, left = int(view.window.row_off), int(view.window.col_off)
        instance = cut(best.mask, best.score, top=top, left=left)
        is_cut = instance is not None and _touches(instance, view)
        return _Look(view.grid, instance, is_cut, findings)

    def _embedded(self, loaded: Loaded, view: View) -> Embedded:
        key = Key(
            self.sight.sha256,
            view.grid,
            view.window,
            self.sight.stretch,
            loaded.card.name,
            loaded.weights_sha256,
        )
        return self.embeddings.take(key, lambda: self._embed(loaded, view))

    def _embed(self, loaded: Loaded, view: View) -> Embedded:
        with ChipReader(self.sight.scene, view.grid, self.sight.stretch) as reader:
            chip = reader.read(view.window)
        if not chip.valid.any():
            return Embedded({}, chip.valid)
        return Embedded(loaded.segmenter.embed(loaded.model, chip), chip.valid)

    def _reply(self, look: _Look) -> Reply:
        if look.instance is None:
            return Reply(None, (*look.findings, _NOTHING))
        findings = look.findings
        if look.is_cut:
            findings = (*findings, _CUT)
        if look.grid.gsd_m > 1.5 * self._grid.gsd_m:
            findings = (*findings, _coarse(look.grid.gsd_m))
        instance = regridding.onto(look.instance, look.grid, self.sight.scene.grid)
        if instance is None:
            return Reply(None, (*findings, _NOTHING))
        return Reply(instance, findings)


def _has_room(view: View) -> bool:
    """Whether a window holds all of its prompt that lies in the scene."""
    whole = shifted(view.prompt, view.window, sign=1)
    left, top, right, bottom = within(extent(whole), view.grid)
    width, height = float(view.window.width), float(view.window.height)
    return right - left <= width and bottom - top <= height


def _require_observed(prompt: Prompt, valid: NDArray[np.bool_]) -> None:
    """Nothing, if a prompt points at something that was observed.

    Raises:
        InputError: a point on the thing, or all of a box or outline, lies on nodata.
    """
    height, width = valid.shape
    for x, y in prompt.inside:
        col, row = min(max(int(x), 0), width - 1), min(max(int(y), 0), height - 1)
        if not valid[row, col]:
            raise _not_observed("The point lies")
    left, top, right, bottom = (
        min(max(int(side), 0), limit)
        for side, limit in zip(extent(prompt), (width, height) * 2, strict=True)
    )
    if not valid[top : bottom + 1, left : right + 1].any():
        raise _not_observed("The prompt lies")


def _not_observed(what: str) -> InputError:
    msg = f"{what} where the scene was not observed (nodata)."
    return InputError(msg, hint="Point at a place that the picture shows.")


def _best(candidates: Sequence[Candidate], valid: NDArray[np.bool_]) -> Candidate | None:
    """The best candidate without what was not observed; None where nothing is left of any."""
    for candidate in candidates:
        mask = candidate.mask & valid
        if mask.any():
            return replace(candidate, mask=mask)
    return None


def _touches(instance: Instance, view: View) -> bool:
    """Whether a thing reaches a side of its window beyond which the scene goes on."""
    window = view.window
    bottom, right = window.row_off + window.height, window.col_off + window.width
    return bool(
        (instance.top <= window.row_off and window.row_off > 0)
        or (instance.left <= window.col_off and window.col_off > 0)
        or (instance.top + instance.mask.shape[0] >= bottom and bottom < view.grid.height)
        or (instance.left + instance.mask.shape[1] >= right and right < view.grid.width)
    )


def _is_same_thing(close: _Look, wide: _Look) -> bool:
    """Whether a wider look holds what a closer one found."""
    if close.instance is None or wide.instance is None:
        return wide.instance is not None
    closer = regridding.onto(close.instance, close.grid, wide.grid)
    if closer is None:
        return True
    top, left = max(closer.top, wide.instance.top), max(closer.left, wide.instance.left)
    shared = [
        one.mask[max(top - one.top, 0) :, max(left - one.left, 0) :]
        for one in (closer, wide.instance)
    ]
    rows, cols = (min(part.shape[axis] for part in shared) for axis in (0, 1))
    both = shared[0][:rows, :cols] & shared[1][:rows, :cols]
    return int(both.sum()) >= AGREE * closer.pixels


def _too_large(prompt: Prompt) -> InputError:
    left, top, right, bottom = extent(prompt)
    msg = f"The prompt spans {right - left:.0f} x {bottom - top:.0f} pixels, which is too much."
    return InputError(msg, hint="Point at one thing, or outline everything in an area.")


def _coarse(gsd_m: float) -> Finding:
    message = f"The thing is so large that it was outlined in pixels of {gsd_m:.3g} m."
    return Finding("outline_coarse", "info", message, "", round(gsd_m, 4), "m")


_NOTHING = Finding(
    "nothing_found", "info", "The segmenter sees no thing there.",
    "Point at its middle, draw a box around it, or choose another segmenter.",
)  # fmt: skip
_CUT = Finding(
    "outline_cut", "caution",
    "The thing reaches beyond the part of the scene that was looked at, so its outline may be cut.",
    "Draw a box around all of it.",
)  # fmt: skip
