"""Numbers about masks: areas, objects, statistics and facts; no torch and no sentences."""
