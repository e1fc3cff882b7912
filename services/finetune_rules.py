"""What a training is allowed to be, for doors that ask before anything heavy is loaded.

Knows nothing of networks.
"""

import math
from collections.abc import Mapping

import settings
from errors import ForbiddenError, InputError
from inference import registry, trained_weights

PARENT = "changenet"
RECORD, FIGURES, BLOCKS, PICTURE = "finetune.json", "figures.csv", "blocks.geojson", "blocks-{}.png"
MEDIA_TYPES: Mapping[str, str] = {
    RECORD: "application/json",
    FIGURES: "text/csv",
    BLOCKS: "application/geo+json",
    PICTURE.format(1): "image/png",
}
"""What the folder of a training of one pair holds."""
ENOUGH_OBJECTS, FEW_OBJECTS = 8, 3
"""Changed places the labels must hold: half a dozen to learn from and some to judge by."""


def require_allowed() -> None:
    """Nothing, if this server trains on users' labels.

    Raises:
        ForbiddenError: its operator does not allow it.
    """
    if not settings.load().allow_finetuning:
        msg = "This server does not train on its users' labels."
        raise ForbiddenError(msg, hint="Its operator can allow it: GROUNDSHIFT_ALLOW_FINETUNING.")


def require_parent() -> None:
    """Nothing, if the network that trainings begin with can run here.

    Raises:
        WeightsMissingError: its weights are not on this machine.
        ModelError: it needs a package that is not installed.
    """
    registry.load(PARENT)


def require_name(name: str) -> None:
    """Nothing, if a new detector may be called so.

    Raises:
        InputError: it is no name for a detector.
        ConflictError: a detector has it already.
    """
    trained_weights.require_free(name, registry.names())


def require_minutes(minutes: float) -> None:
    """Nothing, if a training may last so long.

    Raises:
        InputError: it may not.
    """
    most = settings.load().finetune_minutes
    if not (math.isfinite(minutes) and 0 < minutes <= most):
        msg = f"The training cannot last {minutes:g} minutes."
        raise InputError(msg, hint=f"Give more than 0 and at most {most} minutes.")


def require_enough(objects: int, *, is_few: bool) -> None:
    """Nothing, if so many changed places are enough.

    Raises:
        InputError: they are not; few-label mode is proposed where it would do.
    """
    least = FEW_OBJECTS if is_few else ENOUGH_OBJECTS
    if objects >= least:
        return
    places = "1 changed place" if objects == 1 else f"{objects} changed places"
    msg = f"The labels hold {places}; it takes at least {least}."
    hint = "Label some more."
    if objects >= FEW_OBJECTS:
        hint = "Label some more, or choose to learn from few labels (--few-labels)."
    raise InputError(msg, hint=hint)
