"""Routes for the operator: does the app work (`/healthz`), and how much (`/metrics`).

Tell nothing of users, ids or paths.
"""

import hmac

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import settings
from errors import NotFoundError
from web.door import is_loopback
from web.metrics import REGISTRY
from workspace import vitals


def healthz(_request: Request) -> Response:
    """200 if everything works, else 503, with what does not."""
    checks = vitals.checks()
    is_well = all(checks.values())
    body = {"status": "ok" if is_well else "failing", "checks": checks}
    return JSONResponse(body, 200 if is_well else 503, headers={"Cache-Control": "no-store"})


def metrics(request: Request) -> Response:
    """The figures, for whoever knows the word; without one, for this machine only.

    Raises:
        NotFoundError: somebody else asks.
    """
    if not _may_see(request):
        raise NotFoundError("There is nothing here.")
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)


ROUTES = [
    Route("/healthz", healthz, methods=["GET"]),
    Route("/metrics", metrics, methods=["GET"]),
]


def _may_see(request: Request) -> bool:
    word = settings.load().metrics_token.get_secret_value()
    if not word:
        return is_loopback(request)
    given = request.headers.get("authorization", "")
    return hmac.compare_digest(given.encode(), f"Bearer {word}".encode())
