"""What an error is on the wire: a status and two plain sentences as JSON.

One table translates the project's errors; knows nothing of where they came from.
"""

from starlette.requests import Request
from starlette.responses import JSONResponse

import errors
from web.headers import STEADY

STATUSES: tuple[tuple[type[errors.GroundshiftError], int], ...] = (
    (errors.NotFoundError, 404),
    (errors.ForbiddenError, 403),
    (errors.LimitError, 413),
    (errors.JobError, 503),
    (errors.OutboundError, 503),
    (errors.ExportError, 503),
    (errors.GroundshiftError, 400),
)
"""The first class that fits decides; too many requests (429) is decided where they are counted."""

OUR_FAULT = errors.GroundshiftError(
    "Something went wrong, and it is our fault.",
    hint="Try again; if it stays, tell the operator, who finds the details in the log.",
)


def answer(error: errors.GroundshiftError, status: int | None = None) -> JSONResponse:
    """The response for an error; `status` where the caller knows better than the table."""
    body = {"error": error.message, "remedy": error.hint}
    return JSONResponse(body, status or status_of(error), headers={"Cache-Control": "no-store"})


def status_of(error: errors.GroundshiftError) -> int:
    """The HTTP status of an error."""
    return next(status for kind, status in STATUSES if isinstance(error, kind))


async def answer_known(_request: Request, error: errors.GroundshiftError) -> JSONResponse:
    """The handler of the project's own errors."""
    return answer(error)


async def answer_unknown(_request: Request, _error: Exception) -> JSONResponse:
    """The handler of every other error; the server writes it to the log after this."""
    response = answer(OUR_FAULT, 500)
    # Given outside every rule of ours, so it has to carry them itself.
    response.headers.update(STEADY)
    return response
