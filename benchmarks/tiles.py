"""How fast the whole app draws map tiles of a large pair, alone and while a job runs.

    python -m benchmarks.tiles [--size 20000] [--clients 8] [--tiles 400] [--folder DIR]

Writes a pair of tiled GeoTIFFs without overviews, lets the app prepare it, starts the app afresh
and asks for tiles over HTTP as browsers do: random places, every zoom from the whole scene to its
pixels; then runs small areas. The files stay in the page cache of the operating system.
Prints Markdown tables.
"""

import argparse
import http.client
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import settings
from benchmarks import area_run
from benchmarks.scenes import write_pair
from benchmarks.upload import Server, running
from raster.web_tile import place_of
from services.display import composites, style_of
from workspace import jobs, scenes, tokens
from workspace.records import Scene

OWNER = "local"
ZOOMS = range(11, 20)
BROWSER = {"Accept-Encoding": "gzip, deflate, br"}
READY_S = 900.0
# Until the workers of a new server have loaded what they need.
IDLE_S = 15.0


@dataclass(frozen=True)
class Asked:
    """One answered request.

    Attributes:
        seconds: until the last byte.
        size_bytes: of the picture.
    """

    seconds: float
    size_bytes: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=20_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--tiles", type=int, default=400)
    parser.add_argument("--folder", type=Path, help="put the data folder below this one")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="groundshift-bench-", dir=arguments.folder) as scratch:
        data = Path(scratch) / "data"
        data.mkdir()
        os.environ["GROUNDSHIFT_DATA_DIR"] = str(data)
        os.environ["GROUNDSHIFT_REQUESTS_PER_MINUTE"] = "100000"
        settings.load.cache_clear()
        pair = prepare(Path(scratch), data, arguments.size)
        with running(data) as server:
            time.sleep(IDLE_S)
            print(f"server before the first tile: {server.memory_mb('VmRSS'):.0f} MB")
            measure(server, pair, arguments.clients, arguments.tiles)
            area_run.measure(server, pair, OWNER)


def prepare(scratch: Path, data: Path, size_px: int) -> tuple[Scene, Scene]:
    """The pair as the app's own worker prepared it.

    Raises:
        RuntimeError: it was not ready in `READY_S` seconds.
    """
    paths = write_pair(scratch / "pair", size_px)
    with running(data):
        started = time.perf_counter()
        pre, post = (scenes.add(OWNER, path.stem, [path]) for path in paths)
        while "ready" not in {scenes.get(OWNER, post.id).status}:
            if time.perf_counter() - started > READY_S:
                msg = f"the pair was not prepared in {READY_S:.0f} s"
                raise RuntimeError(msg)
            time.sleep(0.2)
        seconds = time.perf_counter() - started
    print(f"{size_px} x {size_px} pixels; both dates prepared in {seconds:.0f} s\n")
    return scenes.get(OWNER, pre.id), scenes.get(OWNER, post.id)


def measure(server: Server, pair: tuple[Scene, Scene], clients: int, tiles: int) -> None:
    """Print the first tiles, then a table of many at once with and without a job."""
    addresses = [address_of(scene, pair) for scene in pair]
    middle = next(places(pair[0], 1, zooms=[15], seed=0))
    for words, address in zip(("after the start", "of another scene"), addresses, strict=True):
        before_s = cpu_s(server.pid)
        (asked,) = get(server, [address.format(**middle)])
        used_ms = (cpu_s(server.pid) - before_s) * 1e3
        print(f"first tile {words}: {asked.seconds * 1e3:.0f} ms ({used_ms:.0f} ms of CPU)")
    print(
        "\n| clients | at work | tiles/s | median | 95 % | largest | CPU per tile | server peak |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for count in (1, clients):
        row(server, addresses, pair, clients=count, tiles=tiles, words="nothing else", seed=count)
    with job_running(pair):
        for turn in range(2):
            row(
                server, addresses, pair, clients=clients, tiles=tiles, words="a job", seed=50 + turn
            )


def row(  # noqa: PLR0913 - one line of a table
    server: Server,
    addresses: Sequence[str],
    pair: tuple[Scene, Scene],
    *,
    clients: int,
    tiles: int,
    words: str,
    seed: int,
) -> None:
    """Ask for `tiles` tiles, shared by the clients, half of each date, and print a line."""
    wanted = [
        addresses[number % 2].format(**place)
        for number, place in enumerate(places(pair[0], tiles, zooms=ZOOMS, seed=seed))
    ]
    before_s, started = cpu_s(server.pid), time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        shares = [wanted[number::clients] for number in range(clients)]
        asked = [one for part in pool.map(lambda share: get(server, share), shares) for one in part]
    seconds, used_s = time.perf_counter() - started, cpu_s(server.pid) - before_s
    waits_ms = sorted(one.seconds * 1e3 for one in asked)
    print(
        f"| {clients} | {words} | {tiles / seconds:.0f} | {statistics.median(waits_ms):.0f} ms |"
        f" {waits_ms[int(tiles * 0.95)]:.0f} ms | {waits_ms[-1]:.0f} ms |"
        f" {used_s / tiles * 1e3:.1f} ms | {server.memory_mb('VmHWM'):.0f} MB |"
    )


def get(server: Server, addresses: Sequence[str]) -> list[Asked]:
    """Ask for addresses one after the other over one connection.

    Raises:
        RuntimeError: an answer is no picture.
    """
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    found = []
    for address in addresses:
        started = time.perf_counter()
        connection.request("GET", address, headers=BROWSER)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != http.HTTPStatus.OK or "image/" not in answer.headers["Content-Type"]:
            msg = f"a tile was answered with {answer.status}: {content[:200]!r}"
            raise RuntimeError(msg)
        found.append(Asked(time.perf_counter() - started, len(content)))
    connection.close()
    return found


def address_of(scene: Scene, pair: tuple[Scene, Scene]) -> str:
    """The template of a date's tiles in true colour.

    Raises:
        RuntimeError: the pair is not prepared.
    """
    pre, post = (one.facts for one in pair)
    if pre is None or post is None:
        msg = "the pair is not prepared"
        raise RuntimeError(msg)
    styles = style_of(composites(pre, post)[0], pre, post)
    style = styles[0] if scene is pair[0] else styles[1]
    return tokens.tile_url(tokens.mint("scene", scene.id, OWNER, style))


def places(
    scene: Scene, count: int, *, zooms: Sequence[int], seed: int
) -> Iterator[dict[str, int]]:
    """Tiles at random places of a scene, the zooms in turn.

    Raises:
        RuntimeError: the scene is not prepared.
    """
    if scene.facts is None:
        msg = "the scene is not prepared"
        raise RuntimeError(msg)
    west, south, east, north = scene.facts.bounds_wgs84
    chosen = random.Random(seed)  # noqa: S311 - places on a map, not secrets
    for number in range(count):
        lon, lat = chosen.uniform(west, east), chosen.uniform(south, north)
        z, x, y = place_of(lon, lat, zooms[number % len(zooms)])
        yield {"z": z, "x": x, "y": y}


@contextmanager
def job_running(pair: tuple[Scene, Scene]) -> Iterator[None]:
    """The app's own worker compares the whole pair meanwhile.

    Raises:
        RuntimeError: the job ended before the measurement did, or failed.
    """
    params = {
        "pre": pair[0].id,
        "post": pair[1].id,
        "aoi": None,
        "area_name": "",
        "detector": "cva",
    }
    job = jobs.submit(OWNER, "compare", params)
    while jobs.get(OWNER, job.id).progress < 0.05:
        if not jobs.get(OWNER, job.id).is_active:
            msg = f"the job ended: {jobs.get(OWNER, job.id).message}"
            raise RuntimeError(msg)
        time.sleep(0.1)
    try:
        yield
        if jobs.get(OWNER, job.id).status != "running":
            msg = f"the job ended first: {jobs.get(OWNER, job.id).message}"
            raise RuntimeError(msg)
    finally:
        jobs.cancel(OWNER, job.id)


def cpu_s(pid: int) -> float:
    """Processor seconds that a process has used, without its children."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
