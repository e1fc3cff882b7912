"""Routes that say how far work is: what a page asks every moment, so that it need not run for it.

Knows nothing of what the work is; whose it is, is asked for every request.
"""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from web import identify
from workspace import answering, standing
from workspace.standing import Standing


def job(request: Request) -> JSONResponse:
    """Where a job of the visitor stands."""
    return _answer(standing.of_job(identify.owner(request), request.path_params["id"]))


def scene(request: Request) -> JSONResponse:
    """Where the preparation of a scene stands that the visitor may use."""
    return _answer(standing.of_scene(identify.owner(request), request.path_params["id"]))


def answer(request: Request) -> JSONResponse:
    """Where a question of the visitor stands."""
    return _answer(answering.standing(identify.owner(request), request.path_params["id"]))


ROUTES = [
    Route("/progress/jobs/{id}", job, methods=["GET"]),
    Route("/progress/scenes/{id}", scene, methods=["GET"]),
    Route("/progress/answers/{id}", answer, methods=["GET"]),
]


def _answer(found: Standing) -> JSONResponse:
    """Not to be kept: it changes by the moment."""
    return JSONResponse(asdict(found), headers={"Cache-Control": "no-store"})
