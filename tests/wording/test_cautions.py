from wording import cautions


def test_codes_become_clauses_in_their_order():
    assert cautions.clauses(("season_gap", "gsd_ratio")) == (
        "the seasons differ",
        "the ground sizes of the pixels differ",
    )


def test_more_than_three_end_in_a_pointer_to_the_findings():
    said = cautions.clauses(("season_gap", "gsd_ratio", "small_overlap", "band_mismatch"))
    assert len(said) == 4
    assert said[-1] == "see the other findings"


def test_a_code_without_a_clause_is_pointed_at_not_dropped_or_spelt_out():
    assert cautions.clauses(("offset_1000",)) == ("see the other findings",)


def test_a_code_given_again_is_said_once():
    assert len(cautions.clauses(("season_gap", "season_gap"))) == 1


def test_no_codes_no_clauses():
    assert cautions.clauses(()) == ()
