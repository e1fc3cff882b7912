"""Further facts about a finished result, by class, state, place, size and nearness."""
