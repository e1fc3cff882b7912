"""How our own weights are made: pools of pictures, prompts, the fit, the judgement, the export.

Run as `python -m inference.training`; the product never imports it.
"""
