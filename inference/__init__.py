"""Detectors and the engine that runs them over tiles; the only package that may import torch."""
