"""One thread: the arrays are small, and tests run beside each other."""

import cv2
import pytest
import torch


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
