"""Every address of ours beside the pages, in one list.

Adding a group of routes is adding its module here.
"""

from starlette.routing import BaseRoute, Route

from web import basemaps, downloads, health, probes, progress, tiles, uploads
from web.sections import base_path

GROUPS = (
    tiles.ROUTES,
    basemaps.ROUTES,
    uploads.ROUTES,
    downloads.ROUTES,
    progress.ROUTES,
    health.ROUTES,
    probes.ROUTES,
)


def routes() -> list[BaseRoute]:
    """The routes below the operator's base path."""
    base = base_path()
    return [_below(base, route) for group in GROUPS for route in group]


def _below(base: str, route: Route) -> Route:
    return Route(base + route.path, route.endpoint, methods=sorted(route.methods or ()))
