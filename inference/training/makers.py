"""Processes that make pairs to learn from, beside whatever else the machine does."""

import os

import cv2

NICENESS = 10


def begin() -> None:
    """What each of these processes does once: take one thread, and give way to everybody else."""
    cv2.setNumThreads(1)
    os.nice(NICENESS)
