"""Small pictures that travel with the page itself.

Streamlit keeps other pictures as files of the page and drops them when it is left: those still on
their way then would fail in the browser. Knows nothing of what they show.
"""

import base64
from pathlib import Path

import streamlit as st

from services.pictures import webp

MAX_KEPT = 256


@st.cache_data(show_spinner=False, max_entries=MAX_KEPT)
def address(png: Path) -> str:
    """The content of a small PNG file as an address for `st.image`; the file never changes."""
    return address_of(png.read_bytes())


def address_of(png: bytes) -> str:
    """The content of a small PNG as an address for `st.image`."""
    return f"data:image/webp;base64,{base64.b64encode(webp(png)).decode()}"
