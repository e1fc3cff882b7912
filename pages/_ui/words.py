"""Errors, findings and verdicts in plain words."""

import streamlit as st

from errors import GroundshiftError
from raster.findings import Finding, Verdict

VERDICTS: dict[Verdict, str] = {
    "go": "These scenes can be compared.",
    "warn": "These scenes can be compared, with care.",
    "refuse": "These scenes should not be compared.",
}


def plain(text: str) -> str:
    """Text from outside, so that Markdown in it stays text."""
    return "".join(f"\\{mark}" if mark in r"\`*_{}[]()#+-.!|<>$~:^&" else mark for mark in text)


def show_error(error: GroundshiftError) -> None:
    """What was wrong and what to do."""
    st.error(plain(error.message), icon=":material/error:")
    if error.hint:
        st.caption(plain(error.hint))


def show_verdict(verdict: Verdict) -> None:
    """Go, warn or refuse, with words and not by colour alone."""
    box = {"go": st.success, "warn": st.warning, "refuse": st.error}[verdict]
    box(VERDICTS[verdict])


def show_findings(findings: tuple[Finding, ...]) -> None:
    """Cautions and refusals first, what is only information folded away."""
    serious = [finding for finding in findings if finding.severity != "info"]
    for finding in serious:
        icon = ":material/block:" if finding.severity == "refuse" else ":material/warning:"
        st.markdown(f"{icon} {plain(finding.message)} {plain(finding.remedy)}")
    notes = [finding for finding in findings if finding.severity == "info"]
    if notes:
        with st.expander(f"Also noted ({len(notes)})"):
            for finding in notes:
                st.markdown(f"- {plain(finding.message)} {plain(finding.remedy)}")
