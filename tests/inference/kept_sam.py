"""The zero-shot detector with the small random Segment Anything: the whole path, no download."""

from contextlib import contextmanager
from dataclasses import replace

from inference.adapters.squares import Squares
from inference.detectors import zero_shot_sam
from tests.inference.small_sam import kept_as_base_model

SQUARES = Squares(128, 16)


@contextmanager
def small_zero_shot(tmp_path, monkeypatch):
    """The folder of the weights; squares and tiles are of the small network's size."""
    monkeypatch.setenv("GROUNDSHIFT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(zero_shot_sam, "SQUARES", SQUARES)
    cut = {"tile_px": SQUARES.step_px, "align_px": SQUARES.step_px, "halo_px": SQUARES.margin_px}
    monkeypatch.setattr(zero_shot_sam, "CARD", replace(zero_shot_sam.CARD, **cut))
    # Random networks are never sure of anything, nor stable.
    monkeypatch.setattr("inference.segmentation.asking.LEAST_SCORE", -9.0)
    monkeypatch.setattr("inference.segmentation.asking.STABLE", 0.0)
    monkeypatch.setattr(zero_shot_sam, "MOST_SHARE", 1.0)
    with kept_as_base_model(tmp_path, monkeypatch) as folder:
        yield folder
