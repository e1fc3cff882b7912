"""How weights for multispectral scenes of about 10 m are made: places, scenes, fit and judge."""
