"""The outline that belongs to the marks on a map: asked of a worker, awaited a moment, remembered.

A page waits up to two seconds; an answer that takes longer is watched like any other job. Knows
nothing of maps or of how an outline is found.
"""

import json
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import streamlit as st

from errors import GroundshiftError
from pages._ui.job_view import show_job
from pages._ui.segment_prompt import Marks
from raster.findings import Finding
from workspace import jobs, prompts

PATIENCE_S = 2.0
REMEMBERED = 64


@dataclass(frozen=True)
class Answer:
    """What came of the marks.

    Attributes:
        features: GeoJSON features in WGS 84 with `area_m2`, `score` and `segmenter`; empty where
            no thing was found.
        findings: what the user must know about them.
        error: why there is no answer, or None.
    """

    features: tuple[Mapping[str, Any], ...] = ()
    findings: tuple[Finding, ...] = ()
    error: GroundshiftError | None = None


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes:
        place: where on the pages it belongs; each place asks one question at a time.
        owner: who asks.
        scene: id of the scene.
        segmenter: name, or `auto`.
        marks: what points at the thing.
    """

    place: str
    owner: str
    scene: str
    segmenter: str
    marks: Marks

    @property
    def key(self) -> str:
        """The same for the same question."""
        return json.dumps([self.scene, self.segmenter, self.marks.request()], sort_keys=True)


@dataclass(frozen=True)
class _Asked:
    """The question a page waits for."""

    key: str
    owner: str
    job_id: str


def answered(question: Question) -> Answer | None:
    """The answer, or None while a worker still looks for it.

    The same question is asked once; a question that was overtaken by another one is stopped.
    """
    known = _known(question.place)
    if question.key in known:
        known.move_to_end(question.key)
        return known[question.key]
    try:
        found = _found(question)
    except GroundshiftError as error:
        forget(question.place)
        return Answer(error=error)
    if found is not None:
        known[question.key] = found
        forget(question.place)
        while len(known) > REMEMBERED:
            known.popitem(last=False)
    return found


def show_pending(place: str) -> None:
    """Progress of a question that takes long; not for use within a fragment."""
    asked = _asked(place)
    if asked is not None:
        show_job(asked.owner, asked.job_id)


def forget(place: str) -> None:
    """Nothing is asked any more: a question under way is stopped."""
    asked = st.session_state.pop(_key(place), None)
    if asked is not None:
        # It may have been answered or cleared away already.
        with suppress(GroundshiftError):
            jobs.delete(asked.owner, asked.job_id)


def _found(question: Question) -> Answer | None:
    asked = _asked(question.place)
    is_new = asked is None or asked.key != question.key
    if asked is None or is_new:
        forget(question.place)
        asked = _ask(question)
    told = prompts.answered(asked.owner, asked.job_id, wait_s=PATIENCE_S if is_new else 0.0)
    return None if told is None else Answer(told.features, told.findings)


def _ask(question: Question) -> _Asked:
    job_id = prompts.ask(
        question.owner,
        question.scene,
        question.marks.request(),
        segmenter=question.segmenter,
    )
    asked = _Asked(question.key, question.owner, job_id)
    st.session_state[_key(question.place)] = asked
    return asked


def _known(place: str) -> OrderedDict[str, Answer]:
    known: OrderedDict[str, Answer] = st.session_state.setdefault(
        f"segment_answers_{place}", OrderedDict()
    )
    return known


def _asked(place: str) -> _Asked | None:
    asked: _Asked | None = st.session_state.get(_key(place))
    return asked


def _key(place: str) -> str:
    return f"segment_asked_{place}"
