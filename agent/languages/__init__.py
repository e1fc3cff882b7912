"""Everything about one language in one file: words of questions and sentences of answers."""
