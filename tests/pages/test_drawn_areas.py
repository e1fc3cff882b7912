from hypothesis import given
from hypothesis import strategies as st

from pages._ui.drawn_areas import merged


def collection(areas):
    features = [
        {"type": "Feature", "properties": {"id": found, "name": name}, "geometry": {}}
        for found, name in areas.items()
    ]
    return {"type": "FeatureCollection", "features": features}


def names(areas):
    return {area["properties"]["id"]: area["properties"]["name"] for area in areas["features"]}


def merge(base, mine, theirs):
    return names(merged(collection(base), collection(mine), collection(theirs)))


some = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["x", "y"]))


@given(some, some)
def test_one_sides_changes_alone_are_taken_as_they_are(base, changed):
    assert merge(base, changed, base) == changed
    assert merge(base, base, changed) == changed


@given(some, some, some)
def test_nothing_that_either_side_drew_is_lost(base, mine, theirs):
    both = merge(base, mine, theirs)
    assert {found for found in mine if found not in base} <= both.keys()
    assert {found for found in theirs if found not in base} <= both.keys()


@given(some, some, some)
def test_only_what_a_side_deleted_and_no_side_changed_is_gone(base, mine, theirs):
    both = merge(base, mine, theirs)
    for found in (mine.keys() | theirs.keys()) - both.keys():
        assert found in base
        assert mine.get(found, base[found]) == theirs.get(found, base[found]) == base[found]


def test_what_both_changed_is_as_it_is_here():
    assert merge({"a": "old"}, {"a": "here"}, {"a": "there"}) == {"a": "here"}


def test_what_one_deleted_and_the_other_changed_stays():
    assert merge({"a": "old"}, {}, {"a": "there"}) == {"a": "there"}
    assert merge({"a": "old"}, {"a": "here"}, {}) == {"a": "here"}


def test_what_both_left_alone_and_one_deleted_goes():
    assert merge({"a": "old", "b": "old"}, {"b": "old"}, {"a": "old", "b": "old"}) == {"b": "old"}
    assert merge({"a": "old"}, {"a": "old"}, {}) == {}
