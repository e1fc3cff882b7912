"""A table of methods and, below it, each one's card: detectors, segmenters and counters alike.

Knows the words of a method, not where they come from or how weights are fetched.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from pages._ui.words import plain


@dataclass(frozen=True)
class Method:
    """What is shown of one method; every text is from outside but the names of facts.

    Attributes:
        name: by which the command line knows it.
        title: name for people.
        is_available: whether it can run here.
        reason: why not; empty when it can.
        summary: what it does.
        columns: what the table says of it, by heading.
        facts: what its card says of it, by name; empty ones are left out.
        limits: where it fails, a sentence each.
        weights: name of its weights, or None.
    """

    name: str
    title: str
    is_available: bool
    reason: str
    summary: str
    columns: Mapping[str, str]
    facts: Mapping[str, str]
    limits: Sequence[str] = field(default_factory=tuple)
    weights: str | None = None


def show_methods(
    methods: Sequence[Method], *, alt: str, show_missing: Callable[[Method], None]
) -> None:
    """The table, and a card for each method.

    Args:
        methods: in the order they are shown.
        alt: what the table is, for those who cannot see it.
        show_missing: shows how to get the weights of a method that has some.
    """
    st.dataframe(
        {
            "Method": [one.title for one in methods],
            "Can run here": ["yes" if one.is_available else "no" for one in methods],
            **{
                heading: [one.columns[heading] for one in methods]
                for heading in (methods[0].columns if methods else ())
            },
        },
        hide_index=True,
        # Every row: half a row at the end looks like a fault.
        height="content",
        alt=alt,
    )
    for method in methods:
        _show_card(method, show_missing)


def gsd_words(gsd_range_m: Sequence[float] | None) -> str:
    """The ground sizes of a pixel that a method takes."""
    return "{:g} to {:g} m".format(*gsd_range_m) if gsd_range_m else "not known"


def _show_card(method: Method, show_missing: Callable[[Method], None]) -> None:
    mark = ":material/check_circle:" if method.is_available else ":material/block:"
    with st.expander(method.title, icon=mark):
        if not method.is_available:
            st.warning(f"This method cannot run here. {plain(method.reason)}")
            show_missing(method)
        st.markdown(plain(method.summary))
        facts = {"Name on the command line": method.name, **method.facts}
        lines = (f"- {name}: {plain(value)}" for name, value in facts.items() if value)
        st.markdown("\n".join(lines))
        if method.limits:
            st.markdown("What it cannot do:")
            st.markdown("\n".join(f"- {plain(limit)}" for limit in method.limits))
