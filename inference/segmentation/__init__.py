"""Prompts and automatic outlines: windows, embeddings, overlaps, and regions without weights."""
