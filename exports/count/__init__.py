"""The result folder of a count: one format per file, gathered by `folder`."""
