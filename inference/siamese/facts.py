"""What a file of weights says of its network: bands, ground sizes, threshold, what it learned from.

Reads the header of the file only; knows nothing of networks.
"""

import json
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from safetensors import SafetensorError, safe_open

from errors import WeightsCorruptError
from inference.domain_fit import Learned

KEY = "groundshift"


class Facts(BaseModel):
    """The metadata of a change network.

    Attributes:
        bands: roles in the order the network expects.
        gsd_range_m: smallest and largest ground size of a pixel it takes as it is.
        working_gsd_m: the ground size finer scenes are brought near to.
        threshold: score of the network from which a pixel is changed, 0..1.
        min_area_m2: changes below are not to be trusted.
        training_stats: what it learned from; None where that was not kept.
        is_recommended: whether `auto` may choose it: it beat the detectors without weights on every
            set it was judged by.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    bands: tuple[str, ...] = Field(min_length=1, max_length=16)
    gsd_range_m: tuple[float, float]
    working_gsd_m: float = Field(gt=0)
    threshold: float = Field(gt=0, lt=1)
    min_area_m2: float = Field(ge=0)
    training_stats: Learned | None = None
    is_recommended: bool = False

    @model_validator(mode="after")
    def _is_a_range(self) -> "Facts":
        low_m, high_m = self.gsd_range_m
        if not 0 < low_m <= self.working_gsd_m <= high_m:
            msg = "working_gsd_m must lie within gsd_range_m"
            raise ValueError(msg)
        return self


def read(path: Path) -> Facts:
    """The facts of a file of weights.

    Raises:
        WeightsCorruptError: the file has none, or they cannot be read.
    """
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, _changed_ns: int) -> Facts:
    try:
        with safe_open(path, framework="numpy") as opened:
            text = (opened.metadata() or {}).get(KEY, "")
        return Facts.model_validate(json.loads(text))
    # pydantic's errors and those of json are ValueErrors; RecursionError is deeply nested JSON.
    except (SafetensorError, OSError, ValidationError, ValueError, RecursionError) as error:
        msg = f"The weights {path.name!r} do not say what their network expects."
        raise WeightsCorruptError(msg, hint="Install or fetch the weights again.") from error
