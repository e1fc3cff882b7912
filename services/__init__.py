"""Use cases, one verb per file: what the doors call."""
