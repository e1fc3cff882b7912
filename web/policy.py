"""The rules every request passes, outermost first.

Knows their order, not what they do.
"""

from starlette.middleware import Middleware

from web.door import Door
from web.guard import Guard
from web.headers import SafetyHeaders
from web.logs import RequestLog

MIDDLEWARE = [
    # Whatever is refused further in is logged and carries the headers too.
    Middleware(RequestLog),
    Middleware(SafetyHeaders),
    Middleware(Door),
    Middleware(Guard),
]
