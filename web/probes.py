"""Answers to what a page asks at a wrong address, so that a browser reports no error.

Opened at `/compare`, Streamlit's page first looks for its server below `/compare/` and takes any
error there as a sign to look below `/`. An empty configuration is such a sign too, without the red
line in the browser's console.
"""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route


async def health(_request: Request) -> Response:
    """Alive, but not the server: the empty configuration says so."""
    return PlainTextResponse("ok", headers={"Cache-Control": "no-store"})


async def configuration(_request: Request) -> Response:
    """No configuration: the page goes on to the right address."""
    return JSONResponse(None, headers={"Cache-Control": "no-store"})


ROUTES = [
    Route("/{page}/_stcore/health", health, methods=["GET"]),
    Route("/{page}/_stcore/host-config", configuration, methods=["GET"]),
]
