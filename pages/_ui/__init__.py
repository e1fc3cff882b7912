"""Drawing code that several pages share; no logic."""
