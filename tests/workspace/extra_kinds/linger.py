"""Goes on until it is cancelled or the file named by `gate` is there."""

import threading
from pathlib import Path

NAME, LANE = "linger", "compute"


def run(job, watcher):
    tick = threading.Event()
    while not Path(job.params["gate"]).exists():
        watcher.step(0.25, "Lingering")
        tick.wait(0.005)
    return {}
