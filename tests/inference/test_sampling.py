"""What a detector sees of a pair before it scores it."""

import cv2
import pytest

from inference import sampling
from raster import scene
from raster.align import align
from tests.scenes import ground


@pytest.mark.parametrize("gsd_m", [0.25, 1.0, None])
def test_a_ground_size_that_nobody_said_is_not_passed_on(tmp_path, gsd_m):
    path = tmp_path / "date.png"
    cv2.imwrite(str(path), ground((64, 80), seed=1).transpose(1, 2, 0))
    picture = scene.open_picture(path, gsd_m=gsd_m)
    found = sampling.take(align(picture, picture, correct=False)).gsd_m
    assert found == (gsd_m and pytest.approx(gsd_m))
