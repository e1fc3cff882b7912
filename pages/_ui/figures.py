"""Pictures, legend, key figures and the histogram of scores."""

import html
from collections.abc import Sequence

import streamlit as st

from analysis.result import ClassStatistics
from services.look import Shown
from services.review import Bin, Review
from wording import quantities

POWERS = [0, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000]
SHORT_NUMBER = (
    "datum.value >= 1e6 ? datum.value / 1e6 + ' M' :"
    " datum.value >= 1e3 ? datum.value / 1e3 + ' k' : datum.value"
)
NOT_ASSESSED = "repeating-linear-gradient(135deg,#707070 0 3px,#a0a0a0 3px 5px)"


def show_dates(shown: Shown) -> None:
    """Pre and post side by side."""
    pre, post = st.columns(2)
    _picture(pre, shown.pre_png, f"Pre · {shown.pre_words}", "The earlier scene")
    _picture(post, shown.post_png, f"Post · {shown.post_words}", "The later scene")


def show_triple(shown: Shown, mask_png: bytes, words: str) -> None:
    """Pre, post and mask side by side."""
    pre, post, mask = st.columns(3)
    _picture(pre, shown.pre_png, f"Pre · {shown.pre_words}", "The earlier scene")
    _picture(post, shown.post_png, f"Post · {shown.post_words}", "The later scene")
    _picture(mask, mask_png, words, "The mask of changes")


def _picture(place: st.delta_generator.DeltaGenerator, png: bytes, words: str, alt: str) -> None:
    place.image(png, caption=words, width="stretch", alt=alt)


def show_legend(review: Review, *, has_aoi: bool) -> None:
    """Colour and name of every class that occurs."""
    shown = {row.name for row in review.present} or {entry.name for entry in review.legend[:1]}
    entries = [(entry.color, entry.label) for entry in review.legend if entry.name in shown]
    entries.append((NOT_ASSESSED, "not assessed"))
    if has_aoi:
        entries.append(("#ffd60a", "edge of the area of interest"))
    st.html(
        '<div style="display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;font-size:.9rem">'
        + "".join(
            f'<span><span aria-hidden="true" style="display:inline-block;width:.9em;height:.9em;'
            f'margin-right:.4em;vertical-align:-.1em;border-radius:2px;background:{color}"></span>'
            f"{html.escape(label)}</span>"
            for color, label in entries
        )
        + "</div>"
    )


def show_figures(review: Review, base: Review) -> None:
    """Area, share and objects, beside those of the run where they differ."""
    now, then = review.whole, base.whole
    about = "about " if review.every > 1 else ""
    area, share, objects, valid = st.columns(4)
    _metric(area, "Changed area", (now.area_m2, then.area_m2), "m2", about)
    pair = (now.area_share_pct, then.area_share_pct)
    _metric(share, "Share changed", pair, "%", about)
    _metric(objects, "Objects", (now.objects, then.objects), "1", about)
    _metric(valid, "Assessed area", (now.valid_area_m2, then.valid_area_m2), "m2", about)


def _metric(
    place: st.delta_generator.DeltaGenerator,
    label: str,
    now_then: tuple[float, float],
    unit: str,
    about: str,
) -> None:
    now, then = (quantities.text(value, unit) for value in now_then)
    place.metric(
        label,
        f"{about if now != then else ''}{now}",
        f"run: {then}" if now != then else None,
        delta_color="off",
        delta_arrow="off",
        border=True,
        height="stretch",
    )


def show_classes(review: Review) -> None:
    """One row per class that occurs; nothing for a legend of one class."""
    if len(review.legend) > 1 and review.present:
        show_areas(review.present)


def show_areas(rows: Sequence[ClassStatistics]) -> None:
    """A table of classes: objects, area and share of the assessed area."""
    st.dataframe(
        {
            "Class": [row.label for row in rows],
            "Objects": [row.objects for row in rows],
            "Area": [quantities.text(row.area_m2, "m2") for row in rows],
            "Share of assessed area": [quantities.text(row.area_share_pct, "%") for row in rows],
        },
        hide_index=True,
    )


def show_histogram(bins: tuple[Bin, ...], threshold: float) -> None:
    """Scores of all assessed pixels; those from the threshold on are in the colour of change."""
    rows = [
        {
            "low": entry.low,
            "high": entry.high,
            "pixels": entry.pixels,
            "side": "changed" if entry.high > threshold else "unchanged",
        }
        for entry in bins
        if entry.pixels
    ]
    st.vega_lite_chart(spec=_histogram_spec(rows, threshold), height=220)
    st.caption(
        "How many pixels have which score; the upright axis is logarithmic. Right of the line a"
        " pixel counts as changed. A good threshold stands in the valley between two hills."
    )


def _histogram_spec(rows: list[dict[str, float | str]], threshold: float) -> dict[str, object]:
    color = {
        "field": "side",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": ["unchanged", "changed"], "range": ["#8a979b", "#d7301f"]},
    }
    bars = {
        "data": {"values": rows},
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {
            "x": {
                "field": "low",
                "type": "quantitative",
                "bin": {"binned": True},
                "title": "score",
                "scale": {"domain": [0, 1]},
            },
            "x2": {"field": "high"},
            "y": {
                "field": "pixels",
                "type": "quantitative",
                "scale": {"type": "symlog"},
                "stack": None,
                "axis": {"title": "pixels", "values": POWERS, "labelExpr": SHORT_NUMBER},
            },
            "color": color,
        },
    }
    rule = {
        "mark": {"type": "rule", "strokeWidth": 2, "strokeDash": [6, 3], "color": "#17818c"},
        "data": {"values": [{"at": min(threshold, 1.0)}]},
        "encoding": {"x": {"field": "at", "type": "quantitative"}},
    }
    return {"layer": [bars, rule]}
