"""Which methods there are, what each is made for, whether it can run here, and what to fetch."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages._ui.downloads import size_words
from pages._ui.method_list import Method, gsd_words, show_methods
from pages._ui.user import current_owner
from pages._ui.weights_view import show_fetching, show_missing, show_weights
from services.list_counters import CounterRow, list_counters
from services.list_detectors import list_detectors
from services.list_segmenters import SegmenterRow, list_segmenters
from services.weights import WeightsRow, list_weights

SENSORS = {"optical": "optical images", "sar": "radar images"}
THRESHOLDS = {
    "fixed": "a fixed score with a meaning of its own",
    "otsu": "chosen for each pair by Otsu's method",
}
PROMPTS = {"point": "clicks", "box": "boxes", "polygon": "outlines", "text": "words"}
OURS = "Apache-2.0, as all of Groundshift"
TABS = ("Find changes", "Outline things", "Count things", "Weights")


def detector(row: Mapping[str, Any], listed: Mapping[str, WeightsRow]) -> Method:
    return Method(
        row["name"],
        row["title"],
        row["available"],
        row["reason"],
        row["summary"],
        columns={
            "Made for": sensors_words(row),
            "Pixels of": gsd_words(row["gsd_m"]),
            "Bands needed": "not known" if row["bands"] is None else f"{row['bands']} or more",
            "Weights": "its own file"
            if row["licence"]
            else weights_words(row["weights"], listed, is_known=bool(row["summary"])),
        },
        facts={
            "Tells apart": ", ".join(row["classes"]).replace("_", " "),
            "Threshold": threshold_words(row),
            "Method": row["source"],
            "Licence": row["licence"] or licence_words(row["weights"], listed),
        },
        limits=row["limits"],
        weights=row["weights"],
    )


def segmenter(row: SegmenterRow, listed: Mapping[str, WeightsRow]) -> Method:
    takes = ", ".join(words for kind, words in PROMPTS.items() if kind in row.prompts)
    return Method(
        row.name,
        row.title,
        row.is_available,
        row.reason,
        row.summary,
        columns={
            "Takes": takes or "not known",
            "Pixels of": gsd_words(row.gsd_range_m),
            "Weights": weights_words(row.weights, listed, is_known=bool(row.summary)),
        },
        facts={"Method": row.source, "Licence": row.licence or OURS},
        limits=row.limits,
        weights=row.weights,
    )


def counter(row: CounterRow, listed: Mapping[str, WeightsRow]) -> Method:
    return Method(
        row.name,
        row.title,
        row.is_available,
        row.reason,
        row.summary,
        columns={
            "Counts": row.things,
            "Needs examples": "yes" if row.needs_examples else "no",
            "Pixels of": gsd_words(row.gsd_range_m),
            "Weights": weights_words(row.weights, listed, is_known=bool(row.summary)),
        },
        facts={"Method": row.source, "Licence": licence_words(row.weights, listed)},
        limits=row.limits,
        weights=row.weights,
    )


def sensors_words(row: Mapping[str, Any]) -> str:
    return " and ".join(SENSORS.get(one, one) for one in row["sensors"]) or "not known"


def threshold_words(row: Mapping[str, Any]) -> str:
    if row["threshold"] is None:
        return ""
    kind = THRESHOLDS.get(row["threshold"], row["threshold"])
    return f"{kind}. {row['threshold_reason']}"


def weights_words(name: str | None, listed: Mapping[str, WeightsRow], *, is_known: bool) -> str:
    if name is None:
        return "none needed" if is_known else "not known"
    if name not in listed:
        return name
    row = listed[name]
    return row.title if row.is_usable else f"{row.title}: {size_words(row.size_bytes)}, not here"


def licence_words(name: str | None, listed: Mapping[str, WeightsRow]) -> str:
    return OURS if name is None or name not in listed else listed[name].licence


def show_all(owner: str) -> None:
    rows = list_weights()
    listed = {row.name: row for row in rows}
    with st.container():
        under_way = show_fetching(owner, rows)

    def show(method: Method) -> None:
        row = listed.get(method.weights or "")
        if row is not None and not row.is_usable:
            show_missing(owner, row, is_under_way=row.name in under_way, place=method.name)

    changes, outlines, counts, weights = st.tabs(TABS)
    with changes:
        st.caption("Compare recommends one for each pair and says why.")
        methods = [detector(row, listed) for row in list_detectors()]
        show_methods(methods, alt="The change detectors", show_missing=show)
    with outlines:
        st.caption("They outline what is pointed at on the page Segment.")
        methods = [segmenter(row, listed) for row in list_segmenters()]
        show_methods(methods, alt="The segmenters", show_missing=show)
    with counts:
        st.caption("They count things at both dates on the page Count.")
        methods = [counter(row, listed) for row in list_counters()]
        show_methods(methods, alt="The counters", show_missing=show)
    with weights:
        show_weights(rows)


st.title("Models", anchor=False)
st.markdown("Every method of Groundshift, what it is made for and whether it can run here.")
show_all(current_owner())
