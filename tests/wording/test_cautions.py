import ast
from pathlib import Path

from wording import cautions
from wording.english import ENGLISH

ROOT = Path(__file__).resolve().parents[2]


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


def raised_codes():
    """Codes of every finding in the source that may be a caution."""
    for folder in ("raster", "inference", "analysis", "services"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                is_call = isinstance(call, ast.Call) and len(call.args) > 1
                if is_call and getattr(call.func, "id", "") == "Finding":
                    code, severity = call.args[:2]
                    settled = isinstance(severity, ast.Constant) and severity.value != "caution"
                    if isinstance(code, ast.Constant) and not settled:
                        yield code.value


def test_every_caution_that_the_source_can_raise_has_a_clause():
    codes = set(raised_codes())
    assert {"residual_shift", "gcp_grid", "season_gap"} <= codes
    assert codes - set(ENGLISH.cautions) == set()
