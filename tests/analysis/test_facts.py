import json
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import facts
from analysis.facts import Exclusion, Fact

FACT = Fact(
    "", "changed_area", 1200.5, "m2", "vegetation_loss", "decrease", "aoi", "Sum of pixel areas.",
    5000.0, 4000.0, (Exclusion("post nodata", 1000.0),), None, ("gsd_ratio",), ("ab12",), "run1",
)  # fmt: skip

KEYS = [
    "id", "name", "value", "unit", "class", "state", "region", "method", "aoi_area_m2",
    "valid_area_m2", "excluded", "uncertainty", "cautions", "inputs", "run",
]  # fmt: skip


def test_json_has_exactly_the_promised_keys_in_order():
    entry = facts.to_json(facts.with_id(FACT))
    assert list(entry) == KEYS
    assert entry["excluded"] == [{"reason": "post nodata", "area_m2": 1000.0}]


def test_a_fact_comes_back_from_its_json():
    fact = facts.with_id(FACT)
    assert facts.from_json(json.loads(json.dumps(facts.to_json(fact)))) == fact


def test_the_id_is_sixteen_hex_digits_and_ignores_the_run_and_the_id_itself():
    made = facts.fact_id(FACT)
    assert len(made) == 16
    assert set(made) <= set("0123456789abcdef")
    assert facts.fact_id(replace(FACT, run="another", id="other")) == made


OTHER = {
    "name": "changed_share", "value": 1200.6, "unit": "%", "change_class": "any",
    "state": "increase", "region": "north", "method": "Else.", "aoi_area_m2": 5001.0,
    "valid_area_m2": 4001.0, "excluded": (), "uncertainty": "much", "cautions": (), "inputs": (),
}  # fmt: skip


@pytest.mark.parametrize("name", [f.name for f in fields(Fact) if f.name not in {"id", "run"}])
def test_any_other_content_gives_another_id(name):
    assert facts.fact_id(replace(FACT, **{name: OTHER[name]})) != facts.fact_id(FACT)


@given(value=st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=9)))
def test_equal_content_gives_equal_ids(value):
    assert facts.fact_id(replace(FACT, value=value)) == facts.fact_id(replace(FACT, value=value))


def test_a_number_that_is_not_finite_is_no_fact():
    with pytest.raises(ValueError, match="JSON compliant"):
        facts.fact_id(replace(FACT, value=float("nan")))


def test_sums_in_another_order_round_to_the_same_number():
    assert facts.rounded(0.1 + 0.2) == facts.rounded(0.3) == 0.3
    assert facts.rounded(123_456_789.123) == 123_456_789.0
