"""Where a prompt lies: in pixels of one grid or another, and in which window of it.

Arithmetic on coordinates; knows nothing of pictures or models.
"""

from dataclasses import dataclass, replace

from rasterio.windows import Window

from inference.segmenters.base import XY, Prompt
from raster.grid import Grid

SNAPS = 4
"""Windows begin at whole quarters of their side, so that neighbouring prompts share one."""

Extent = tuple[float, float, float, float]


@dataclass(frozen=True)
class View:
    """A window of a working grid, and a prompt in its pixels."""

    grid: Grid
    window: Window
    prompt: Prompt


def moved(prompt: Prompt, source: Grid, target: Grid) -> Prompt:
    """A prompt in pixels of another grid of the same CRS."""
    to_target = ~target.transform @ source.transform

    def move(points: tuple[XY, ...]) -> tuple[XY, ...]:
        return tuple(to_target @ point for point in points)

    box = prompt.box
    if box is not None:
        box = (*(to_target @ box[:2]), *(to_target @ box[2:]))
    return replace(
        prompt,
        inside=move(prompt.inside),
        outside=move(prompt.outside),
        box=box,
        polygon=move(prompt.polygon),
    )


def shifted(prompt: Prompt, window: Window, *, sign: int = -1) -> Prompt:
    """A prompt in pixels of a window, or with `sign` 1 back in those of the grid."""
    x, y = sign * window.col_off, sign * window.row_off

    def move(points: tuple[XY, ...]) -> tuple[XY, ...]:
        return tuple((px + x, py + y) for px, py in points)

    box = prompt.box
    if box is not None:
        box = (box[0] + x, box[1] + y, box[2] + x, box[3] + y)
    return replace(
        prompt,
        inside=move(prompt.inside),
        outside=move(prompt.outside),
        box=box,
        polygon=move(prompt.polygon),
    )


def extent(prompt: Prompt) -> Extent:
    """Left, top, right, bottom of what a prompt says of the thing; not of points beside it."""
    points = [*prompt.inside, *prompt.polygon]
    if prompt.box is not None:
        points += [prompt.box[:2], prompt.box[2:]]
    xs, ys = zip(*(points or prompt.outside), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def within(reach: Extent, grid: Grid) -> Extent:
    """The part of an extent inside a grid; where there is none, the nearest edge."""
    left, top, right, bottom = reach
    return (
        min(max(left, 0.0), grid.width),
        min(max(top, 0.0), grid.height),
        min(max(right, 0.0), grid.width),
        min(max(bottom, 0.0), grid.height),
    )


def window_around(reach: Extent, side_px: int, grid: Grid) -> Window:
    """The window around an extent: snapped, inside the grid, all of a grid that is no larger."""
    left, top, right, bottom = reach
    col, width = _span((left + right) / 2, side_px, grid.width)
    row, height = _span((top + bottom) / 2, side_px, grid.height)
    return Window(col, row, width, height)


def _span(middle: float, side_px: int, size_px: int) -> tuple[int, int]:
    """Start and length of a window along one axis."""
    if size_px <= side_px:
        return 0, size_px
    step = max(side_px // SNAPS, 1)
    start = round((middle - side_px / 2) / step) * step
    return min(max(start, 0), size_px - side_px), side_px
