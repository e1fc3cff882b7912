import pytest

from agent.tools import registry


def ask(desk, name, **arguments):
    return registry.call(registry.discover()[name], desk, arguments)


@pytest.fixture
def handles(desk):
    """Of huts that appeared, of huts that vanished, and of changed ground."""
    found = [
        ask(desk, "count_objects", subject="hut", state="appeared"),
        ask(desk, "count_objects", subject="hut", state="vanished"),
        ask(desk, "measure_area", subject="changed"),
    ]
    return [f"f{one.facts[0].fact.id[:8]}" for one in found]


@pytest.mark.parametrize(
    ("operation", "value"), [("sum", 5), ("difference", 1), ("ratio", 1.5), ("percent_of", 150)]
)
def test_facts_are_calculated_with(desk, handles, operation, value):
    told = ask(desk, "calculate", operation=operation, facts=handles[:2])
    assert told.facts[0].fact.value == pytest.approx(value)


def test_a_result_can_be_calculated_with_again(desk, handles):
    first = ask(desk, "calculate", operation="sum", facts=handles[:2]).facts[0].fact
    again = ask(desk, "calculate", operation="sum", facts=[f"f{first.id[:8]}", handles[0]])
    assert again.facts[0].fact.value == 8


def test_units_that_do_not_fit_are_refused_in_one_sentence(desk, handles):
    told = ask(desk, "calculate", operation="sum", facts=[handles[0], handles[2]])
    assert told.refusal.reason == "unsupported"
    assert told.facts == ()
    assert told.quoted[0].endswith(".")


def test_a_fact_is_converted(desk, handles):
    told = ask(desk, "calculate", operation="convert", facts=[handles[2]], unit="ha")
    area = desk.book.get(handles[2]).fact
    assert told.facts[0].fact.unit == "ha"
    assert told.facts[0].fact.value == pytest.approx(area.value / 1e4)
    assert told.facts[0].fact.inputs == area.inputs


def test_a_fact_that_was_not_found_is_no_operand(desk, handles):
    told = ask(desk, "calculate", operation="sum", facts=[handles[0], "f00000000"])
    assert told.refusal.about == "f00000000"
