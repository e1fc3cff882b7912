"""The object ledger: what became of every thing between the two dates.

Things of both dates are matched one to one by outline and distance; what has no partner is judged
by what the other date shows at its place. Knows nothing of models, words or files.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from analysis.pairs import Pairs, Star, best_partners, compared, moved_partners
from analysis.things import Thing
from raster.grid import Grid

Date = Literal["pre", "post"]
Verdict = Literal["present", "absent", "not seen"]
State = Literal[
    "kept", "appeared", "vanished", "grown", "shrunk", "split", "merged", "moved", "not assessed"
]
STATES: tuple[State, ...] = (
    "kept", "appeared", "vanished", "grown", "shrunk", "split", "merged", "moved", "not assessed",
)  # fmt: skip

AREA_RATIO = 1.25
"""A thing whose area changed by less is of the same size: outlines of one roof drawn by two people
differ by as much (e.g. IoU 0.8 of two annotators on 0.3 m imagery)."""
OUTLINE_PX = 0.5
"""An outline is off by up to half a pixel, so its area by this times its length."""
UNCHANGED_LIKENESS = 0.55
"""From here on both dates show the same ground, and other outlines are no change of the thing: of
simulated buildings that came or went 1 % look more alike (measured for the counters' second look).
"""


@dataclass(frozen=True)
class Look:
    """What the other date shows at the place of a thing.

    Attributes:
        support: how much the other date looks like such a thing there, 0..1.
        likeness: how alike both dates look there, 0..1.
        verdict: whether the thing stands there at the other date as well.
    """

    support: float
    likeness: float
    verdict: Verdict


@dataclass(frozen=True)
class Found:
    """What was found at each date, by a model and by people, before it is matched.

    Attributes:
        grid: the CRS of the outlines and the size of a pixel.
        pre: things of the earlier date.
        post: things of the later date; no id is used twice.
        looks: by id, what the other date shows; a thing without one is taken as absent there.
    """

    grid: Grid
    pre: tuple[Thing, ...]
    post: tuple[Thing, ...]
    looks: Mapping[int, Look] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """One line of the ledger: things that are one another's past and future.

    Attributes:
        id: smallest of the ids of its things, which no other entry has.
        state: what became of them; `not assessed` where the other date was not seen.
        pre: ids of its things of the earlier date.
        post: ids of its things of the later date.
        pre_area_m2: sum of their areas.
        post_area_m2: likewise.
        overlap: intersection over union of the outlines of both dates; 0 with one date only.
        distance_m: between the centroids of both dates; 0 with one date only.
        score: mean score of its things.
        votes: at how many dates the thing was outlined by itself, 1 or 2.
        is_second_look: it was outlined at one date and is known from there at the other.
    """

    id: int
    state: State
    pre: tuple[int, ...]
    post: tuple[int, ...]
    pre_area_m2: float
    post_area_m2: float
    overlap: float
    distance_m: float
    score: float
    votes: int
    is_second_look: bool = False


@dataclass(frozen=True)
class Counts:
    """How many; pre + appeared - vanished = post and kept = pre - vanished, for every ledger.

    Attributes:
        pre: things of the earlier date whose place was seen at both dates.
        post: likewise of the later date.
        appeared: new things, those by splitting included.
        vanished: gone things, those by merging included.
        kept: things of both dates, whatever their state.
        by_splitting: how many of `appeared` are further parts of a thing that was one.
        by_merging: how many of `vanished` became part of a thing that is one now.
        second_look: how many of `kept` were outlined at one date only.
        not_assessed_pre: things of the earlier date whose place the later one does not show.
        not_assessed_post: likewise; in none of the numbers above.
        entries: number of entries of each state.
    """

    pre: int
    post: int
    appeared: int
    vanished: int
    kept: int
    by_splitting: int
    by_merging: int
    second_look: int
    not_assessed_pre: int
    not_assessed_post: int
    entries: Mapping[State, int]


@dataclass(frozen=True)
class Ledger:
    """The things of both dates and what became of them; every thing is in exactly one entry.

    Attributes:
        grid: the CRS of the outlines.
        pre: things of the earlier date, those known by a second look and not assessed included.
        post: likewise of the later date.
        entries: by rising id.
        replaced: things that the parts seen at the other date stand for, because the ground did
            not change; they are in no entry.
    """

    grid: Grid
    pre: tuple[Thing, ...]
    post: tuple[Thing, ...]
    entries: tuple[Entry, ...]
    replaced: tuple[Thing, ...] = ()

    def counts(self) -> Counts:
        """The numbers of this ledger; they close because each is a sum over the same entries."""
        seen = self.assessed
        unseen = [entry for entry in self.entries if entry.state == "not assessed"]
        gains = [max(len(entry.post) - len(entry.pre), 0) for entry in seen]
        losses = [max(len(entry.pre) - len(entry.post), 0) for entry in seen]
        states = [entry.state for entry in self.entries]
        return Counts(
            pre=sum(len(entry.pre) for entry in seen),
            post=sum(len(entry.post) for entry in seen),
            appeared=sum(gains),
            vanished=sum(losses),
            kept=sum(min(len(entry.pre), len(entry.post)) for entry in seen),
            by_splitting=sum(gain for gain, one in zip(gains, seen, strict=True) if one.pre),
            by_merging=sum(loss for loss, one in zip(losses, seen, strict=True) if one.post),
            second_look=sum(entry.is_second_look for entry in seen),
            not_assessed_pre=sum(len(entry.pre) for entry in unseen),
            not_assessed_post=sum(len(entry.post) for entry in unseen),
            entries={state: states.count(state) for state in STATES},
        )

    @property
    def appeared(self) -> tuple[Thing, ...]:
        """New things; of a split all parts but the largest. As many as `counts().appeared`."""
        sides = [(entry.post, len(entry.pre)) for entry in self.assessed]
        return _surplus(sides, self.by_id[1])

    @property
    def vanished(self) -> tuple[Thing, ...]:
        """Gone things; of a merger all but the largest. As many as `counts().vanished`."""
        sides = [(entry.pre, len(entry.post)) for entry in self.assessed]
        return _surplus(sides, self.by_id[0])

    @property
    def counted(self) -> tuple[tuple[Thing, ...], tuple[Thing, ...]]:
        """The things of each date whose place was seen at both dates."""
        pre, post = self.by_id
        seen = self.assessed
        return (
            tuple(pre[one] for entry in seen for one in entry.pre),
            tuple(post[one] for entry in seen for one in entry.post),
        )

    @property
    def assessed(self) -> tuple[Entry, ...]:
        """The entries whose place was seen at both dates."""
        return tuple(entry for entry in self.entries if entry.state != "not assessed")

    def things(self, entry: Entry) -> tuple[tuple[Thing, ...], tuple[Thing, ...]]:
        """The things of an entry at the earlier and at the later date."""
        pre, post = self.by_id
        return tuple(pre[one] for one in entry.pre), tuple(post[one] for one in entry.post)

    @property
    def by_id(self) -> tuple[dict[int, Thing], dict[int, Thing]]:
        """The things of each date by id."""
        return {one.id: one for one in self.pre}, {one.id: one for one in self.post}


def _surplus(
    sides: Sequence[tuple[tuple[int, ...], int]], by_id: Mapping[int, Thing]
) -> tuple[Thing, ...]:
    """Of each group of ids all but so many of the largest."""
    ranked = [
        (sorted((by_id[one] for one in ids), key=lambda one: (-one.area_m2, one.id)), partners)
        for ids, partners in sides
    ]
    return tuple(thing for things, partners in ranked for thing in things[partners:])


def match(found: Found, *, is_movable: bool = False) -> Ledger:
    """The ledger of what was found.

    Partners are chosen one to one so that outlines and centroids agree best over all (Kuhn 1955,
    by scipy). One thing in the place of several is a split or a merger, unless the looks say that
    the ground is the same: then the parts stand at both dates. A thing without a partner is kept
    where the other date shows it too, and not assessed where that date shows nothing.

    Args:
        found: things of both dates and what each date shows at the places of the other.
        is_movable: whether a thing gone here and a like one new nearby are one that moved.
    """
    pairs = compared(found.pre, found.post, found.grid)
    stars = pairs.stars()
    unchanged = [star for star in stars if _is_same_ground(star, found)]
    changed = [star for star in stars if not _is_same_ground(star, found)]
    busy = {one.id for star in stars for side in star for one in side}
    one_to_one = best_partners(pairs.without(busy))
    entries = [_partners(pair, found, pairs) for pair in one_to_one]
    entries += [_star(star, pairs) for star in changed]
    taken = busy | {one.id for pair in one_to_one for one in pair}
    pre = [one for one in found.pre if one.id not in taken]
    post = [one for one in found.post if one.id not in taken]
    if is_movable:
        moves = moved_partners(_absent(pre, found), _absent(post, found), found.grid)
        entries += [_moved(pair, distance_m) for pair, distance_m in moves]
        gone = {one.id for pair, _distance in moves for one in pair}
        pre, post = ([one for one in side if one.id not in gone] for side in (pre, post))
    entries += [_single(one, "pre", found) for one in pre]
    entries += [_single(one, "post", found) for one in post]
    for star in unchanged:
        entries += _parts_at_both(star)
    return _ledger(found, entries)


def _is_same_ground(star: Star, found: Found) -> bool:
    """Whether both dates show the same at the place of all things of a split or merger."""
    looks = [found.looks.get(one.id) for side in star for one in side]
    return all(
        look is not None and look.verdict == "present" and look.likeness >= UNCHANGED_LIKENESS
        for look in looks
    )


def _absent(things: Iterable[Thing], found: Found) -> list[Thing]:
    return [one for one in things if _verdict(one, found) == "absent"]


def _verdict(thing: Thing, found: Found) -> Verdict:
    look = found.looks.get(thing.id)
    return "absent" if look is None else look.verdict


def _partners(pair: tuple[Thing, Thing], found: Found, pairs: Pairs) -> Entry:
    pre, post = pair
    overlap, distance_m = pairs.of(pre.id, post.id)
    state: State = "kept"
    if not _is_same_ground(((pre,), (post,)), found):
        state = _size_state(pre, post, found.grid.gsd_m)
    return _entry(state, ((pre,), (post,)), overlap, distance_m)


def _size_state(pre: Thing, post: Thing, gsd_m: float) -> State:
    """Whether a thing grew or shrank by more than outlines can tell."""
    doubt_m2 = OUTLINE_PX * gsd_m * (pre.perimeter_m + post.perimeter_m) / 2
    if abs(post.area_m2 - pre.area_m2) <= doubt_m2:
        return "kept"
    if post.area_m2 > AREA_RATIO * pre.area_m2:
        return "grown"
    return "shrunk" if pre.area_m2 > AREA_RATIO * post.area_m2 else "kept"


def _star(star: Star, pairs: Pairs) -> Entry:
    overlap, distance_m = pairs.of_star(star)
    return _entry("split" if len(star[0]) == 1 else "merged", star, overlap, distance_m)


def _moved(pair: tuple[Thing, Thing], distance_m: float) -> Entry:
    return _entry("moved", ((pair[0],), (pair[1],)), 0.0, distance_m)


def _single(thing: Thing, date: Date, found: Found) -> Entry:
    """A thing without a partner."""
    verdict = _verdict(thing, found)
    if verdict == "present":
        return _at_both(thing)
    here: Star = ((thing,), ()) if date == "pre" else ((), (thing,))
    if verdict == "not seen":
        return _entry("not assessed", here, 0.0, 0.0, votes=1)
    return _entry("vanished" if date == "pre" else "appeared", here, 0.0, 0.0, votes=1)


def _at_both(thing: Thing) -> Entry:
    return _entry("kept", ((thing,), (thing,)), 1.0, 0.0, votes=1)


def _parts_at_both(star: Star) -> Iterator[Entry]:
    """The finer of the two readings, at both dates."""
    for part in max(star, key=len):
        yield _at_both(part)


def _entry(
    state: State, things: Star, overlap: float, distance_m: float, *, votes: int = 2
) -> Entry:
    pre, post = things
    by_id = {one.id: one for one in (*pre, *post)}
    return Entry(
        id=min(by_id),
        state=state,
        pre=tuple(sorted(one.id for one in pre)),
        post=tuple(sorted(one.id for one in post)),
        pre_area_m2=sum(one.area_m2 for one in pre),
        post_area_m2=sum(one.area_m2 for one in post),
        overlap=overlap,
        distance_m=distance_m,
        score=sum(one.score for one in by_id.values()) / len(by_id),
        votes=votes,
        is_second_look=bool(pre) and bool(post) and votes == 1,
    )


def _ledger(found: Found, entries: list[Entry]) -> Ledger:
    """The entries in order, with the things of each date they name."""
    things = {one.id: one for one in (*found.pre, *found.post)}
    ordered = tuple(sorted(entries, key=lambda entry: entry.id))
    sides = (
        sorted(number for entry in ordered for number in entry.pre),
        sorted(number for entry in ordered for number in entry.post),
    )
    pre, post = (tuple(things[number] for number in side) for side in sides)
    used = {*sides[0], *sides[1]}
    replaced = tuple(one for one in things.values() if one.id not in used)
    return Ledger(found.grid, pre, post, ordered, replaced)
