"""Which tool answers a question, by what it says; the first rule that holds decides.

Rules speak of concepts only, so they hold in every language.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

RULES: tuple[tuple[str, str], ...] = (
    # What must never be answered, whatever else is asked.
    ("refuse:unsupported", "ask:inject|is:beyond|is:all_but|is:unmeasured"),
    ("refuse:unsupported", "ask:other !is:measured"),
    ("refuse:unsupported", "is:layer_counted ask:count|ask:share not:any|follow:not"),
    ("list_exclusions", "ask:excluded no:cause !has:two_places"),
    ("check_work", "ask:check is:short no:outside_dates !has:thing|has:state|ask:results"),
    ("refuse:cause", "no:cause"),
    ("refuse:not_observable", "no:not_observable|no:unseen"),
    ("refuse:unsupported", "ask:supposed !is:restated"),
    (
        "refuse:not_observable",
        "maybe:not_observable !ask:share|ask:density|ask:rank|rank:most|ask:which_two",
    ),
    ("refuse:not_observable", "maybe:not_observable ask:which_two has:thing_named"),
    ("refuse:outside_dates", "no:outside_dates|is:other_year"),
    ("refuse:outside_area", "no:outside_area"),
    # Work.
    ("cancel_work", "ask:cancel !ask:count|has:state|ask:where"),
    (
        "yes",
        "ask:yes is:short !ask:caption|ask:count|ask:area|ask:share|ask:where|ask:rank|"
        "ask:largest|has:thing_named|has:state|has:place|unit:|ask:report|ask:average|ask:median|ask:net|"
        "ask:density|ask:excluded|ask:sure|ask:method|ask:compare_dates|ask:pair",
    ),
    ("no", "ask:no is:short !ask:count|ask:howmuch|ask:area|ask:share|has:thing"),
    ("check_work", "ask:check !has:layer|ask:nearest|ask:transitions|is:about_ground|ask:results"),
    ("write_report", "ask:report|format: !ask:count"),
    ("describe_appearance", "ask:appearance"),
    ("start_work", "work:run !has:state|has:place"),
    (
        "start_work",
        "work:count is:unknown_thing !ask:method|ask:explain|ask:sure|ask:excluded|ask:pair",
    ),
    ("start_work", "work:segment"),
    ("start_work", "is:first_run ask:work !ask:count|ask:where|ask:area|ask:check"),
    (
        "start_work",
        "method: ask:work|work:compare|work:count !ask:area|ask:howmuch|ask:share|ask:where",
    ),
    ("start_work", "ask:work work:compare|work:count !ask:count|ask:howmuch|ask:where"),
    (
        "start_work",
        "work:compare !has:two_places|has:state|ask:excluded|ask:sure|ask:method|ask:caption|"
        "ask:area|ask:howmuch|ask:share|ask:where|ask:largest|ask:limits",
    ),
    # About the result itself.
    ("list_cautions", "ask:limits !ask:count|ask:method|has:state|ask:where"),
    ("list_places", "ask:places !has:state|rank:most|rank:least"),
    ("list_results", "ask:results"),
    ("check_alignment", "ask:aligned"),
    ("describe_pair", "ask:pair !ask:method|ask:excluded|ask:count|has:thing_named"),
    ("describe_method", "ask:method !ask:explain"),
    ("explain_fact", "ask:explain"),
    ("list_exclusions", "ask:excluded !has:two_places"),
    ("list_cautions", "ask:sure"),
    (
        "help",
        "ask:help !has:thing|has:state|ask:count|ask:area|has:place|has:layer|follow:|ask:share|"
        "ask:where|ask:caption|ask:rank|ask:largest|ask:smallest|unit:|ask:which_two",
    ),
    # Numbers.
    ("write_caption", "ask:captioned !has:place|ask:count|ask:share|ask:area"),
    (
        "list_transitions",
        "has:opposites is:counted ask:count !has:place|ask:net|ask:compare_dates|calc:",
    ),
    ("find_largest", "by:howmuch has:grown is:counted"),
    ("compare_dates", "date:pre date:post is:counted !has:state|ask:share|ask:rank|has:two_places"),
    ("list_transitions", "has:three_states !has:place|has:layer|calc:sum|calc:difference"),
    ("farther", "is:farther"),
    ("compare_dates", "ask:net !has:two_places|has:layer|rank:most|rank:least"),
    ("calculate", "calc:ratio|calc:sum|calc:difference has:two_states"),
    (
        "compare_places",
        "has:two_places",
    ),
    ("count_touched_features", "has:layer is:layer_counted !rank:most|rank:least|rank:strong"),
    ("rank_places", "has:layer ask:rank rank:most|rank:least|rank:strong"),
    ("relate_to_layer", "has:layer relation:near|relation:touches|relation:outside|ask:nearest"),
    ("rank_places", "has:layer ask:rank"),
    ("rank_places", "has:layer rank:most|rank:least !is:near"),
    ("relate_to_layer", "has:layer relation:within"),
    ("count_touched_features", "has:layer ask:touched|is:layer_with"),
    (
        "rank_places",
        "has:feature rank:most|rank:least !relation:within|ask:where|ask:where_most|ask:largest|"
        "ask:smallest|ask:count",
    ),
    ("rank_places", "ask:rank"),
    ("rank_places", "rank:halves rank:most|rank:least"),
    ("rank_places", "rank:most|rank:least relation:within !ask:largest|ask:smallest|ask:where"),
    ("measure_density", "ask:density"),
    ("average_size", "ask:average|ask:median"),
    ("measure_length", "ask:length"),
    ("compare_dates", "ask:compare_dates"),
    ("measure_share", "ask:share"),
    ("compare_dates", "is:both_years !has:state"),
    (
        "count_objects",
        "ask:yesno has:size !ask:largest|ask:smallest|ask:where|ask:area|ask:howmuch",
    ),
    ("locate_change", "ask:transitions ask:where has:thing_named"),
    ("list_transitions", "ask:transitions"),
    ("compare_dates", "has:opposites"),
    ("find_largest", "ask:largest|ask:smallest|has:rank|has:k"),
    ("compare_dates", "is:counted is:two_way ask:yesno|ask:count|ask:howmuch"),
    ("count_objects", "ask:count"),
    ("count_objects", "work:count date:pre|date:post !ask:work|work:run"),
    ("locate_change", "ask:where|ask:where_most"),
    ("count_objects", "ask:howmuch is:counted !ask:area|unit:m2|unit:ha|unit:km2"),
    ("measure_area", "ask:area|ask:howmuch"),
    ("compare_dates", "date:pre date:post"),
    ("count_objects", "work:count has:thing"),
    ("list_transitions", "ask:caption is:two_way has:thing"),
    ("find_largest", "ask:each has:state|has:thing|follow:those|by:area !has:layer"),
    (
        "measure_area",
        "unit:m2|unit:ha|unit:km2 has:state|has:thing !has:size|follow:|ask:yesno|ask:share",
    ),
    ("write_caption", "ask:caption !has:place|has:thing_named"),
    ("detect_change", "ask:check has:place"),
    ("detect_change", "ask:caption|ask:yesno has:thing|has:state|ask:caption"),
)


@dataclass(frozen=True)
class Rule:
    """A rule: every group has a concept that is there, and no barred one is.

    Attributes:
        intent: what it decides.
        groups: concepts of which one each must be there.
        barred: concepts that must not be.
    """

    intent: str
    groups: tuple[tuple[str, ...], ...]
    barred: tuple[str, ...]


def decide(concepts: Collection[str]) -> str:
    """The intent of a question that says these concepts, else nothing."""
    return next((rule.intent for rule in _rules() if _holds(rule, concepts)), "")


def _holds(rule: Rule, concepts: Collection[str]) -> bool:
    return all(_any(group, concepts) for group in rule.groups) and not _any(rule.barred, concepts)


def _any(wanted: tuple[str, ...], concepts: Collection[str]) -> bool:
    """Whether one is there; `method:` is any of that kind."""
    return any(
        one in concepts or (one.endswith(":") and any(said.startswith(one) for said in concepts))
        for one in wanted
    )


@lru_cache(maxsize=1)
def _rules() -> tuple[Rule, ...]:
    return tuple(_rule(intent, text) for intent, text in RULES)


def _rule(intent: str, text: str) -> Rule:
    """`a b|c !d|e`: a, and b or c, and neither d nor e."""
    words = text.split()
    groups = tuple(tuple(word.split("|")) for word in words if not word.startswith("!"))
    barred = [word.removeprefix("!").split("|") for word in words if word.startswith("!")]
    return Rule(intent, groups, tuple(one for group in barred for one in group))
