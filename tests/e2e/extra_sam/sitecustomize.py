"""Gives a server a small random Segment Anything, when it is started with this folder on its path.

The server and its workers are processes of their own, which no fixture can reach otherwise. Only
numbers are exchanged: the code that runs is the app's own.
"""

import os
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import PathFinder
from pathlib import Path


def _weights(module):
    module.SHIPPED_DIR = Path(os.environ["EXTRA_SAM_LISTED"])


def _asking(module):
    # Random networks are never sure of anything, nor stable.
    module.LEAST_SCORE, module.STABLE = -9.0, 0.0


def _detector(module):
    from dataclasses import replace

    from inference.adapters.squares import Squares

    module.SQUARES = Squares(128, 16)
    # One coarse lattice of prompts: the test is of the way, not of what is found.
    module.LEAST_PX = 64**2
    # Random features lie near each other.
    module.THRESHOLD_DEG, module.MOST_SHARE = 1.0, 1.0
    module.CARD = replace(module.CARD, tile_px=96, align_px=96, halo_px=16)


def _sam(module):
    from tests.inference.small_sam import small_sam

    module.sam_model_registry["vit_b"] = small_sam


CHANGES = {
    "inference.weights": _weights,
    "inference.segmentation.asking": _asking,
    "inference.detectors.zero_shot_sam": _detector,
    "segment_anything": _sam,
}


class Changed(Loader):
    """Loads a module as it is and then changes some of its numbers."""

    def __init__(self, loader, change):
        self._loader, self._change = loader, change

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        self._change(module)


class Finder(MetaPathFinder):
    """Finds the modules that are changed."""

    def find_spec(self, fullname, path, target=None):
        if fullname not in CHANGES:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = Changed(spec.loader, CHANGES[fullname])
        return spec


sys.meta_path.insert(0, Finder())
