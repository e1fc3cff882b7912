"""What the tests of the workspace begin with, and how they wait for other processes."""

import threading
import time

from services.scene_facts import SHARES, SceneFacts
from workspace import jobs, projects, scenes

ANN, BOB = "ann", "bob"
FACTS = SceneFacts(
    name="pre.tif", crs="EPSG:32633", width=4, height=3, gsd_m=1.0, bands=("red",),
    band_indexes=(1,), dtype="uint8", sensor="optical", acquired_on="2023-06-01",
    bounds_wgs84=(15.0, 48.7, 15.1, 48.8),
    footprint={"type": "Polygon", "coordinates": []},
    sha256="0" * 64, size_bytes=3, files=("pre.tif",), has_pyramid=False, pyramid_step=0,
    quantiles=(tuple(float(at) for at in range(len(SHARES))),),
)  # fmt: skip
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[15.0, 48.7], [15.1, 48.7], [15.1, 48.8], [15.0, 48.7]]],
}


def file(folder, name="pre.tif", content=b"pre"):
    """A file that a browser sent."""
    path = folder / "arrived" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def scene(folder, owner=ANN, title="Field", *, is_ready=True):
    """A scene whose ingest job ended."""
    added = scenes.add(owner, title, [file(folder)])
    if is_ready:
        scenes.mark_ready(added.id, FACTS)
        finish_next("prepare")
    return scenes.get(owner, added.id)


def project(folder, owner=ANN, title="Harbour"):
    """A project of two scenes that are ready."""
    return projects.create(owner, title, scene(folder, owner).id, scene(folder, owner).id)


def finish_next(lane="compute", result=None):
    """Claim the next job and end it well."""
    job = jobs.claim(lane, "here")
    jobs.finish(job.id, result or {})
    return job


def until(condition, timeout_s=30.0):
    """Wait for something another thread or process does; its value, which is true."""
    tick, deadline_s = threading.Event(), time.monotonic() + timeout_s
    while not (found := condition()):
        assert time.monotonic() < deadline_s, f"waited {timeout_s:g} s in vain"
        tick.wait(0.02)
    return found
