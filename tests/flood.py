"""A segmenter without weights beside the real ones, for tests of whatever calls one.

The module is `tests/extra_segmenters/flood.py`; the network and the graph have tests of their own.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inference import segmenter_registry, segmenters

FOLDER = Path(__file__).resolve().parent / "extra_segmenters"


@contextmanager
def beside_the_real_ones(monkeypatch) -> Iterator[segmenter_registry.Loaded]:
    """The segmenter `flood`, known to this process."""
    monkeypatch.setattr(segmenters, "__path__", [*segmenters.__path__, str(FOLDER)])
    segmenter_registry.forget()
    yield segmenter_registry.load("flood", "cpu")
    segmenter_registry.forget()
    sys.modules.pop("inference.segmenters.flood", None)
