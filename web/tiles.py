"""The route of map tiles: a token says what may be seen, how it is drawn, and by whom.

Parses, asks whose it is, hands the drawing to a few threads and answers. Knows no pixels.
"""

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import settings
from errors import ForbiddenError
from services import map_tiles
from services.map_tiles import TilePicture
from web import identify
from workspace import jobs, places, scenes, tokens
from workspace.tokens import Grant, Kind

MAX_AGE_S = 3600
"""The address changes with what is shown; an hour bounds how long a deleted scene stays visible."""

Draw = Callable[[Path, Mapping[str, Any], int, int, int], TilePicture]
DRAW: Mapping[Kind, Draw] = {
    "scene": map_tiles.scene_tile,
    "mask": map_tiles.mask_tile,
    "preview": map_tiles.mask_tile,
    "score": map_tiles.score_tile,
}
RESULTS: Mapping[Kind, str] = {"mask": "mask.tif", "score": "score.tif"}


async def tile(request: Request) -> Response:
    """One map tile as a picture; a clear one outside the scene.

    Raises:
        ForbiddenError: the token is not ours, has expired, or belongs to another user.
        NotFoundError: what it names was deleted.
        InputError: there is no such tile.
    """
    grant = tokens.read(request.path_params["token"])
    if grant.owner != identify.owner(request):
        msg = "This address belongs to another user."
        raise ForbiddenError(msg, hint="Open the page yourself; its addresses cannot be shared.")
    z, x, y = (request.path_params[name] for name in ("z", "x", "y"))
    known = request.headers.get("if-none-match", "")
    return await _unless_gone(request, _threads().submit(_answer, grant, (z, x, y), known))


ROUTES = [Route("/tiles/{token}/{z:int}/{x:int}/{y:int}.png", tile, methods=["GET"])]


def _answer(grant: Grant, zxy: tuple[int, int, int], known: str) -> Response:
    """The picture, or word that the browser has it already."""
    path = _path(grant)
    tag = _tag(grant, zxy, map_tiles.version(path))
    headers = {
        "Cache-Control": f"private, max-age={MAX_AGE_S}",
        "ETag": tag,
        # Pictures are packed already; the server would spend longer on packing than on drawing.
        "Content-Encoding": "identity",
        "X-Content-Type-Options": "nosniff",
    }
    if tag in known:
        return Response(status_code=304, headers=headers)
    picture = DRAW[grant.kind](path, grant.style, *zxy)
    return Response(picture.content, media_type=picture.media_type, headers=headers)


def _path(grant: Grant) -> Path:
    """What is drawn, once it is sure that it is still the owner's."""
    if grant.kind == "scene":
        return scenes.get(grant.owner, grant.object_id).folder
    job = jobs.get(grant.owner, grant.object_id)
    if grant.kind == "preview":
        return places.preview(job.id, float(grant.style["threshold"]))
    return places.folder("results", job.id) / RESULTS[grant.kind]


def _tag(grant: Grant, zxy: tuple[int, int, int], version: str) -> str:
    content = repr((grant.kind, grant.object_id, sorted(grant.style.items()), zxy, version))
    return f'"{hashlib.sha256(content.encode()).hexdigest()[:24]}"'


@cache
def _threads() -> ThreadPoolExecutor:
    """Threads of our own: slow drawing must not hold up what else the server does in threads."""
    return ThreadPoolExecutor(settings.load().tile_threads, thread_name_prefix="tile")


async def _unless_gone(request: Request, work: Future[Response]) -> Response:
    """The result of work, which is not begun any more once the browser has left."""
    drawing, leaving = asyncio.wrap_future(work), asyncio.ensure_future(_left(request))
    either: set[asyncio.Future[Any]] = {drawing, leaving}
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        return drawing.result() if drawing.done() else Response(status_code=204)
    finally:
        leaving.cancel()
        drawing.cancel()


async def _left(request: Request) -> None:
    """Return when the other end closes the connection, as it does for tiles moved out of sight."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
