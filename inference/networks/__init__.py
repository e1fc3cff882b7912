"""Our own networks, as plain modules of the learning library without weights or files."""
