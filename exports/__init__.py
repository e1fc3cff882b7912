"""One format per file: a comparison result in, one file out."""
