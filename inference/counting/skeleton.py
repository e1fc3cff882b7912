"""How long an elongated thing is: along its middle, from end to end, every branch counted.

Works on one mask with square pixels. Knows nothing of what the thing is, nor of its grid.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d
from skimage.morphology import skeletonize

SMOOTHING_PX = 4.0
"""A line of pixels is smoothed by this before it is measured: steps of 1 and root 2 pixels make a
straight line up to 8 % too long, depending on its direction."""

Mask = NDArray[np.bool_]
Points = NDArray[np.float64]


@dataclass(frozen=True)
class Spine:
    """The middle line of a thing.

    Attributes:
        lines: each (n, 2) row and column in px along one branch, in order.
        length_px: length of all of them, out to the ends of the thing.
        width_px: median width of the thing across the lines.
    """

    lines: tuple[Points, ...]
    length_px: float
    width_px: float


def length_m(mask: Mask, gsd_m: float) -> float:
    """Length of a thing (row, col) along its middle in metres, all branches together; 0 if empty.

    Branches no longer than the thing is wide there are bumps of its outline and do not count.
    """
    return spine(mask).length_px * gsd_m


def spine(mask: Mask) -> Spine:
    """The middle line of a thing (row, col) without the bumps of its outline."""
    if not mask.any():
        return Spine((), 0.0, 0.0)
    framed = np.pad(mask, 1)
    depth = np.asarray(
        cv2.distanceTransform(framed.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE),
        np.float32,
    )
    graph = _pruned(np.asarray(skeletonize(framed), bool), depth)
    half = float(np.median([depth[at] for at in graph.steps])) - 0.5
    if len(graph.steps) == 1:
        return Spine((), 2 * half, 2 * half)
    sigma = max(SMOOTHING_PX, half)
    lines = []
    for pixels in graph.lines():
        line = _smooth(pixels, sigma)
        for end, is_last in ((pixels[-1], True), (pixels[0], False)):
            if graph.degree(end) == 1:
                line = _extended(line if is_last else line[::-1], framed, half)
        lines.append(line - 1)
    length = sum(float(np.hypot(*np.diff(line, axis=0).T).sum()) for line in lines)
    return Spine(tuple(lines), max(length, 2 * half), 2 * half)


def _pruned(thin: Mask, depth: NDArray[np.float32]) -> "_Graph":
    """A skeleton without the branches that lead into bumps and corners of the outline."""
    graph = _Graph.of(thin)
    # A corner may fork once more; to prune on would eat a jagged line from its end.
    for _pass in range(2):
        lines = graph.lines()
        spurs = [line for line in lines if _is_spur(line, graph, depth)]
        if not spurs or len(spurs) == len(lines):
            break
        for at in (at for line in spurs for at in line if graph.degree(at) < 3):
            thin[at] = False
        graph = _Graph.of(thin)
    return graph


At = tuple[int, int]
AROUND = ((0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (1, -1), (-1, -1), (-1, 1))


@dataclass(frozen=True)
class _Graph:
    """Skeleton pixels and the neighbours each leads on to."""

    steps: dict[At, tuple[At, ...]]

    @classmethod
    def of(cls, thin: Mask) -> "_Graph":
        """Diagonal steps count only where no two straight ones lead the same way."""
        pixels = {(int(row), int(col)) for row, col in np.argwhere(thin)}

        def leads(at: At, step: At) -> bool:
            row, col = at
            down, right = step
            if (row + down, col + right) not in pixels:
                return False
            corners = {(row + down, col), (row, col + right)}
            return not (down and right) or not corners & pixels

        return cls(
            {
                at: tuple((at[0] + s[0], at[1] + s[1]) for s in AROUND if leads(at, s))
                for at in pixels
            }
        )

    def degree(self, at: At) -> int:
        """How many ways lead on from a pixel."""
        return len(self.steps[at])

    def lines(self) -> list[list[At]]:
        """Pixels from every end or junction to the next, then those of closed rings."""
        found: list[list[At]] = []
        walked: set[frozenset[At]] = set()
        knots = [at for at, ways in self.steps.items() if len(ways) != 2]
        for start in (*knots, *self.steps):
            for first in self.steps[start]:
                if frozenset((start, first)) not in walked:
                    found.append(self._walk(start, first, walked))
        return found

    def _walk(self, start: At, first: At, walked: set[frozenset[At]]) -> list[At]:
        line = [start, first]
        walked.add(frozenset(line))
        while self.degree(line[-1]) == 2 and line[-1] != start:
            onward = next(at for at in self.steps[line[-1]] if at != line[-2])
            walked.add(frozenset((line[-1], onward)))
            line.append(onward)
        return line


SPUR_DEPTHS = 1.5
"""Times the depth at its root: a square end forks into its corners, a step a pixel, 1 times it."""


def _is_spur(line: list[At], graph: _Graph, depth: NDArray[np.float32]) -> bool:
    """Whether a branch hangs free at one end and is no longer than the thing is wide there."""
    degrees = graph.degree(line[0]), graph.degree(line[-1])
    if min(degrees) != 1 or max(degrees) < 3:
        return False
    root = line[0] if degrees[0] >= 3 else line[-1]
    return len(line) - 1 <= SPUR_DEPTHS * float(depth[root]) + 1


def _smooth(line: list[At], sigma_px: float) -> Points:
    """A line of pixels without its steps, its two ends where they were."""
    points = np.array(line, float)
    if line[0] == line[-1]:
        smooth = gaussian_filter1d(points[:-1], sigma_px, axis=0, mode="wrap")
        return np.concatenate([smooth, smooth[:1]])
    reach = min(int(4 * sigma_px), len(points) - 1)
    padded = np.pad(points, ((reach, reach), (0, 0)), mode="reflect", reflect_type="odd")
    smooth = gaussian_filter1d(padded, sigma_px, axis=0)
    return np.asarray(smooth[reach : reach + len(points)])


def _extended(line: Points, mask: Mask, half_px: float) -> Points:
    """A line drawn on from its last point to where the thing ends.

    A skeleton stops short of an end by about half the width there.
    """
    back = line[-1] - line[-1 - min(int(2 * half_px) + 3, len(line) - 1)]
    ahead = back / max(float(np.hypot(*back)), 1e-9) / 4
    tip = line[-1].copy()
    # The outline of a pixel's thing lies half a pixel beyond the pixel's centre.
    while mask[tuple(np.rint(tip + ahead).astype(int))]:
        tip = tip + ahead
    return np.concatenate([line, tip[None]])
