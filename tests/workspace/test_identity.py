import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import ForbiddenError
from workspace.identity import LOCAL, owner_of

ALICE = {"iss": "https://login.example", "sub": "alice", "is_logged_in": True}
NAMES = st.text(st.characters(codec="ascii", categories=("L", "N", "P")), min_size=1, max_size=60)


def test_local_mode_knows_one_person_whatever_a_request_claims():
    assert owner_of("local", {"x-forwarded-user": "root"}, ALICE) == LOCAL


def test_a_login_is_an_id_that_tells_nothing_about_the_person():
    assert re.fullmatch(r"[0-9a-f]{32}", owner_of("login", {}, ALICE))


def test_the_same_person_has_the_same_id_whatever_else_is_claimed():
    later = ALICE | {"email": "alice@example.org", "exp": 1, "name": "Alice"}
    assert owner_of("login", {}, later) == owner_of("login", {}, ALICE)


@pytest.mark.parametrize("change", [{"sub": "bob"}, {"iss": "https://other.example"}])
def test_another_subject_or_another_issuer_is_another_person(change):
    assert owner_of("login", {}, ALICE | change) != owner_of("login", {}, ALICE)


@pytest.mark.parametrize(
    "user",
    [None, {}, {**ALICE, "is_logged_in": False}, {**ALICE, "is_logged_in": "yes"},
     {**ALICE, "sub": ""}, {**ALICE, "sub": None}, {**ALICE, "iss": ""}, {**ALICE, "iss": 7},
     {"is_logged_in": True}],
)  # fmt: skip
def test_nobody_is_known_without_a_whole_login(user):
    with pytest.raises(ForbiddenError, match="not logged in"):
        owner_of("login", {"x-forwarded-user": "alice"}, user)


@pytest.mark.parametrize("name", ["", "  ", "a" * 257, "a\nb", "a\x00"])
def test_nobody_is_known_without_a_proper_name_in_the_header(name):
    with pytest.raises(ForbiddenError, match="did not say who you are"):
        owner_of("header", {"X-Forwarded-User": name}, ALICE)


def test_the_header_is_the_one_the_operator_chose():
    headers = {"X-Forwarded-User": "mallory", "Remote-User": "alice"}
    chosen = owner_of("header", headers, None, header="Remote-User")
    assert chosen == owner_of("header", {"X-Forwarded-User": "alice"}, None)


@given(NAMES, NAMES)
def test_two_names_never_share_an_id(first, second):
    ids = {owner_of("header", {"X-Forwarded-User": name}, None) for name in (first, second)}
    assert len(ids) == len({first.strip(), second.strip()})


def test_a_name_in_a_header_is_not_the_subject_of_a_login():
    assert owner_of("header", {"X-Forwarded-User": "alice"}, None) != owner_of("login", {}, ALICE)


def test_issuer_and_subject_cannot_be_shifted_into_each_other():
    first = owner_of("login", {}, {"iss": "a", "sub": "bc", "is_logged_in": True})
    assert first != owner_of("login", {}, {"iss": "ab", "sub": "c", "is_logged_in": True})
