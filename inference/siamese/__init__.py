"""What detectors that run a siamese network share: its facts, its pictures, its answer."""
