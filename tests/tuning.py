"""A small place whose changes are known, with labels, and an untrained network to begin with."""

import hashlib
import json

import geopandas as gpd
import numpy as np
import shapely
import torch
from safetensors.torch import save_file

from inference import weights
from inference.networks.changenet import ChangeNet
from inference.training.tuning.recipe import TuningRecipe
from tests.scenes import UTM33, ground, transform, with_houses, write

GSD_M = 0.5
SHAPE = (320, 1120)
NEW = tuple((row, col, 20, 24) for row in (40, 130, 220) for col in range(30, 1060, 90))
STOOD = tuple((row, col, 18, 18) for row in (85, 180, 270) for col in range(60, 1060, 150))
QUICK = TuningRecipe(
    minutes=10, steps=120, batch=4, size_px=96, replay_share=0.0, replayed=0, rate=4e-3,
    encoder_share=1.0, heads_first=0.0, warm_up=5, average=0.9, judge_every=20, patience=6,
)  # fmt: skip
FACTS = {
    "bands": ["red", "green", "blue"], "gsd_range_m": [0.28, 1.2], "working_gsd_m": 0.5,
    "threshold": 0.5, "min_area_m2": 4.0,
}  # fmt: skip


def pictures():
    """Both dates (band, row, col): many houses are new, some stood before."""
    image = 0.7 * ground(SHAPE, seed=3)
    pre = with_houses(image, STOOD)
    return pre, with_houses(pre, NEW)


def changed():
    """Where a house is new (row, col)."""
    mask = np.zeros(SHAPE, bool)
    for top, left, height, width in NEW:
        mask[top : top + height, left : left + width] = True
    return mask


def write_pair(folder):
    """Paths of both scenes."""
    return tuple(
        write(folder / f"{name}.tif", image, gsd_m=GSD_M)
        for name, image in zip(("pre", "post"), pictures(), strict=True)
    )


def outline(box, *, right_px=0.0, down_px=0.0):
    """A house in the CRS of the scenes."""
    top, left, height, width = box
    to = transform(GSD_M)
    (west, north), (east, south) = (
        to @ (left + right_px, top + down_px),
        to @ (left + width + right_px, top + height + down_px),
    )
    return shapely.box(west, south, east, north)


def write_labels(path, boxes=NEW, *, driver="GPKG", crs=UTM33, **moved):
    """Outlines of new houses as a vector file."""
    shapes = [outline(box, **moved) for box in boxes]
    frame = gpd.GeoDataFrame(
        {"state": ["appeared"] * len(boxes), "class": ["building"] * len(boxes)},
        geometry=shapes,
        crs=UTM33.to_wkt(),
    )
    frame.to_crs(crs.to_wkt()).to_file(path, driver=driver)
    return path


def write_area(path, bounds_px=(0, 0, SHAPE[1], SHAPE[0])):
    """A looked-at area (left, top, right, bottom) in pixels, as GeoJSON in WGS 84."""
    left, top, right, bottom = bounds_px
    area = outline((top, left, bottom - top, right - left))
    frame = gpd.GeoDataFrame({"name": ["looked at"]}, geometry=[area], crs=UTM33.to_wkt())
    frame.to_crs(4326).to_file(path, driver="GeoJSON")
    return path


def untrained(bias=-2.0):
    """A network that knows nothing, and says so: it flags nothing."""
    torch.manual_seed(1)
    net = ChangeNet()
    with torch.no_grad():
        net.change.last.bias.fill_(bias)
    return net.eval()


def list_weights(folder, monkeypatch, net=None):
    """Make the file of a network the shipped weights `changenet`, and the only ones."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "changenet.safetensors"
    tensors = {
        name: value.contiguous() for name, value in (net or untrained()).state_dict().items()
    }
    save_file(tensors, path, metadata={"groundshift": json.dumps(FACTS)})
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    (folder / weights.MANIFEST_NAME).write_text(
        f'[[weights]]\nname = "changenet"\nfile = "{path.name}"\nsha256 = "{digest}"\n'
        f'bytes = {len(content)}\nlicence = "Apache-2.0"\nbands = ["red", "green", "blue"]\n'
        f"gsd_m = [0.28, 1.2]\n",
        "utf-8",
    )
    monkeypatch.setattr(weights, "SHIPPED_DIR", folder)
    return path
