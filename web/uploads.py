"""Routes of the chunked upload: announce a file, send it piece by piece, ask, cancel.

Knows HTTP only: what may be kept, and where, is the business of `workspace.uploads`.
"""

import asyncio
from contextlib import aclosing
from typing import Any

import anyio
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import settings
from errors import ConflictError, InputError
from web import identify
from workspace import uploads
from workspace.part_file import PartFile
from workspace.uploads import Upload

# One hop to a thread per megabyte, and no more than that of an upload in memory.
BATCH_BYTES = 1 << 20
MAX_ANNOUNCEMENT_BYTES = 8192
# A connection that died without a word would otherwise keep its file locked for hours.
IDLE_S = 30.0


class Announcement(BaseModel):
    """What a browser says about a file before it sends it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: str
    size_bytes: int
    role: str = ""
    fingerprint: str = ""


async def begin(request: Request) -> Response:
    """A new upload, or the one already begun for the same file."""
    owner = identify.owner(request)
    said = await _announced(request)
    upload = await run_in_threadpool(
        uploads.begin,
        owner, said.name, said.size_bytes, role=said.role, fingerprint=said.fingerprint,
    )  # fmt: skip
    return _answer(_shown(upload), 201)


async def listed(request: Request) -> Response:
    """Every upload of the visitor that still lies here."""
    mine = await run_in_threadpool(uploads.listed, identify.owner(request))
    return _answer({"uploads": [_shown(upload) for upload in mine]})


async def get(request: Request) -> Response:
    """One upload with what has arrived."""
    owner, upload_id = identify.owner(request), request.path_params["id"]
    return _answer(_shown(await run_in_threadpool(uploads.get, owner, upload_id)))


async def put(request: Request) -> Response:
    """Add the body at `?offset=`; 409 with the right offset when it does not follow."""
    owner, upload_id = identify.owner(request), request.path_params["id"]
    offset = _offset(request)
    try:
        part = await run_in_threadpool(uploads.open_part, owner, upload_id, offset)
    except ConflictError as error:
        upload = await run_in_threadpool(uploads.get, owner, upload_id)
        words = {"error": error.message, "remedy": error.hint}
        return _answer(_shown(upload) | words, 409)
    is_whole = await _receive(request, part)
    upload = await run_in_threadpool(uploads.touched, owner, upload_id)
    return _answer(_shown(upload), 200 if is_whole else 408)


async def cancel(request: Request) -> Response:
    """Delete the upload and what has arrived."""
    owner, upload_id = identify.owner(request), request.path_params["id"]
    await run_in_threadpool(uploads.cancel, owner, upload_id)
    return Response(status_code=204)


ROUTES = [
    Route("/uploads", begin, methods=["POST"]),
    Route("/uploads", listed, methods=["GET"]),
    Route("/uploads/{id}", get, methods=["GET"]),
    Route("/uploads/{id}", put, methods=["PUT"]),
    Route("/uploads/{id}", cancel, methods=["DELETE"]),
]


async def _receive(request: Request, part: PartFile) -> bool:
    """Write the body and close the part; whether the body came whole. What came is kept."""
    try:
        return await _written(request, part)
    finally:
        # The lock must go even if the server is told to stop in this moment.
        with anyio.CancelScope(shield=True):
            await run_in_threadpool(part.close)


async def _written(request: Request, part: PartFile) -> bool:
    batch = bytearray()
    is_whole = True
    async with aclosing(request.stream()) as stream:
        try:
            while piece := await asyncio.wait_for(anext(stream, b""), IDLE_S):
                batch += piece
                if len(batch) >= BATCH_BYTES:
                    full, batch = batch, bytearray()
                    await run_in_threadpool(part.write, full)
        except (ClientDisconnect, TimeoutError):
            is_whole = False
    await run_in_threadpool(part.write, batch)
    return is_whole


async def _announced(request: Request) -> Announcement:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_ANNOUNCEMENT_BYTES:
            break
    try:
        return Announcement.model_validate_json(bytes(body[: MAX_ANNOUNCEMENT_BYTES + 1]))
    except ValidationError as error:
        msg = "The announcement of this file cannot be used."
        raise InputError(msg, hint="Reload the page and choose the file again.") from error


def _offset(request: Request) -> int:
    text = request.query_params.get("offset", "")
    if text.isascii() and text.isdigit() and len(text) <= len(str(2**63)):
        return int(text)
    msg = f"A piece cannot begin at byte {text[:30]!r}."
    raise InputError(msg, hint="Reload the page and choose the file again.")


def _answer(body: dict[str, Any], status: int = 200) -> Response:
    """What has arrived changes by the second: nobody may keep it."""
    return JSONResponse(body, status, headers={"Cache-Control": "no-store"})


def _shown(upload: Upload) -> dict[str, Any]:
    return {
        "id": upload.id,
        "name": upload.name,
        "size_bytes": upload.size_bytes,
        "received_bytes": upload.received_bytes,
        "role": upload.role,
        "fingerprint": upload.fingerprint,
        "is_complete": upload.is_complete,
        "chunk_bytes": settings.load().chunk_bytes,
    }
