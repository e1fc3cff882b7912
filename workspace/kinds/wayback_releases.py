"""The job that asks Esri which releases of its Wayback archive there are by now.

The work is `services.wayback`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import settings
from errors import InputError

if TYPE_CHECKING:
    from progress import Watcher
    from workspace.records import Job

NAME = "wayback_releases"
LANE = "prepare"


def run(_job: Job, watcher: Watcher) -> dict[str, Any]:
    """Refresh the list for every user; the number of new releases is in the result.

    Raises:
        InputError: the operator allows no background maps from the internet.
        OutboundError: Esri cannot be asked; the known releases stay.
    """
    from services import wayback

    if not settings.load().allow_basemaps:
        msg = "This server may not ask for background maps."
        raise InputError(msg, hint="An operator can allow it with GROUNDSHIFT_ALLOW_BASEMAPS.")
    watcher.step(0.0, "Asking Esri for its list of releases")
    return {"new": wayback.refresh()}
