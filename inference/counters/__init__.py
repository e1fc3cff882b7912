"""Counters, one per file: the things of one kind in one scene."""
