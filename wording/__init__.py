"""Words around facts: number formats, slots and captions; computes no number."""
