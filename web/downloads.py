"""Routes for the files of a result: one by one, with ranges, or all as one zip.

Names are looked up among those a result may have, never put together into a path; whose a result
is, is asked for every request.
"""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

from errors import NotFoundError
from exports.bundle import stream_zip
from services.result_files import media_types
from web import identify
from workspace import jobs, places

# Compressing a raster on its way costs six times what sending it does, and saves nothing.
HEADERS = {"Content-Encoding": "identity", "Cache-Control": "private, no-cache"}


def file(request: Request) -> Response:
    """One file of a result, whole or in ranges."""
    folder, name = _folder(request), request.path_params["name"]
    media_type = media_types().get(name)
    if media_type is None or not _is_there(folder / name):
        raise _missing()
    return FileResponse(folder / name, media_type=media_type, filename=name, headers=HEADERS)


def bundle(request: Request) -> Response:
    """Every file of a result in one zip, made while it is sent."""
    folder = _folder(request)
    files = [path for name in media_types() if _is_there(path := folder / name)]
    if not files:
        raise _missing()
    name = f"groundshift-{folder.name[:8]}"
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"', **HEADERS}
    content = iter(()) if request.method == "HEAD" else stream_zip(files, name)
    return StreamingResponse(content, media_type="application/zip", headers=headers)


ROUTES = [
    Route("/downloads/{id}.zip", bundle, methods=["GET"]),
    Route("/downloads/{id}/{name}", file, methods=["GET"]),
]


def _folder(request: Request) -> Path:
    """The result folder of a job of the visitor.

    Raises:
        NotFoundError: there is none, or it is another user's.
    """
    job = jobs.get(identify.owner(request), request.path_params["id"])
    return places.folder("results", job.id)


def _is_there(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _missing() -> NotFoundError:
    return NotFoundError("There is no such file.", hint="Open the result in the app again.")
