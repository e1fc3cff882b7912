"""Segmenters, one per file: a prompt in, the outline of one thing out."""
