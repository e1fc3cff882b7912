"""The things of one kind at both dates of a pair, and what each date says of the other's places.

Knows nothing of matching, areas or words: those are the ledger's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from errors import InputError
from inference import counter_registry
from inference.counter_registry import Loaded
from inference.counters.base import Card, Ground, Wanted
from inference.counting import two_dates
from inference.counting.agreement import Cluster, agree, together
from inference.counting.picture import Picture
from inference.counting.second_look import SecondLook, Seen, Verdict
from inference.counting.two_dates import Date, Marked, TwoDates
from inference.run import Site
from progress import Watcher
from raster.findings import Finding
from raster.grid import Grid
from raster.instances import Instance

__all__ = ["Counted", "Date", "Marked", "SecondLook", "Verdict", "count"]

WHEN: dict[Date, str] = {"pre": "earlier", "post": "later"}


@dataclass(frozen=True)
class Counted:
    """What a counter found at both dates.

    Attributes:
        grid: working grid of everything here; it reaches beyond the AOI.
        pre: things of the earlier date that count.
        post: things of the later date that count.
        pre_looks: for every thing of `pre`, what the later date shows there.
        post_looks: for every thing of `post`, what the earlier date shows there.
        observed: (row, col) uint8 codes of `raster.mask.Observed` on the grid.
        findings: what the user must know, e.g. that pixels were resampled.
        weights_sha256: of the counter's weights; empty when it has none.
    """

    grid: Grid
    pre: tuple[Instance, ...]
    post: tuple[Instance, ...]
    pre_looks: tuple[SecondLook, ...]
    post_looks: tuple[SecondLook, ...]
    observed: NDArray[np.uint8]
    findings: tuple[Finding, ...]
    weights_sha256: str = ""


@dataclass(frozen=True)
class _LookedAt:
    """One date: how it was seen, what was found, what must be said."""

    seen: Seen
    things: tuple[Instance, ...]
    notes: tuple[Finding, ...]


def count(
    site: Site,
    name: str,
    wanted: Wanted,
    *,
    marked: tuple[Marked, ...] = (),
    device: str = "cpu",
    watcher: Watcher,
) -> Counted:
    """Everything of one kind at both dates inside the AOI.

    A thing counts where the middle of its outline, both dates taken together, lies in the AOI.

    Args:
        site: the whole pair, the AOI's window on its grid, and the AOI.
        name: of the counter.
        wanted: sizes and similarity; its examples are added to those in `marked`.
        marked: what the user boxed.
        device: `cpu` or a card.
        watcher: told while it works.

    Raises:
        UnknownDetectorError: no counter has this name.
        ModelError: its weights are missing or damaged, or a package is not installed.
        InputError: it needs examples and there is none, one cannot be used, or the sizes
            contradict each other.
        UnsuitableSceneError: the pixels are too large to show such things.
        AoiError: the area has more pixels than fit into memory.
        CancelledError: the watcher asked to stop.
    """
    # Jobs run side by side; OpenCV's own threads would only get in each other's way.
    cv2.setNumThreads(1)
    card = counter_registry.card(name)
    _require_sizes(wanted)
    dates = two_dates.lay_out(site, card, wanted)
    examples = (*wanted.examples, *(dates.example(box) for box in marked))
    _require_examples(card, len(examples))
    wanted = replace(wanted, examples=examples)
    loaded = counter_registry.load(name, device)
    pre = _look_at(dates, "pre", loaded, wanted, watcher.part(0.0, 0.45))
    post = _look_at(dates, "post", loaded, wanted, watcher.part(0.45, 0.9))
    agreed = _agreed(dates, pre, post, watcher.part(0.9, 1.0))
    places = [place for place in agreed if _is_believed(place, card)]
    return _counted(dates, places, pre, post, loaded)


def _look_at(
    dates: TwoDates, date: Date, loaded: Loaded, wanted: Wanted, watcher: Watcher
) -> _LookedAt:
    picture = dates.picture(date, watcher.part(0.0, 0.1))
    ground = Ground(dates.grid, picture.read)
    found = loaded.counter.find(loaded.model, ground, wanted, watcher.part(0.1, 1.0))
    return _LookedAt(Seen(picture, found.support), found.instances, found.notes)


def _agreed(dates: TwoDates, pre: _LookedAt, post: _LookedAt, watcher: Watcher) -> list[Cluster]:
    """The places that count."""
    found = agree(pre.things, post.things, pre.seen, post.seen)
    total = max(len(pre.things), len(post.things), 1)
    return [place for place in _watched(found, total, watcher) if _is_counted(place, dates.inside)]


def _watched(places: Iterable[Cluster], total: int, watcher: Watcher) -> Iterator[Cluster]:
    for done, place in enumerate(places):
        watcher.step(done / total, "Comparing the dates")
        yield place


def _is_counted(place: Cluster, inside: NDArray[np.bool_]) -> bool:
    """Whether the middle of a place, both dates taken together, lies in the AOI.

    One answer for both dates: a thing whose outlines fall to either side of the AOI's edge neither
    appears nor vanishes there.
    """
    whole = together((*place.pre, *place.post))
    rows, cols = np.nonzero(whole.mask)
    return bool(inside[whole.top + round(rows.mean()), whole.left + round(cols.mean())])


def _is_believed(place: Cluster, card: Card) -> bool:
    """Whether both dates show something here, or the one that does is sure enough.

    A doubtful find at one date is no change, and not counted at that date only.
    """
    if (place.pre and place.post) or all(
        look.verdict != "absent" for look in (*place.pre_looks, *place.post_looks)
    ):
        return True
    return max(thing.score for thing in (*place.pre, *place.post)) >= card.sure_score


def _counted(
    dates: TwoDates, places: list[Cluster], pre: _LookedAt, post: _LookedAt, loaded: Loaded
) -> Counted:
    before = tuple(thing for place in places for thing in place.pre)
    after = tuple(thing for place in places for thing in place.post)
    told = [*two_dates.findings(dates, loaded.card), *pre.notes]
    told += [note for note in post.notes if note not in pre.notes]
    told += _cut_findings(pre.seen.picture, before, "pre")
    told += _cut_findings(post.seen.picture, after, "post")
    return Counted(
        grid=dates.grid,
        pre=before,
        post=after,
        pre_looks=tuple(look for place in places for look in place.pre_looks),
        post_looks=tuple(look for place in places for look in place.post_looks),
        observed=dates.observed(pre.seen.picture, post.seen.picture),
        findings=tuple(told),
        weights_sha256=loaded.weights_sha256,
    )


def _cut_findings(picture: Picture, things: tuple[Instance, ...], date: Date) -> list[Finding]:
    """How many things reach the edge of what a date shows, so that they may go on beyond it."""
    number = sum(_is_cut(picture, thing) for thing in things)
    if not number:
        return []
    what = "1 thing reaches" if number == 1 else f"{number} things reach"
    message = f"At the {WHEN[date]} date {what} the edge of the image or of missing ground."
    remedy = (
        "Counted are those whose visible middle lies in the area; their sizes may be too small."
    )
    return [Finding(f"count_cut_{date}", "info", message, remedy, float(number), "1")]


def _is_cut(picture: Picture, thing: Instance) -> bool:
    rows, cols = thing.mask.shape
    window = Window(thing.left - 1, thing.top - 1, cols + 2, rows + 2)
    missing = (~picture.read(window).valid).astype(np.uint8)
    beside = cv2.dilate(missing, np.ones((3, 3), np.uint8))[1:-1, 1:-1]
    return bool((beside.astype(np.bool_) & thing.mask).any())


def _require_sizes(wanted: Wanted) -> None:
    if not 0 <= wanted.min_area_m2 < wanted.max_area_m2:
        msg = (
            f"Things from {wanted.min_area_m2:g} to {wanted.max_area_m2:g} m2 cannot be counted: "
            "the smallest must be smaller than the largest."
        )
        raise InputError(msg, hint="Correct the sizes.")
    if not 0 <= wanted.similarity <= 1:
        msg = f"A similarity of {wanted.similarity!r} is not between 0 and 1."
        raise InputError(msg, hint="Give a number between 0 (anything) and 1 (exactly alike).")


def _require_examples(card: Card, examples: int) -> None:
    if card.needs_examples and not examples:
        msg = f"{card.title!r} needs at least one example."
        raise InputError(msg, hint="Box one or more of the things to count on the map.")
