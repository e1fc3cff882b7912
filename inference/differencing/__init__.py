"""Arithmetic that several change detectors share: smoothing, noise, gain, where a change ends."""
