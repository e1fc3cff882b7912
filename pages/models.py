"""Which methods there are, what each is made for, and whether it can run here."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages._ui.words import plain
from services.list_detectors import list_detectors

SENSORS = {"optical": "optical images", "sar": "radar images"}
THRESHOLDS = {
    "fixed": "a fixed score with a meaning of its own",
    "otsu": "chosen for each pair by Otsu's method",
}


def show_overview(rows: list[dict[str, Any]]) -> None:
    st.dataframe(
        {
            "Method": [row["title"] for row in rows],
            "Can run here": ["yes" if row["available"] else "no" for row in rows],
            "Made for": [sensors_words(row) for row in rows],
            "Pixels of": [gsd_words(row) for row in rows],
            "Bands needed": [bands_words(row) for row in rows],
            "Weights": [weights_words(row) for row in rows],
        },
        hide_index=True,
        alt="The methods and what each is made for",
    )


def show_method(row: Mapping[str, Any]) -> None:
    mark = ":material/check_circle:" if row["available"] else ":material/block:"
    with st.expander(row["title"], icon=mark):
        if not row["available"]:
            st.warning(f"This method cannot run here. {plain(row['reason'])}")
        st.markdown(plain(row["summary"]))
        facts = {
            "Name on the command line": f"`{row['name']}`",
            "Tells apart": plain(", ".join(row["classes"]).replace("_", " ")),
            "Threshold": plain(threshold_words(row)),
            "Method": plain(row["source"]),
            "Licence": "Apache-2.0, as all of Groundshift",
            "Weights": weights_words(row),
        }
        st.markdown("\n".join(f"- {name}: {value}" for name, value in facts.items() if value))
        if row["limits"]:
            st.markdown("What it cannot do:")
            st.markdown("\n".join(f"- {plain(limit)}" for limit in row["limits"]))


def sensors_words(row: Mapping[str, Any]) -> str:
    return " and ".join(SENSORS.get(one, one) for one in row["sensors"]) or "not known"


def gsd_words(row: Mapping[str, Any]) -> str:
    return "{:g} to {:g} m".format(*row["gsd_m"]) if row["gsd_m"] else "not known"


def bands_words(row: Mapping[str, Any]) -> str:
    return "not known" if row["bands"] is None else f"{row['bands']} or more"


def weights_words(row: Mapping[str, Any]) -> str:
    return row["weights"] or ("none needed" if row["summary"] else "not known")


def threshold_words(row: Mapping[str, Any]) -> str:
    if row["threshold"] is None:
        return ""
    kind = THRESHOLDS.get(row["threshold"], row["threshold"])
    return f"{kind}. {row['threshold_reason']}"


st.title("Models", anchor=False)
st.markdown(
    "Every method that can find changes. Compare recommends one for each pair and says why."
)
methods = list_detectors()
show_overview(methods)
for method in methods:
    show_method(method)
if not any(method["weights"] for method in methods):
    st.caption(
        "No learned weights are part of this version and no method needs any, so there is nothing"
        " to fetch. All methods are published algorithms that calibrate themselves on the pair."
    )
