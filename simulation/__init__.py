"""Rendered scene pairs with exact truth, for samples, tests, null runs and training."""
