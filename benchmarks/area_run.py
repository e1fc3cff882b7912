"""How long the app takes from the start of a run on a small area to the mask on the map.

Called by `benchmarks.tiles`, which prepares the pair and starts the app. The browser's own time to
draw is not in it.
"""

import statistics
import time

from benchmarks.upload import Server
from raster.web_tile import place_of
from workspace import jobs, tokens
from workspace.records import Scene

AREA_PX = 1024
RUNS = 6
POLL_S = 0.02
ZOOM = 17


def measure(server: Server, pair: tuple[Scene, Scene], owner: str) -> None:
    """Print the first run of a new worker and the median of the next ones."""
    waits_s = [_run_s(server, pair, owner, turn) for turn in range(RUNS)]
    print(
        f"\nrun of a {AREA_PX} x {AREA_PX} px area to its first mask tile:"
        f" first {waits_s[0]:.1f} s, then median {statistics.median(waits_s[1:]):.1f} s"
        f" ({min(waits_s[1:]):.1f} to {max(waits_s[1:]):.1f})\n"
    )


def _run_s(server: Server, pair: tuple[Scene, Scene], owner: str, turn: int) -> float:
    """Seconds from submitting to the last byte of the tile.

    Raises:
        RuntimeError: the job failed.
    """
    from benchmarks.tiles import get

    ring = _square(pair[0], turn)
    params = {
        "pre": pair[0].id,
        "post": pair[1].id,
        "aoi": {"type": "Polygon", "coordinates": [ring]},
        "area_name": "Square",
        "detector": "auto",
    }
    started = time.perf_counter()
    job = jobs.submit(owner, "compare", params)
    while (job := jobs.get(owner, job.id)).is_active:
        time.sleep(POLL_S)
    if job.status != "done":
        msg = f"the job ended: {job.message}"
        raise RuntimeError(msg)
    token = tokens.mint("mask", job.id, owner, {"colors": {"1": "#d7301f"}})
    (lon, lat), *_others = ring
    z, x, y = place_of(lon, lat, ZOOM)
    get(server, [tokens.tile_url(token).format(z=z, x=x, y=y)])
    return time.perf_counter() - started


def _square(scene: Scene, turn: int) -> list[list[float]]:
    """Another square of the scene each time, so that nothing is answered from memory."""
    if scene.facts is None:
        msg = "the scene is not prepared"
        raise RuntimeError(msg)
    west, south, east, north = scene.facts.bounds_wgs84
    across = (east - west) * AREA_PX / scene.facts.width
    down = (north - south) * AREA_PX / scene.facts.height
    left = west + (turn + 2) * (east - west) / (RUNS + 4)
    low = south + (turn + 2) * (north - south) / (RUNS + 4)
    right, high = left + across, low + down
    return [[left, low], [right, low], [right, high], [left, high], [left, low]]
