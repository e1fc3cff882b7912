"""The map of a count: both dates, an outline for every thing coloured by what became of it.

Chooses layers, tools and words; counts nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pages._ui import count_words, map_marks, pair_map
from pages._ui.backgrounds import Backgrounds
from pages._ui.map_records import GeoJson, Held, LegendEntry, MapSpec, PromptForm
from pages._ui.pair import Pair
from services.count_view import EntryRow
from services.display import Composite
from wording import quantities
from workspace.records import Project

CANDIDATE_ID = 0
Prompts = tuple[PromptForm, ...]


@dataclass(frozen=True)
class Tools:
    """What may be marked on the map now.

    Attributes:
        forms: kinds of marks; none hides the tools.
        held: the tool in the user's hand.
        one_of_each: whether a new mark takes the place of the former one of its kind.
    """

    forms: Prompts = ()
    held: Held = ""
    one_of_each: bool = False


@dataclass(frozen=True)
class Counted:
    """What the map shows over the scenes.

    Attributes:
        features: outlines with the properties `id` of the entry and `class`, its state.
        rows: the entries.
        selected: ids of the entries to highlight.
        candidate: features of an outline that is about to be added.
    """

    features: Sequence[Mapping[str, Any]] = ()
    rows: Sequence[EntryRow] = ()
    selected: tuple[int, ...] = ()
    candidate: Sequence[Mapping[str, Any]] = ()


def map_key(project_id: str) -> str:
    """Key of the map of a project on this page."""
    return pair_map.map_key(project_id, "count")


def spec_of(
    project: Project, pair: Pair, composite: Composite | None, shown: Counted, tools: Tools
) -> MapSpec:
    """Both dates with everything that was counted in them."""
    marks = map_marks.pushed(map_key(project.id))
    return replace(
        pair_map.spec_of(project, pair, composite, None),
        objects={"type": "FeatureCollection", "features": _features(shown)},
        objects_title="Counted things",
        legend=_legend(shown),
        selected=shown.selected,
        prompts=marks.prompts,
        prompts_version=marks.version,
        prompts_taken=marks.taken,
        prompt_forms=tools.forms,
        one_of_each=tools.one_of_each,
        tool=tools.held,
        tools=frozenset({"prompt"} if tools.forms else set()),
    )


def show_count_map(
    project: Project,
    spec: MapSpec,
    behind: Backgrounds,
    *,
    on_select: Callable[[int | None], None],
) -> GeoJson:
    """The map; the marks that are on it now."""
    state = pair_map.show_pair_map(project, spec, behind, on_select=on_select, place="count")
    return state.prompts


def _features(shown: Counted) -> list[dict[str, Any]]:
    words = {row.id: entry_words(row) for row in shown.rows}
    outlines = [
        {**one, "properties": {**one["properties"], "text": words[one["properties"]["id"]]}}
        for one in shown.features
    ]
    about = {"id": CANDIDATE_ID, "class": "candidate", "text": ""}
    fresh = [
        {"type": "Feature", "properties": about, "geometry": one["geometry"]}
        for one in shown.candidate
    ]
    return outlines + fresh


def entry_words(row: EntryRow) -> str:
    """Number and size of an entry."""
    sizes = [quantities.text(area, "m2") for area in (row.pre_area_m2, row.post_area_m2) if area]
    size = " to ".join(dict.fromkeys(sizes))
    return f"Thing {row.id}, {size}"


def _legend(shown: Counted) -> tuple[LegendEntry, ...]:
    states = count_words.legend(frozenset(row.state for row in shown.rows))
    return (*states, count_words.CANDIDATE) if shown.candidate else states
