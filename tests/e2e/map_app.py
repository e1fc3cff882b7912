"""A small app with one map on it, and tiles of two colours, served on loopback for the tests."""

import os
import zlib
from pathlib import Path

import cv2
import numpy as np
import streamlit as st
from starlette.responses import Response
from starlette.routing import Route

COLOURS = {"pre": (90, 120, 70), "post": (110, 90, 130), "base": (150, 150, 140)}


def picture(colour, seed):
    """A 256 x 256 PNG of one colour with a pattern, so that a tile can be told from the next."""
    tile = np.full((256, 256, 3), colour, np.uint8)
    shade = np.random.default_rng(seed).integers(-25, 25, (8, 8, 1))
    noise = np.kron(shade, np.ones((32, 32, 1)))
    return cv2.imencode(".png", np.clip(tile + noise, 0, 255).astype(np.uint8))[1].tobytes()


async def tile(request):
    place = request.path_params
    seed = zlib.crc32(f"{place['z']}/{place['x']}/{place['y']}".encode())
    return Response(picture(COLOURS[place["name"]], seed), media_type="image/png")


async def broken(_request):
    return Response(status_code=503)


async def kept(_request):
    path = Path(os.environ["MAP_TEST_KEPT"])
    return Response(path.read_bytes() if path.exists() else b"null", media_type="application/json")


app = st.App(
    str(Path(__file__).with_name("map_page.py")),
    routes=[
        Route("/testtiles/{name}/{z:int}/{x:int}/{y:int}.png", tile),
        Route("/broken/{z:int}/{x:int}/{y:int}.png", broken),
        Route("/kept", kept),
    ],
)
