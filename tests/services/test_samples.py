import cv2
import numpy as np
import pytest

from services.list_detectors import list_detectors
from services.samples import list_samples, thumbnail_png


@pytest.mark.parametrize("sample", list_samples(), ids=lambda sample: sample.id)
def test_every_sample_is_complete_and_has_a_picture(sample):
    assert all(path.is_file() for path in (sample.pre, sample.post, sample.aoi, sample.truth))
    assert sample.detector in {row["name"] for row in list_detectors()}
    picture = cv2.imdecode(np.frombuffer(thumbnail_png(sample), np.uint8), cv2.IMREAD_COLOR)
    assert 200 <= max(picture.shape[:2]) <= 480
    assert picture.std() > 10


def test_samples_have_different_names():
    samples = list_samples()
    assert len({sample.title for sample in samples}) == len(samples) >= 3
