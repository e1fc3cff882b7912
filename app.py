"""The web door: `streamlit run app.py` and `uvicorn app:app` both serve the whole product."""

import streamlit as st

app = st.App("pages/_main.py")
