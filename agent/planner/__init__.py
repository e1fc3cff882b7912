"""Answers without a configured model: from a question to calls of tools and a slotted sentence."""
