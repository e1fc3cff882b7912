"""What the agent can do, one tool a file, discovered by name."""
