"""The one way to call a tool, and what becomes of everything that can go wrong in one."""

import pytest
from pydantic import ValidationError

from agent.tools import registry
from agent.tools.base import Refusal, Told, Wanted
from agent.tools.choosing import declined
from agent.tools.registry import Tool, call, discover
from analysis.inquiry.arithmetic import ArithmeticRefused
from analysis.inquiry.case import Measured
from analysis.inquiry.state import Unanswerable
from errors import InputError


class Nothing(Wanted):
    pass


def tool(run):
    return Tool("test", "For tests.", Nothing, run)


def raising(error):
    def run(desk, wanted):
        raise error

    return tool(run)


def test_tools_are_looked_for_once_and_cannot_be_changed():
    assert discover() is discover()
    assert list(discover()) == sorted(discover())
    with pytest.raises(TypeError):
        discover()["count_objects"] = None


def test_modules_that_tools_share_are_no_tools():
    shared = {"base", "registry", "asked", "choosing", "answering", "planned", "slotted", "stated"}
    assert not shared & discover().keys()


def test_what_a_tool_told_can_be_named_from_then_on(desk):
    fact = desk.cases[0].facts[0]
    told = call(tool(lambda desk, wanted: Told((Measured(fact),))), desk, {})
    assert desk.book.get(f"f{fact.id[:8]}").fact is fact
    assert told.facts[0].fact is fact


@pytest.mark.parametrize(
    ("error", "refusal", "quoted"),
    [
        (declined("ambiguous", "a\tb", ("c",)), Refusal("ambiguous", "a b", ("c",)), ()),
        (
            Unanswerable("outside_area", "x" * 99, ("north",)),
            Refusal("outside_area", "x" * 59 + "…", ("north",)),
            (),
        ),
        (ArithmeticRefused("No\x00 sum."), Refusal("unsupported"), ("No sum.",)),
        (
            InputError("It is\nwrong.", hint="Do it right."),
            Refusal("not_allowed"),
            ("It is wrong. Do it right.",),
        ),
    ],
)
def test_what_cannot_be_answered_is_a_refusal(desk, error, refusal, quoted):
    told = call(raising(error), desk, {})
    assert told == Told(refusal=refusal, quoted=quoted)
    assert desk.book.found == {}


def test_a_fault_of_ours_is_not_hidden(desk):
    with pytest.raises(ZeroDivisionError):
        call(raising(ZeroDivisionError()), desk, {})


@pytest.mark.parametrize("arguments", [{"surprise": 1}, {"": None}])
def test_arguments_that_do_not_fit_never_reach_the_tool(desk, arguments):
    with pytest.raises(ValidationError):
        call(raising(AssertionError("It was called.")), desk, arguments)


def test_every_tool_is_found_by_its_module():
    assert all(registry.discover()[name].name == name for name in registry.discover())
