"""One file per kind of job; the registry finds them."""
