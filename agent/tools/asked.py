"""Arguments that most tools share: what a question is about, where, when, how large, how near.

Types and their words for a model only; knows no result.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from agent.tools.base import DateName, State, Wanted

NAME_CHARS = 120
MOST_M2 = 1e13
MOST_M = 1e6

Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=NAME_CHARS)]
Relation = Literal["within", "touches", "near", "outside"]
Quantity = Literal["count", "area"]
AreaM2 = Annotated[float, Field(ge=0, le=MOST_M2, allow_inf_nan=False)]
DistanceM = Annotated[float, Field(ge=0, le=MOST_M, allow_inf_nan=False)]
PlaceName = Annotated[
    Name,
    Field(
        description="`aoi`, a part such as `north-west`, a half such as `northern half`, "
        "the name of an area, or `layer/feature`"
    ),
]


class OfResult(Wanted):
    """Which result is meant."""

    result: Name = Field(default="", description="id of a result; empty: the best for the subject")


class About(OfResult):
    """What is meant, anywhere."""

    subject: Name = Field(default="any", description="a class name of the results, or `any`")
    state: State = "any"


class Filtered(About):
    """What is meant, by date, size and nearness to a layer of the user's."""

    date: DateName | None = Field(
        default=None, description="things that stood at this date; null: what happened between"
    )
    min_area_m2: AreaM2 = 0.0
    max_area_m2: AreaM2 | None = None
    layer: Name = ""
    relation: Relation | None = None
    distance_m: DistanceM = Field(default=0.0, description="for `near`: at most this far")

    @model_validator(mode="after")
    def _is_of_a_piece(self) -> Self:
        if self.max_area_m2 is not None and self.max_area_m2 < self.min_area_m2:
            msg = "max_area_m2 lies below min_area_m2"
            raise ValueError(msg)
        if (self.relation or self.distance_m) and not self.layer:
            msg = "relation and distance_m need a layer"
            raise ValueError(msg)
        if self.relation == "near" and not self.distance_m:
            msg = "the relation near needs distance_m"
            raise ValueError(msg)
        return self


class Common(Filtered):
    """What is meant, and where."""

    place: PlaceName = "aoi"
