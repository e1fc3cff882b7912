"""The photographs of a count with its outlines over them, ready for a page.

Reads pictures and the ledger; opens no file and knows no HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from exports.count.drawing import Drawing, draw_date
from exports.page.pictures import photo_uri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.count_result import CountResult, Shot

DATES: tuple[Literal["pre", "post"], ...] = ("pre", "post")


@dataclass(frozen=True)
class Photograph:
    """One place at one date.

    Attributes:
        key: names it on the page.
        date: `pre` or `post`.
        uri: the picture as a data URI.
        drawing: the outlines of what stands there at that date.
    """

    key: str
    date: str
    uri: str
    drawing: Drawing


@dataclass(frozen=True)
class PhotoPair:
    """Both dates of one place.

    Attributes:
        entry: id of the entry it shows up close; 0 for the whole area.
        photographs: pre and post.
    """

    entry: int
    photographs: tuple[Photograph, ...]

    @property
    def is_wide(self) -> bool:
        """So wide that two beside each other would be strips."""
        drawing = self.photographs[0].drawing
        return drawing.width > 1.8 * drawing.height


def pairs(result: CountResult) -> tuple[PhotoPair, ...]:
    """Every pair of photographs of a count; the whole area first."""
    return tuple(PhotoPair(one.entry, tuple(_dates(result, one))) for one in result.shots)


def _dates(result: CountResult, shot: Shot) -> Iterator[Photograph]:
    for date, rgb in zip(DATES, (shot.pre_rgb, shot.post_rgb), strict=True):
        drawing = draw_date(result.ledger, shot.grid, date)
        yield Photograph(f"{date}-{shot.entry}", date, photo_uri(rgb), drawing)
