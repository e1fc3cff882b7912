"""Figures as the tables of a model card.

Knows nothing of how figures are measured.
"""

from collections.abc import Mapping
from typing import Any

Figures = Mapping[str, Any]

PROMPTS = (
    "| things | seen | one click | corrected | box | mean click | mean box | estimate off by |",
    "|---|---|---|---|---|---|---|---|",
)
COUNTS = (
    "| pictures | number | buildings | found | mean error | in parts of all | exact pictures |",
    "|---|---|---|---|---|---|---|",
)
COUNTED = {
    "counting_clean": "simulated, clean, 0.3 to 0.5 m",
    "counting_nuisances": "simulated, everyday nuisances, 0.3 to 0.5 m",
}


def tables(figures: Figures) -> str:
    """What `judge` measured, as Markdown: prompts, then counting."""
    prompts, counts = list(PROMPTS), list(COUNTS)
    for kind, line in figures["simulated"].items():
        prompts.append(_prompt_row(f"{kind}, simulated", line))
    for name, title in COUNTED.items():
        counts.append(_count_row(title, figures[name]))
    for name, place in figures.items():
        if name.startswith("set"):
            prompts.append(_prompt_row(f"building, `{name}`", place["prompts"]["building"]))
            counts.append(_count_row(f"`{name}`, 0.3 m", place["counting"]))
    intro = "Counting with a plain watershed, things that touch the frame left out:"
    return "\n".join([*prompts, "", intro, "", *counts])


def _prompt_row(title: str, line: Figures) -> str:
    names = ("click_median", "second_median", "box_median", "click_mean", "box_mean", "score_error")
    values = [f"{line[name]:.2f}" for name in names]
    return " | ".join(["", title, str(line["things"]), *values, ""]).strip()


def _count_row(title: str, line: Figures) -> str:
    cells = [title, str(line["chips"]), str(line["buildings"]), str(line["found"])]
    cells += [
        f"{line['mae_per_chip']:.1f}",
        f"{line['mae_share']:.1%}",
        f"{line['exact_share']:.0%}",
    ]
    return " | ".join(["", *cells, ""]).strip()
