"""What `compare` finds in a bundled sample, measured against its truth."""

import json

import numpy as np
import rasterio
from rasterio.warp import reproject

from analysis.accuracy import confusion, f1, precision, recall
from progress import Watcher
from services.compare import CompareRequest, compare


def measure(scene, out_dir):
    """Run with the defaults; detector, areas, objects and pixel measures inside the AOI."""
    request = CompareRequest(scene / "pre.tif", scene / "post.tif", scene / "aoi.geojson")
    outcome = compare(request, out_dir=out_dir, watcher=Watcher())
    facts = json.loads((out_dir / "facts.json").read_text(encoding="utf-8"))
    named = {
        fact["name"]: fact["value"]
        for fact in facts
        if fact["class"] == "any" and fact["region"] == "aoi"
    }
    counts = _against_truth(scene / "truth.tif", out_dir / "mask.tif")
    return {
        "detector": outcome.run["detector"]["name"],
        "changed_area_m2": round(named["changed_area"], 1),
        "objects": named["object_count"],
        "precision": round(precision(counts), 3),
        "recall": round(recall(counts), 3),
        "f1": round(f1(counts), 3),
    }


def _against_truth(truth_path, mask_path):
    with rasterio.open(mask_path) as mask, rasterio.open(truth_path) as truth:
        codes = mask.read(1)
        on_grid = np.zeros(codes.shape, np.uint8)
        reproject(
            rasterio.band(truth, 1),
            on_grid,
            dst_transform=mask.transform,
            dst_crs=mask.crs,
            dst_nodata=0,
        )
    return confusion(codes, on_grid > 0)
