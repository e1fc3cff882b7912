"""Scenes, grids, areas of interest and masks: numpy and GDAL, no model and no user text."""
