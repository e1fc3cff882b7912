"""Suspicious but usable things, told to the user instead of raised or logged.

Knows nothing of how a finding is shown.
"""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["info", "caution", "refuse"]
Verdict = Literal["go", "warn", "refuse"]


@dataclass(frozen=True)
class Finding:
    """One thing the reader of the result must know.

    Attributes:
        code: stable machine name, e.g. `gsd_ratio`.
        severity: info (nothing to do), caution (read before you sign), refuse (do not compare).
        message: one plain sentence.
        remedy: what the user can do; may be empty.
        value: the measured number, if there is one.
        unit: unit of `value`, e.g. `px`, `m`, `%`, `1` for a plain ratio; empty without a value.
    """

    code: str
    severity: Severity
    message: str
    remedy: str = ""
    value: float | None = None
    unit: str = ""


def verdict(findings: tuple[Finding, ...]) -> Verdict:
    """Go without cautions, warn with at least one, refuse with at least one refusal."""
    severities = {finding.severity for finding in findings}
    if "refuse" in severities:
        return "refuse"
    return "warn" if "caution" in severities else "go"
