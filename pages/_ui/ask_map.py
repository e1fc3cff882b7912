"""The map beside the dialogue: both dates, the result an answer is about, and the user's layers.

Chooses what is shown; knows nothing of questions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from pages._ui import ask_shown, count_map, count_result, map_memory, pair_map
from pages._ui.ask_desk import Result
from pages._ui.backgrounds import ask_backgrounds
from pages._ui.count_map import Counted, Tools
from pages._ui.map_records import LegendEntry, MapSpec
from pages._ui.pair import Pair
from pages._ui.pair_map import Found
from pages._ui.run_words import words_of
from pages._ui.words import told_apart
from services.display import Composite
from services.review import as_run
from workspace import layers
from workspace.records import Project

PLACE = "ask"
RESULT_WIDTH_PX = 220
MOST_CORNERS = 60_000
"""More corners than this make a browser slow; the layer can be asked about all the same."""
# After Okabe and Ito (2008), as the states of things, whose fillings tell them apart from layers.
COLORS = ("#56b4e9", "#f0e442", "#cc79a7", "#009e73")
DASH = "1 4"

Feature = Mapping[str, Any]


@dataclass(frozen=True)
class Drawn:
    """A layer of the user's on the map.

    Attributes:
        features: with ids below zero, so that they are no things of a result.
        legend: its colour.
        is_left_out: whether it is too detailed for a browser.
    """

    features: tuple[Feature, ...]
    legend: LegendEntry
    is_left_out: bool = False


def show_map(project: Project, pair: Pair, results: Sequence[Result], shown: Result | None) -> None:
    """The map, with the choice of the result where there are several."""
    with st.container(horizontal=True, vertical_alignment="center"):
        _ask_result(project, results, shown)
        composite = pair_map.ask_composite(project, pair, place=PLACE)
        behind = ask_backgrounds(project)
    if composite is not None:
        map_memory.remember(project.owner, project.id, {"composite": composite.name})
    spec = _with_layers(_spec(project, pair, composite, shown), drawn(project))
    features = (spec.objects or {}).get("features", ())
    around = ask_shown.fit(project, features)
    pair_map.show_pair_map(
        project,
        replace(spec, fit=around or spec.fit, selected=ask_shown.picked(project).objects),
        behind,
        on_select=lambda object_id: ask_shown.pick_object(project, object_id),
        place=PLACE,
    )


def _ask_result(project: Project, results: Sequence[Result], shown: Result | None) -> None:
    if shown is None or len(results) == 1:
        return
    key = f"ask_result_{project.id}"
    titles = told_apart({one.case: _title(one) for one in results})
    st.session_state[key] = shown.case
    st.selectbox(
        "Result on the map",
        list(titles),
        format_func=lambda case: titles.get(case, ""),
        key=key,
        label_visibility="collapsed",
        width=RESULT_WIDTH_PX,
        on_change=lambda: ask_shown.look_at(project, st.session_state[key]),
    )


def _title(result: Result) -> str:
    words = words_of(result.job)
    return f"{words.asked} · {words.where} · {result.job.created_utc:%-d %b %H:%M}"


def _spec(
    project: Project, pair: Pair, composite: Composite | None, shown: Result | None
) -> MapSpec:
    if shown is None:
        return pair_map.spec_of(project, pair, composite, None)
    picked = ask_shown.picked(project).objects
    if shown.job.kind == "count":
        count = count_result.shown_of(shown.job, shown.folder)
        counted = Counted(count.features, count.rows, picked)
        return replace(
            count_map.spec_of(project, pair, composite, counted, Tools()), tools=frozenset()
        )
    found = Found(shown.job, shown.folder, as_run(shown.folder), is_moved=False, selected=picked)
    return pair_map.spec_of(project, pair, composite, found)


def drawn(project: Project) -> tuple[Drawn, ...]:
    """The layers of a project for the map."""
    found, first_id = [], -1
    for number, kept in enumerate(layers.listed(project.owner, project.id)):
        content = layers.collection(project.owner, project.id, kept.id)
        name = f"layer {kept.id}"
        legend = LegendEntry(kept.name, COLORS[number % len(COLORS)], name, DASH, filled=False)
        features = content["features"]
        if sum(_corners(one["geometry"]) for one in features) > MOST_CORNERS:
            found.append(Drawn((), legend, is_left_out=True))
            continue
        made = tuple(_feature(one, first_id - at, name) for at, one in enumerate(features))
        found.append(Drawn(made, legend))
        first_id -= len(made)
    return tuple(found)


def _feature(feature: Feature, number: int, name: str) -> dict[str, Any]:
    about = {"id": number, "class": name, "text": str(feature["properties"]["name"])}
    return {"type": "Feature", "geometry": feature["geometry"], "properties": about}


def _corners(geometry: Mapping[str, Any]) -> int:
    def count(part: Any) -> int:
        is_position = isinstance(part, list) and bool(part) and not isinstance(part[0], list)
        return 1 if is_position else sum(map(count, part)) if isinstance(part, list) else 0

    parts = geometry.get("geometries", [geometry])
    return sum(count(part.get("coordinates", [])) for part in parts)


def _with_layers(spec: MapSpec, layers_drawn: Sequence[Drawn]) -> MapSpec:
    """Layers lie below the things of a result, so that a click finds the thing."""
    below = [feature for one in layers_drawn for feature in one.features]
    if not below:
        return spec
    features = [*below, *(spec.objects or {}).get("features", ())]
    return replace(
        spec,
        objects={"type": "FeatureCollection", "features": features},
        objects_title=f"{spec.objects_title} and layers" if spec.objects else "Layers",
        legend=(*spec.legend, *(one.legend for one in layers_drawn if one.features)),
    )
