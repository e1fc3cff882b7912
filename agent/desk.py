"""What one conversation may see and do: opened results, facts found so far, work, files.

Everything a tool touches comes from here, by handle; knows no path of a question's making.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from agent.look import Look
from agent.work import Work, WorkPlan
from analysis.inquiry.case import Case, Measured

HANDLE_DIGITS = 8


@dataclass
class FactBook:
    """Facts found in one dialogue, by handle; safe for tools that run side by side."""

    found: dict[str, Measured] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, measured: Sequence[Measured]) -> tuple[str, ...]:
        """Handles of facts, which follow from their content: `f` and eight digits of the id."""
        with self._lock:
            handles = tuple(f"f{one.fact.id[:HANDLE_DIGITS]}" for one in measured)
            self.found.update(zip(handles, measured, strict=True))
        return handles

    def get(self, handle: str) -> Measured | None:
        """The fact of a handle or of a whole id, if it was found in this dialogue."""
        with self._lock:
            return self.found.get(handle) or self.found.get(f"f{handle[:HANDLE_DIGITS]}")


@dataclass(frozen=True)
class Desk:
    """One conversation's results and means.

    Attributes:
        cases: opened results, the one in view first.
        book: facts found so far.
        work: runs jobs; None where nothing can be run.
        plans: work planned or begun in this dialogue, newest last.
        shown_plans: ids of the plans the user saw before the question that is being answered, the
            only ones a yes can mean; None for all of `plans`.
        folders: result folder by case id; reports and files come from there only.
        out_dir: where reports may be written; None where nothing may be.
        seconds_without_asking: work estimated to take longer waits for a yes.
        look: a model that takes images; None where none is configured.
    """

    cases: tuple[Case, ...]
    book: FactBook = field(default_factory=FactBook)
    work: Work | None = None
    plans: list[WorkPlan] = field(default_factory=list)
    shown_plans: frozenset[str] | None = None
    folders: dict[str, Path] = field(default_factory=dict)
    out_dir: Path | None = None
    seconds_without_asking: float = 30.0
    look: Look | None = None

    @property
    def comparison(self) -> Case | None:
        """The comparison in view, or the newest one."""
        return next((case for case in self.cases if case.kind == "comparison"), None)

    @property
    def counts(self) -> tuple[Case, ...]:
        """Counts, the one in view first."""
        return tuple(case for case in self.cases if case.kind == "count")
