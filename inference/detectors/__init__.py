"""Change detectors, one file each; `registry.py` beside this package finds them."""
