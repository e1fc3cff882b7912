"""What is behind one number, from the record of its run."""

from analysis.facts import Exclusion, Fact, with_id
from raster.findings import Finding
from services.explain_fact import Call, Input, explain

PRE, POST, AOI = "a" * 64, "b" * 64, "c" * 64
FACT = with_id(
    Fact(
        "", "changed_area", 12_345.0, "m2", "any", "any", "aoi", "Sum of the pixels.", 9e4, 8e4,
        (Exclusion("pre nodata", 1e4), Exclusion("fog", 5.0)), None, ("season_gap", "odd_code"),
        (PRE, POST), "0123456789abcdef",
    )
)  # fmt: skip
RUN = {
    "created_utc": "2026-01-02T03:04:05+00:00",
    "detector": {"name": "cva", "title": "Change vector analysis"},
    "inputs": [
        {"role": "aoi", "name": "area.geojson", "sha256": AOI},
        {"role": "post", "name": "post.tif", "sha256": POST},
        {"role": "pre", "name": "pre\u202e.tif\n", "sha256": PRE},
    ],
}
FINDINGS = (
    Finding("season_gap", "caution", "The seasons differ."),
    Finding("bit_depth", "caution", "Not about this fact."),
)


def test_everything_behind_a_number_is_told():
    told = explain(FACT, RUN, FINDINGS, call=Call("measure_area", {"unit": "ha"}))
    assert (told.shown, told.method) == ("1.23 ha", "Sum of the pixels.")
    assert (told.made_by, told.made_utc) == ("Change vector analysis", RUN["created_utc"])
    assert told.call == Call("measure_area", {"unit": "ha"})


def test_inputs_are_those_the_fact_rests_on_with_clean_names():
    told = explain(FACT, RUN)
    assert told.inputs == (Input("post", "post.tif", POST), Input("pre", "pre.tif", PRE))


def test_a_hash_without_a_record_is_still_told():
    told = explain(FACT, {"inputs": RUN["inputs"][:2]})
    assert told.inputs == (Input("post", "post.tif", POST), Input("", "", PRE))


def test_what_was_left_out_is_worded_and_measured():
    assert explain(FACT, RUN).excluded == (
        ("no data at the pre date", "1.00 ha"),
        ("fog", "5.00 m²"),
    )


def test_cautions_are_the_sentences_of_the_findings_the_fact_names():
    assert explain(FACT, RUN, FINDINGS).cautions == ("The seasons differ.", "odd code")


def test_a_count_is_made_by_its_counter():
    assert explain(FACT, {"counter": {"name": "buildings"}}).made_by == "buildings"


def test_an_empty_record_is_no_failure():
    for run in ({}, {"inputs": None, "detector": "cva"}, {"inputs": ["pre.tif"]}):
        told = explain(FACT, run)
        assert (told.made_by, told.made_utc) == ("", "")
        assert [one.sha256 for one in told.inputs] == [PRE, POST]
