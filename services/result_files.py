"""Every file that a result of any kind may hold, and its media type; any other is not ours."""

from collections.abc import Mapping
from functools import cache

from exports.count.folder import MEDIA_TYPES as OF_COUNTS
from exports.outlines.folder import MEDIA_TYPES as OF_OUTLINES
from services.finetune_rules import MEDIA_TYPES as OF_TRAININGS
from services.results import file_types as of_comparisons


@cache
def media_types() -> Mapping[str, str]:
    """Media types by name: of comparisons, segmentations, counts and trainings."""
    return {**OF_TRAININGS, **OF_OUTLINES, **OF_COUNTS, **of_comparisons()}
