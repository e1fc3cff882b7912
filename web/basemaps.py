"""Route for background maps whose pictures this server passes on: those with a key, and COGs.

The address lies below `/tiles`, so the rules for tiles hold here too; knows nothing of providers.
"""

import base64

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services import basemap_tiles

HEADERS = {"Cache-Control": "private, max-age=86400"}
# One transparent pixel.
EMPTY_PNG = base64.b64decode(
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNgYAAAAAMAASsJTYQAAAAASUVORK5CYII="
)


def tile(request: Request) -> Response:
    """One tile as PNG, transparent where the provider has no picture."""
    place = request.path_params
    png = basemap_tiles.served(place["basemap"], place["z"], place["x"], place["y"])
    return Response(png or EMPTY_PNG, media_type="image/png", headers=HEADERS)


ROUTES = [Route("/tiles/basemap/{basemap}/{z:int}/{x:int}/{y:int}.png", tile, methods=["GET"])]
