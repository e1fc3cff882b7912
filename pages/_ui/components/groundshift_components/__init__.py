"""Browser files of the map, the caption, the uploader and the watcher.

Holds no code: Streamlit serves `assets/` because this package is installed.
"""
