"""Browser files of the map, the caption and the uploader.

Holds no code: Streamlit serves `assets/` because this package is installed.
"""
