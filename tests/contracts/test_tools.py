"""What every tool must keep, whatever it is asked: typed, traceable, repeatable, harmless."""

import json
import operator
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from agent.tools import registry
from agent.tools.base import Reason, Told, Wanted
from tests.agent.tools.desks import (
    HOSTILE,
    HOSTILE_AREA,
    HOSTILE_LAYER,
    Bench,
    desk_of,
    open_both,
    run_both,
)
from wording import quantities

TOOLS = registry.discover()
TABLE = [
    "describe_pair",
    "check_alignment",
    "describe_method",
    "list_results",
    "list_places",
    "detect_change",
    "count_objects",
    "measure_area",
    "measure_share",
    "measure_density",
    "measure_length",
    "average_size",
    "compare_dates",
    "compare_places",
    "rank_places",
    "locate_change",
    "find_largest",
    "relate_to_layer",
    "count_touched_features",
    "list_transitions",
    "calculate",
    "explain_fact",
    "list_exclusions",
    "list_cautions",
    "write_caption",
    "start_work",
    "check_work",
    "cancel_work",
    "write_report",
    "describe_appearance",
]
USUAL = {
    "subject": ["hut", "hut", "changed", "any"],
    "state": ["any", "any", "appeared", "vanished", "increase"],
    "place": ["aoi", "north", "northern half", "Yard West", "districts/Ostend"],
    "places": ["north", "south", "Yard West", "districts/Ostend"],
    "among": ["parts", "halves", "areas", "districts"],
    "thing": ["hut", "tree", "", "unicorn"],
    "method": ["", "cva"],
    "result": [""],
    "job": [""],
    "fact": [""],
    "question": ["How many?"],
    "operation": ["sum", "difference", "convert", "ratio"],
    "unit": ["auto", "auto", "ha", "%"],
}
TOGETHER = st.sampled_from(
    [
        {}, {}, {}, {"layer": "districts"}, {"layer": "districts", "relation": "outside"},
        {"layer": "rivers", "relation": "near", "distance_m": 60.0}, {"min_area_m2": 280.0},
        {"layer": "rivers"}, {"min_area_m2": 100, "max_area_m2": 300}, {"max_area_m2": 1e-3},
    ]
)  # fmt: skip
"""Arguments that mean something only with one another."""
ALONE = frozenset({"layer", "relation", "distance_m", "min_area_m2", "max_area_m2"})
STRANGE = ["", "huts", "building", "Ostend", HOSTILE_AREA, "../../etc/passwd", "\x00", "🏠" * 30]
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(), st.text(max_size=200),
    st.lists(st.text(max_size=5), max_size=3), st.just({"a": 1}),
)  # fmt: skip
NEVER = {
    "measure_length": {"told"},  # huts have no length
    "check_work": {"told"},  # no work was begun
    "cancel_work": {"told"},
    "describe_appearance": {"told"},  # no model that takes images is there
}
"""What a tool cannot come to here."""
WRITING = {"write_report"}
EXAMPLES = {"write_report": 6}
"""Reports take their time; everything else is asked fifty times."""


@pytest.fixture(scope="session")
def root(tmp_path_factory):
    return tmp_path_factory.mktemp("tools")


@pytest.fixture(scope="session")
def folders(root):
    return run_both(root / "huts")


@pytest.fixture(scope="session")
def cases(folders):
    return open_both(folders)


@pytest.fixture
def desk(cases, folders, root, request):
    out_dir = root / "out" / re.sub(r"\W+", "_", request.node.name)
    out_dir.mkdir(parents=True, exist_ok=True)
    return desk_of(cases, folders, out_dir, work=Bench())


def fitting(field, schema: dict[str, Any], handles):
    """Values that a part of a JSON schema allows and that mostly mean something here."""
    if field in USUAL and schema.get("type") == "string":
        return st.sampled_from(USUAL[field])
    if "anyOf" in schema:
        return st.one_of([fitting(field, one, handles) for one in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema.get("type") == "array":
        return st.lists(
            fitting(field, schema["items"], handles), min_size=1, max_size=3, unique=True
        )
    kinds = {
        "null": st.none(), "boolean": st.booleans(), "integer": st.integers(1, 5),
        "string": st.sampled_from(handles),
    }  # fmt: skip
    return kinds[schema["type"]]


def arguments_of(name, handles):
    """Arguments of a tool: two in three times they fit, else one of them is anything at all."""
    schema = TOOLS[name].Arguments.model_json_schema()
    properties, needed = schema.get("properties", {}), set(schema.get("required", ()))
    fields = {
        field: fitting(field, part, handles)
        for field, part in properties.items()
        if field not in ALONE
    }
    whole = st.fixed_dictionaries(
        {field: one for field, one in fields.items() if field in needed},
        optional={field: one for field, one in fields.items() if field not in needed},
    )
    if properties.keys() >= ALONE:
        whole = st.builds(operator.or_, whole, TOGETHER)
    elif "layer" in properties:
        whole = st.builds(operator.or_, whole, st.just({"layer": "districts"}))
    odd_field = st.sampled_from([*properties, "surprise"])
    odd = st.dictionaries(odd_field, st.one_of(st.sampled_from(STRANGE), JUNK), min_size=1)
    return st.one_of(whole, whole, st.builds(operator.or_, whole, odd))


def files_under(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def files_outside(out_dir, folder):
    found = files_under(folder).items()
    return {path: at for path, at in found if not path.is_relative_to(out_dir)}


def told_or_none(name, desk, arguments):
    try:
        return registry.call(TOOLS[name], desk, arguments)
    except ValidationError:
        return None


def test_the_tools_are_those_that_were_agreed_on():
    assert sorted(TABLE) == list(TOOLS)


@pytest.mark.parametrize("name", TABLE)
def test_a_tool_says_what_it_does_and_takes_nothing_but_what_it_names(name):
    tool = TOOLS[name]
    assert tool.summary.endswith(".")
    assert len(tool.summary) <= 400
    assert issubclass(tool.Arguments, Wanted)
    schema = tool.Arguments.model_json_schema()
    assert schema["additionalProperties"] is False
    assert json.loads(json.dumps(schema)) == schema
    with pytest.raises(ValidationError, match="Extra inputs"):
        tool.Arguments.model_validate({"surprise": 1})


@pytest.mark.parametrize("name", TABLE)
def test_whatever_it_is_asked_it_tells_or_names_the_wrong_argument(name, desk, root):
    before = files_outside(desk.out_dir, root)
    registry.call(TOOLS["list_transitions"], desk, {})
    handles = [*desk.book.found][:6]
    outcomes = set()

    @settings(max_examples=EXAMPLES.get(name, 50))
    @given(arguments=arguments_of(name, handles))
    def ask(arguments):
        told = told_or_none(name, desk, arguments)
        outcomes.add("wrong" if told is None else "told" if told.refusal is None else "refused")
        if told is not None:
            check(told, desk)

    ask()
    assert outcomes >= {"wrong", "told"} - NEVER.get(name, set())
    assert files_outside(desk.out_dir, root) == before
    assert name in WRITING or not files_under(desk.out_dir)


def check(told, desk):
    """What holds for everything any tool tells."""
    assert isinstance(told, Told)
    if told.refusal is not None:
        assert told.refusal.reason in get_args(Reason)
        assert len(told.refusal.about) <= 60
        assert told.refusal.about.isprintable()
    for one in told.facts:
        case = next(case for case in desk.cases if case.id == one.case)
        assert one.fact.inputs == tuple(entry["sha256"] for entry in case.run["inputs"])
        assert one.fact.run == case.id
        assert one.fact.method.endswith(".")
        assert set(one.items) <= {item.id for item in case.items}
        assert quantities.text(one.fact.value, one.fact.unit)
        assert desk.book.get(f"f{one.fact.id[:8]}").fact.id == one.fact.id
    if told.facts == () and not (told.files or told.plan or told.notes or told.quoted):
        assert told.refusal is not None


GOOD = {
    "compare_places": {"places": ["north", "south"]},
    "relate_to_layer": {"layer": "districts"},
    "count_touched_features": {"layer": "districts"},
    "start_work": {"kind": "count", "thing": "tree"},
    "write_report": {"format": "html"},
}
NEEDS_MORE = {"calculate", "describe_appearance", "check_work", "cancel_work", "explain_fact"}
MEASURING = [name for name in TABLE if name not in NEEDS_MORE]


@pytest.mark.parametrize("name", MEASURING)
def test_the_same_question_has_the_same_facts_in_any_dialogue(name, desk):
    first, second = (
        registry.call(TOOLS[name], replace(desk, book=type(desk.book)()), GOOD.get(name, {}))
        for _ in range(2)
    )
    assert [one.fact.id for one in first.facts] == [one.fact.id for one in second.facts]
    assert first.refusal == second.refusal


@pytest.mark.parametrize("name", [name for name in MEASURING if name not in WRITING])
def test_nothing_is_told_before_there_is_a_result(name, desk):
    told = registry.call(TOOLS[name], replace(desk, cases=()), GOOD.get(name, {}))
    assert told.facts == ()
    if name != "start_work":
        assert told.refusal.reason == "no_result"


def test_tools_side_by_side_find_what_they_find_alone(desk):
    asked = [(name, GOOD.get(name, {})) for name in MEASURING if name != "write_report"] * 3
    alone = [registry.call(TOOLS[name], desk, arguments) for name, arguments in asked]
    together = replace(desk, book=type(desk.book)(), plans=[], work=Bench())
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda one: registry.call(TOOLS[one[0]], together, one[1]), asked))
    assert [[one.fact.id for one in each.facts] for each in told] == [
        [one.fact.id for one in each.facts] for each in alone
    ]
    assert together.book.found.keys() == {
        f"f{one.fact.id[:8]}" for each in told for one in each.facts
    }
    assert len(together.plans) == 1


@pytest.mark.parametrize("name", sorted(WRITING))
def test_files_are_written_where_they_may_be_and_nowhere_else(name, desk, root):
    before = files_under(root)
    told = registry.call(TOOLS[name], desk, {"question": "../../" + HOSTILE})
    written = files_under(root).keys() - before.keys()
    assert {path.name for path in written} == set(told.files)
    assert {path.parent for path in written} == {desk.out_dir}
    assert {path: at for path, at in files_under(root).items() if path in before} == before


HOSTILE_QUESTIONS = [
    ("list_places", {}),
    ("list_results", {}),
    ("describe_pair", {}),
    ("list_cautions", {}),
    ("count_objects", {"subject": HOSTILE}),
    ("count_objects", {"place": HOSTILE_AREA}),
    ("count_objects", {"place": f"{HOSTILE_LAYER}/{HOSTILE}"}),
    ("count_objects", {"layer": HOSTILE_LAYER}),
    ("relate_to_layer", {"layer": HOSTILE_LAYER}),
    ("count_touched_features", {"layer": HOSTILE_LAYER}),
    ("rank_places", {"among": HOSTILE_LAYER}),
    ("rank_places", {"among": "areas"}),
    ("compare_places", {"places": [HOSTILE_AREA, "north"]}),
    ("explain_fact", {"fact": HOSTILE[:118]}),
    ("start_work", {"kind": "count", "thing": HOSTILE[:118]}),
    ("check_work", {"job": HOSTILE[:118]}),
    ("calculate", {"operation": "sum", "facts": [HOSTILE[:118]]}),
]


@pytest.mark.parametrize(("name", "arguments"), HOSTILE_QUESTIONS)
def test_instructions_in_names_come_back_as_quoted_data_only(name, arguments, desk, cases):
    """As a value or a region, which are shown in quotes, or as what was asked for; in no note."""
    titled = tuple(replace(case, title=HOSTILE) for case in cases)
    told = registry.call(TOOLS[name], replace(desk, cases=titled), arguments)
    assert not any("Ignore" in note for note in told.notes)
    for one in told.facts:
        for text in (one.fact.value, one.fact.region):
            if "Ignore" in str(text):
                assert quantities.text(str(text), "").startswith("“")
        assert "Ignore" not in one.fact.name
        assert "Ignore" not in one.fact.unit
    if told.refusal is not None:
        assert "Ignore" not in told.refusal.reason + told.refusal.alternative
