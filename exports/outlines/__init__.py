"""The result folder of a segmentation: one format per file, gathered by `folder`."""
