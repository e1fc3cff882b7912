"""Training our change network on with a user's own labels: split, windows, steps, figures."""
