"""Key figures, areas by class and the histogram of scores.

Draws what a review found; knows nothing of maps.
"""

import html
from collections.abc import Sequence

import streamlit as st

from analysis.result import ClassStatistics
from services.review import Bin, Review
from wording import quantities

POWERS = [0, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000]
SHORT_NUMBER = (
    "datum.value >= 1e6 ? datum.value / 1e6 + ' M' :"
    " datum.value >= 1e3 ? datum.value / 1e3 + ' k' : datum.value"
)


def show_figures(review: Review, base: Review) -> None:
    """Area, share and objects, beside those of the run where they differ."""
    lines = [_figure(*row, about=review.every > 1) for row in _figures(review, base)]
    head = ("Figure", "This threshold", "The run")
    columns = (0, 1, 2) if review is not base else (0, 2)
    st.html(_table([[line[at] for at in columns] for line in (head, *lines)]))


def _table(rows: list[list[str]]) -> str:
    """A narrow table: words on the left, numbers on the right; the first row is the head."""
    head, *body = ("".join(_cell(*place, is_head=at == 0) for place in enumerate(row))
                   for at, row in enumerate(rows))  # fmt: skip
    lines = "".join(f"<tr>{row}</tr>" for row in body)
    return (
        '<table style="width:100%;border-collapse:collapse;font-size:.95rem">'
        f"<thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"
    )


def _cell(column: int, text: str, *, is_head: bool) -> str:
    side, tag = ("left" if column == 0 else "right"), ("th" if is_head or column == 0 else "td")
    weight = 600 if is_head or column == 1 else 400
    scope = f' scope="{"col" if is_head else "row"}"' if tag == "th" else ""
    style = f"text-align:{side};font-weight:{weight};padding:.2rem 0;border-bottom:1px solid #8884"
    return f'<{tag}{scope} style="{style}">{html.escape(text)}</{tag}>'


def _figures(review: Review, base: Review) -> tuple[tuple[str, str, float, float], ...]:
    """Label, unit, value now and value of the run."""
    now, then = review.whole, base.whole
    return (
        ("Changed area", "m2", now.area_m2, then.area_m2),
        ("Share changed", "%", now.area_share_pct, then.area_share_pct),
        ("Objects", "1", now.objects, then.objects),
        ("Assessed area", "m2", now.valid_area_m2, then.valid_area_m2),
    )


def _figure(label: str, unit: str, now: float, then: float, *, about: bool) -> tuple[str, str, str]:
    words, was = quantities.text(now, unit), quantities.text(then, unit)
    return label, f"{'about ' if about and words != was else ''}{words}", was


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
    spec = _histogram_spec(histogram_rows(bins, threshold), threshold)
    st.vega_lite_chart(
        spec=spec, height=150, alt="How many pixels have which score, with the threshold"
    )
    st.caption(
        "How many pixels have which score. Right of the line they count as changed.",
        help="The upright axis is logarithmic. A good threshold stands in the valley between two"
        " hills.",
    )


def histogram_rows(bins: tuple[Bin, ...], threshold: float) -> list[dict[str, float | str]]:
    """A bar for every bin that is not empty, and the side of the threshold it is on."""
    return [
        {
            "low": entry.low,
            "high": entry.high,
            "pixels": entry.pixels,
            "side": "changed" if entry.high > threshold else "unchanged",
        }
        for entry in bins
        if entry.pixels
    ]


def _histogram_spec(rows: list[dict[str, float | str]], threshold: float) -> dict[str, object]:
    color = {
        "field": "side",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": ["unchanged", "changed"], "range": ["#8a979b", "#d7301f"]},
    }
    bars = {
        "data": {"values": rows},
        "mark": {"type": "bar", "tooltip": True, "binSpacing": 0},
        "encoding": {
            "x": {
                "field": "low",
                "type": "quantitative",
                "bin": {"binned": True},
                "title": None,
                "scale": {"domain": [0, 1]},
            },
            "x2": {"field": "high"},
            "y": {
                "field": "pixels",
                "type": "quantitative",
                "scale": {"type": "symlog"},
                "stack": None,
                "axis": {"title": None, "values": POWERS, "labelExpr": SHORT_NUMBER},
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
