"""A place with huts that came, went and stayed, and the counter of tests that finds them."""

import json
from pathlib import Path

from inference import counters
from progress import Watcher
from services.count import CountRequest, count
from tests.scenes import ground, transform, with_houses, write_pair

STAYED = [(20 + 60 * row, 20 + 50 * col, 16, 18) for row in range(4) for col in range(3)]
GONE = [(20, 200, 15, 15), (80, 200, 15, 15)]
NEW = [(200, 200, 16, 16), (240, 240, 16, 16), (260, 30, 18, 18)]
TRUTH = {"pre": 14, "post": 15, "appeared": 3, "vanished": 2, "kept": 12}


def add_bright_counter(monkeypatch):
    """Let the counter `bright` be one of the product's for a test."""
    folder = str(Path(__file__).parent / "extra_counters")
    monkeypatch.setattr(counters, "__path__", [*counters.__path__, folder])


def write_huts(folder, *, pre=(*STAYED, *GONE), post=(*STAYED, *NEW), **profile):
    """Both dates of the place as files."""
    image = ground()
    return write_pair(folder, with_houses(image, pre), with_houses(image, post), **profile)


def counted(files, out_dir, **options):
    """The outcome of counting the huts."""
    options = {"counter": "bright"} | options
    return count(CountRequest(*files, **options), out_dir=out_dir, watcher=Watcher())


def box_lonlat(top, left, rows, cols):
    """West, south, east, north of a rectangle of pixels of the place."""
    from pyproj import Transformer

    move = Transformer.from_crs("EPSG:32633", "EPSG:4326", always_xy=True)
    corners = [transform() @ (left, top + rows), transform() @ (left + cols, top)]
    (west, south), (east, north) = (move.transform(*one) for one in corners)
    return west, south, east, north


def polygon_lonlat(top, left, rows, cols):
    """A rectangle of pixels of the place as a GeoJSON polygon."""
    west, south, east, north = box_lonlat(top, left, rows, cols)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8"))
