"""Mounts the browser parts that this repository ships as a small local package.

Knows their names only; what goes in and out is the business of each part's own module.
"""

from functools import cache
from typing import TYPE_CHECKING, Literal

import streamlit as st
from streamlit.errors import StreamlitAPIException

from errors import GroundshiftError

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

PACKAGE = "groundshift-components"


@cache
def renderer(part: Literal["map", "caption", "uploader", "watcher"]) -> "ComponentRenderer":
    """The function that puts one part on the page; call it from within a page only.

    Raises:
        GroundshiftError: the package with the browser files is not installed.
    """
    try:
        return st.components.v2.component(f"{PACKAGE}.{part}", js=f"{part}.js")
    except StreamlitAPIException as error:
        raise GroundshiftError(
            "The parts of the page that run in the browser are not installed.",
            hint="Run `make setup` and start the app again.",
        ) from error
