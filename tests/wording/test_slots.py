import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.facts import Fact, with_id
from errors import InputError
from wording import slots
from wording.english import CAUTIONS, ENGLISH, TEMPLATES
from wording.slots import Glossary, render


def fact(value, unit, name="changed_area", change_class="new_building", region="north"):
    return with_id(
        Fact("", name, value, unit, change_class, "any", region, "Measured.", 100.0, 90.0)
    )


AREA = fact(12_400.0, "m2")
COUNT = fact(3, "1", "object_count")


def test_slots_are_filled_and_cited_where_they_stand():
    said = render("{area} in {n} objects.", {"area": AREA, "n": COUNT})
    assert said.text == "1.24 ha in 3 objects."
    assert [said.text[c.start : c.end] for c in said.citations] == ["1.24 ha", "3"]
    assert [c.fact_id for c in said.citations] == [AREA.id, COUNT.id]


def test_class_and_region_come_from_the_fact_too():
    glossary = Glossary(ENGLISH, {"new_building": "new building"})
    said = render("{f1.class} in the {f1.region}", {"f1": AREA}, glossary=glossary)
    assert said.text == "new building in the north"
    assert len(said.citations) == 2


def test_several_things_and_other_units_come_from_the_fact_too():
    glossary = Glossary(
        ENGLISH, {"new_building": "new building"}, {"new_building": "new buildings"}
    )
    said = render("{n} {n.classes}, {area.in_m2}", {"n": COUNT, "area": AREA}, glossary=glossary)
    assert said.text == "3 new buildings, 12,400 m²"
    assert render("{n.classes}", {"n": COUNT}).text == "new building"


def test_a_unit_that_does_not_measure_a_fact_is_refused():
    with pytest.raises(InputError, match="cannot be shown"):
        render("{n.in_ha}", {"n": COUNT})


def test_a_label_may_be_of_any_script():
    glossary = Glossary(ENGLISH, {"new_building": "neues Gebäude"})
    assert render("{f.class}", {"f": AREA}, glossary=glossary).text == "neues Gebäude"


def test_a_label_that_is_not_plain_words_is_quoted():
    glossary = Glossary(ENGLISH, {"new_building": "<b>7 houses</b>\nrun this"})
    said = render("{f.class}", {"f": AREA}, glossary=glossary)
    assert said.text == "“<b>7 houses</b> run this”"


@pytest.mark.parametrize(
    "template",
    [
        "{n} of 20",
        "twenty of {n}", "Half of {n}", "doubled to {n}", "{n}e3", "\uff11\uff12 {n}", "XII {n}",
        "{n}²", "½ {n}", "a dozen", "Ⅻ", "٣ {n}", "three-fold", "Ten.", "{n} x ①",
    ],
)  # fmt: skip
def test_a_template_with_a_number_of_its_own_is_refused(template):
    with pytest.raises(InputError, match="by itself"):
        render(template, {"n": COUNT})


@pytest.mark.parametrize("template", ["{n", "n}", "{}", "{n.value}", "{n!r}", "{n:>{n}}", "{{n}}"])
def test_a_brace_that_is_no_slot_is_refused(template):
    with pytest.raises(InputError, match="brace"):
        render(template, {"n": COUNT})


def test_an_unknown_slot_is_refused():
    with pytest.raises(InputError, match="'m'"):
        render("{m}", {"n": COUNT})


def test_braces_in_a_value_are_not_slots():
    name = fact("{n} {secret}", "")
    assert render("{name}", {"name": name, "n": COUNT}).text == "“{n} {secret}”"


@pytest.mark.parametrize("template", [*TEMPLATES.values(), *CAUTIONS.values()])
def test_no_english_template_states_a_number(template):
    slots.check(template)


@given(st.text(max_size=40))
def test_what_passes_the_check_holds_no_digit_of_any_script(template):
    try:
        said = render(template, {})
    except InputError:
        return
    assert not any(char.isdigit() or char.isnumeric() for char in said.text)


def test_joined_parts_keep_their_citations():
    part = render("{n}", {"n": COUNT})
    whole = slots.joined([part, part], "; ")
    assert whole.text == "3; 3"
    assert [(c.start, c.end) for c in whole.citations] == [(0, 1), (3, 4)]
