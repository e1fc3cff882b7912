"""Change events: what appears, vanishes, grows, is damaged, cleared, flooded, burnt or built.

An event edits the plan and records the ground truth of the edit as polygons in metres. Knows
nothing of pixels.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from shapely import STRtree, contains_xy
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from errors import InputError
from raster.mask import State
from simulation import houses
from simulation.plan import BUILDING_KINDS, Area, Building, Damage, Plan, Presence, Rows
from simulation.terrain import Rng, blob, both, common, curve, largest, less, rectangle

EventKind = Literal[
    "building_appears", "building_vanishes", "building_grows", "building_damaged", "road_appears",
    "clearing", "flood", "burn", "ship_appears", "ship_vanishes", "containers_appear",
    "containers_vanish", "land_reclaimed",
]  # fmt: skip


@dataclass(frozen=True)
class Event:
    """So many changes of one kind."""

    kind: EventKind
    count: int = 1


@dataclass(frozen=True)
class TruthClass:
    """A class of the truth mask."""

    code: int
    name: str
    label: str
    state: State
    color: str


LEGEND: tuple[TruthClass, ...] = (
    TruthClass(1, "building_new", "new building", "appeared", "#d55e00"),
    TruthClass(2, "building_gone", "building removed", "vanished", "#0072b2"),
    TruthClass(3, "building_extended", "building extended", "appeared", "#e69f00"),
    TruthClass(4, "building_damaged", "building damaged", "changed", "#cc79a7"),
    TruthClass(5, "road_new", "new road", "appeared", "#999999"),
    TruthClass(6, "vegetation_cleared", "vegetation cleared", "decrease", "#f0e442"),
    TruthClass(7, "flooded", "flooded", "increase", "#56b4e9"),
    TruthClass(8, "burnt", "burnt", "decrease", "#000000"),
    TruthClass(9, "ship_new", "ship arrived", "appeared", "#d55e00"),
    TruthClass(10, "ship_gone", "ship left", "vanished", "#0072b2"),
    TruthClass(11, "containers_new", "containers stacked", "appeared", "#e69f00"),
    TruthClass(12, "containers_gone", "containers removed", "vanished", "#009e73"),
    TruthClass(13, "land_reclaimed", "land reclaimed", "appeared", "#f0e442"),
)
CLASS_OF: dict[EventKind, TruthClass] = {
    "building_appears": LEGEND[0], "building_vanishes": LEGEND[1], "building_grows": LEGEND[2],
    "building_damaged": LEGEND[3], "road_appears": LEGEND[4], "clearing": LEGEND[5],
    "flood": LEGEND[6], "burn": LEGEND[7], "ship_appears": LEGEND[8], "ship_vanishes": LEGEND[9],
    "containers_appear": LEGEND[10], "containers_vanish": LEGEND[11], "land_reclaimed": LEGEND[12],
}  # fmt: skip
HARD_GROUND = {"asphalt", "old_asphalt", "sea", "river", "lake"}
KINDS_MOVED: dict[str, tuple[str, ...]] = {
    "building": BUILDING_KINDS, "ship": ("ship",), "containers": ("containers",),
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One true change: its class, outline in metres and height of what changed (0 for ground)."""

    kind: TruthClass
    polygon: BaseGeometry
    height_m: float = 0.0


@dataclass(frozen=True)
class Story:
    """A plan with what happened to it.

    Attributes:
        plan: the place at both dates.
        changes: truth so far; outlines do not overlap.
        view: the ground that will be seen; changes happen inside it.
    """

    plan: Plan
    changes: tuple[Change, ...]
    view: Polygon

    def is_free(self, shape: BaseGeometry, gap_m: float) -> bool:
        """Whether a new change keeps its distance from all others."""
        return all(shape.distance(change.polygon) > gap_m for change in self.changes)


def happen(rng: Rng, plan: Plan, events: tuple[Event, ...], view: Polygon) -> Story:
    """Let the events happen in order; an event that finds no room happens less often.

    Raises:
        InputError: no such event.
    """
    story = Story(plan, (), view)
    for event in events:
        if event.kind not in HANDLERS:
            message = f"There is no event {event.kind!r}."
            raise InputError(message, hint=f"Choose one of {', '.join(HANDLERS)}.")
        for _time in range(event.count):
            story = HANDLERS[event.kind](rng, story, event.kind)
    return story


def _eligible(story: Story, kinds: tuple[str, ...], gap_m: float) -> list[int]:
    """Buildings unchanged so far, inside the view, apart from other changes and buildings."""
    solid = STRtree([b.outline for b in story.plan.buildings if b.kind != "vehicle"])
    always, found = Presence(), []
    for index, building in enumerate(story.plan.buildings):
        if building.kind not in kinds or building.presence != always or building.damage != "none":
            continue
        shape = building.outline
        if not shape.within(story.view) or shape.area < 24 or not story.is_free(shape, gap_m):
            continue
        if len(solid.query(shape, predicate="intersects")) == 1:
            found.append(index)
    return found


def _swap(story: Story, index: int, building: Building, change: Change) -> Story:
    buildings = list(story.plan.buildings)
    buildings[index] = building
    plan = replace(story.plan, buildings=tuple(buildings))
    return replace(story, plan=plan, changes=(*story.changes, change))


def _move(rng: Rng, story: Story, kind: EventKind) -> Story:
    """Something that stands at one date only. It is an ordinary one of the plan at the other."""
    found = _eligible(story, KINDS_MOVED[kind.split("_")[0]], 1.5)
    if not found:
        return story
    index = int(rng.choice(found))
    old = story.plan.buildings[index]
    is_new = kind.endswith(("appears", "appear"))
    moved = replace(old, presence=Presence(pre=not is_new, post=is_new))
    change = Change(CLASS_OF[kind], old.outline, old.height_m)
    story = _swap(story, index, moved, change)
    return _leave_traces(rng, story, moved) if old.kind in {"house", "shed"} else story


def _leave_traces(rng: Rng, story: Story, moved: Building) -> Story:
    """Bare ground round a site and shrubs on an empty one, both unlabelled, often none of them."""
    shape = moved.outline
    absent = Presence(pre=not moved.presence.pre, post=not moved.presence.post)
    areas = list(story.plan.areas)
    if rng.random() < 0.45:
        areas.append(Area(shape.buffer(float(rng.uniform(1, 4))), "soil", 1.0, moved.presence))
    if rng.random() < 0.4:
        scar = str(rng.choice(["soil", "gravel", "dry_grass", "concrete"]))
        areas.append(Area(shape.buffer(float(rng.uniform(0, 5))), scar, 1.0, absent))
    return replace(story, plan=replace(story.plan, areas=tuple(areas)))


def _grow(rng: Rng, story: Story, kind: EventKind) -> Story:
    """A wing that stands at the post date only; the truth is what it adds to the footprint."""
    found = _eligible(story, BUILDING_KINDS[:2], 8.0)
    for index in rng.permutation(found)[:12] if found else ():
        old = story.plan.buildings[index]
        part = houses.wing(rng, old.parts[0], Presence(pre=False, post=True))
        added = less(part.polygon, old.outline)
        others = [b.outline for i, b in enumerate(story.plan.buildings) if i != index]
        near = any(added.distance(other) < 1 for other in others)
        if not near and added.area > 20 and added.within(story.view):
            change = Change(CLASS_OF[kind], added, part.height_m)
            return _swap(story, index, replace(old, parts=(*old.parts, part)), change)
    return story


def _damage(rng: Rng, story: Story, kind: EventKind) -> Story:
    found = _eligible(story, BUILDING_KINDS[:2], 1.5)
    if not found:
        return story
    index = int(rng.choice(found))
    old = story.plan.buildings[index]
    kinds: tuple[Damage, ...] = ("rubble", "partial", "tarpaulin")
    state = kinds[int(rng.choice(3, p=[0.5, 0.3, 0.2]))]
    change = Change(CLASS_OF[kind], old.outline, old.height_m)
    return _swap(story, index, replace(old, damage=state), change)


def _road(rng: Rng, story: Story, kind: EventKind) -> Story:
    """A road between two places on old roads or the edge of the view, where it meets least.

    Buildings still in its way stand at neither date.
    """
    width = float(rng.uniform(5.5, 8.5))
    water = [a.polygon for a in story.plan.areas if a.material in {"lake", "river", "sea"}]
    solid = unary_union([*water, *(b.outline for b in story.plan.buildings if b.kind != "vehicle")])
    paved = [a.polygon for a in story.plan.areas if a.material in HARD_GROUND]
    hard = unary_union([shape for shape in paved if shape.intersects(story.view)])
    ends = both(hard, story.view.boundary.buffer(0.5)).intersection(story.view).boundary
    best, best_score = Polygon(), 12 * width
    for _try in range(120):
        start, end = (ends.interpolate(float(rng.random()), normalized=True) for _ in range(2))
        path = curve(rng, (start.x, start.y), (end.x, end.y), 0.04).buffer(width / 2)
        if not 60 < path.length / 2 < 0.7 * _scale(story):
            continue
        shape = largest(less(common(path, story.view), hard))
        met = path.buffer(2).intersection(solid).area
        beside = shape.buffer(7).intersection(hard).area
        score = shape.area * (shape.area / path.area) ** 2 / (1 + met / 100 + beside / 250)
        if score > best_score and story.is_free(shape, 2.0):
            best, best_score = shape, score
    if best.is_empty:
        return story
    kept = [b for b in story.plan.buildings if b.outline.distance(best) > 2]
    story = replace(story, plan=replace(story.plan, buildings=tuple(kept)))
    return _resurface(story, kind, best, Area(best, "asphalt", 1.0, Presence(False, True)))


def _resurface(story: Story, kind: EventKind, shape: BaseGeometry, *areas: Area) -> Story:
    """Cover ground at the post date; trees on it go."""
    trees = story.plan.trees
    gone = contains_xy(shape.buffer(1.5), trees.xy[:, 0], trees.xy[:, 1])
    plan = replace(story.plan, areas=(*story.plan.areas, *areas), trees=trees.without(gone, "post"))
    changes = (*story.changes, Change(CLASS_OF[kind], shape))
    return replace(story, plan=plan, changes=changes)


def _ground(story: Story, materials: set[str]) -> BaseGeometry:
    """Where one of the materials is the topmost surface of the view."""
    seen: BaseGeometry = story.view if story.plan.base in materials else Polygon()
    near = [area for area in story.plan.areas if area.polygon.intersects(story.view)]
    for group, is_wanted in _runs(near, materials):
        if seen.is_empty and not is_wanted:
            continue
        merged = unary_union([area.polygon.buffer(0) for area in group])
        seen = both(seen, merged) if is_wanted else less(seen, merged)
    return common(seen, story.view)


def _runs(areas: list[Area], materials: set[str]) -> list[tuple[list[Area], bool]]:
    """Consecutive areas that are all wanted or all not."""
    runs: list[tuple[list[Area], bool]] = []
    for area in areas:
        is_wanted = area.material in materials
        if runs and runs[-1][1] == is_wanted:
            runs[-1][0].append(area)
        else:
            runs.append(([area], is_wanted))
    return runs


def _spread(story: Story, ground: BaseGeometry, maker: Callable[[], Polygon]) -> Polygon:
    """The best of several outlines that lie on the wanted ground, clipped to it."""
    view_m2 = story.view.area
    for share in (0.75, 0.5, 0.2):
        for _try in range(25):
            outline = maker()
            shape = largest(common(outline, ground))
            # Drop necks and tails that no cut, flood or fill would have.
            neck = 0.004 * float(np.sqrt(view_m2))
            shape = largest(common(shape.buffer(-neck).buffer(neck), ground))
            enough = shape.area > max(share * outline.area, 1e-4 * view_m2)
            if enough and story.is_free(shape, 3.0):
                return shape
    return Polygon()


def _somewhere(rng: Rng, ground: BaseGeometry) -> tuple[float, float]:
    """A position on the ground, or near it if it is thin."""
    west, north, east, south = ground.bounds
    for _try in range(60):
        x, y = float(rng.uniform(west, east)), float(rng.uniform(north, south))
        if contains_xy(ground, x, y):
            return x, y
    spot = ground.representative_point()
    return spot.x, spot.y


def _scale(story: Story) -> float:
    """A length that suits the view, in metres."""
    return float(np.sqrt(story.view.area))


def _clear(rng: Rng, story: Story, kind: EventKind) -> Story:
    """Felled woodland: a block with straight sides and skid trails, or a ragged patch."""
    ground = _ground(story, {"forest"})
    if ground.is_empty:
        return story

    def cut() -> Polygon:
        size = float(rng.uniform(0.05, 0.1)) * _scale(story)
        where = _somewhere(rng, ground)
        if rng.random() < 0.4:
            return blob(rng, where, 0.7 * size, roughness=0.5)
        return rectangle(where, size * 1.6, size, float(rng.uniform(0, np.pi)))

    shape = _spread(story, ground, cut)
    if shape.is_empty:
        return story
    trails = Rows(float(rng.uniform(0, np.pi)), float(rng.uniform(7, 16)), 0.12)
    cover = Area(shape, "cleared", houses.tint(rng, 0.08), Presence(False, True), trails)
    return _resurface(story, kind, shape, cover)


def _flood(rng: Rng, story: Story, kind: EventKind) -> Story:
    """Water over low ground beside a river."""
    rivers = unary_union([a.polygon for a in story.plan.areas if a.material in {"river", "lake"}])
    rivers = common(rivers, story.view)
    if rivers.is_empty:
        rivers = box(*story.view.bounds).centroid.buffer(0.05 * _scale(story))
    wet = _ground(story, {"river", "lake", "sea", "plume"})
    dry = less(story.view, wet)
    bank = common(rivers.boundary.buffer(0.02 * _scale(story)), dry)

    def spill() -> Polygon:
        size = float(rng.uniform(0.06, 0.13)) * _scale(story)
        return blob(rng, _somewhere(rng, bank), size, roughness=1.7)

    shape = _spread(story, dry, spill)
    if shape.is_empty:
        return story
    cover = Area(shape, "flood", 1.0, Presence(False, True))
    return _resurface(story, kind, shape, cover)


def _burn(rng: Rng, story: Story, kind: EventKind) -> Story:
    """A burn scar over woodland, shrubs and grass."""
    ground = _ground(story, {"forest", "shrub", "dry_grass", "wetland"})
    if ground.is_empty:
        return story

    def scar() -> Polygon:
        size = float(rng.uniform(0.06, 0.11)) * _scale(story)
        return blob(rng, _somewhere(rng, ground), size, roughness=1.0)

    shape = _spread(story, ground, scar)
    if shape.is_empty:
        return story
    after = Presence(False, True)
    # Fires burn lighter towards their edge.
    rims = [
        Area(shape.buffer(-depth * 0.004 * _scale(story)), "burn", 1.0, after,
             toward=("shrub", 0.35 - 0.07 * depth))
        for depth in range(5)
    ]  # fmt: skip
    return _resurface(story, kind, shape, *rims)


def _reclaim(rng: Rng, story: Story, kind: EventKind) -> Story:
    """New land between the shore and the sea, paved."""
    sea = _ground(story, {"sea"})
    land = _ground(story, {"concrete"})
    keep = unary_union([b.outline for b in story.plan.buildings if b.kind == "ship"]).buffer(15)
    room = less(sea, keep)

    def fill() -> Polygon:
        size = float(rng.uniform(0.04, 0.07)) * _scale(story)
        spot = land.boundary.interpolate(float(rng.uniform(0, 1)), normalized=True)
        return rectangle((spot.x, spot.y), 2.2 * size, 1.6 * size, float(rng.normal(0, 0.1)))

    shape = Polygon() if land.is_empty or room.is_empty else _spread(story, room, fill)
    if shape.is_empty:
        return story
    return _resurface(story, kind, shape, Area(shape, "concrete", 1.0, Presence(False, True)))


HANDLERS: dict[EventKind, Callable[[Rng, Story, EventKind], Story]] = {
    "building_appears": _move, "building_vanishes": _move, "building_grows": _grow,
    "building_damaged": _damage, "road_appears": _road, "clearing": _clear, "flood": _flood,
    "burn": _burn, "ship_appears": _move, "ship_vanishes": _move, "containers_appear": _move,
    "containers_vanish": _move, "land_reclaimed": _reclaim,
}  # fmt: skip
