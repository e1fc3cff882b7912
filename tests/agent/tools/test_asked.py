import pytest
from pydantic import ValidationError

from agent.tools.asked import Common


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        ({"min_area_m2": 5, "max_area_m2": 4}, "below min_area_m2"),
        ({"relation": "within"}, "need a layer"),
        ({"distance_m": 5}, "need a layer"),
        ({"relation": "near", "layer": "rivers"}, "needs distance_m"),
        ({"min_area_m2": float("nan")}, "finite"),
        ({"max_area_m2": float("inf")}, "finite"),
        ({"distance_m": -1, "layer": "rivers"}, "greater than or equal"),
        ({"subject": "x" * 121}, "at most 120"),
        ({"state": "exploded"}, "Input should be"),
        ({"date": "yesterday"}, "Input should be"),
        ({"path": "/etc/passwd"}, "Extra inputs"),
    ],
)
def test_what_does_not_fit_is_a_schema_error_that_says_why(wanted, problem):
    with pytest.raises(ValidationError, match=problem):
        Common(**wanted)


def test_everything_is_optional():
    assert Common() == Common(subject="any", state="any", place="aoi", min_area_m2=0)
