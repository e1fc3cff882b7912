"""Words for places: where, how they differ, which comes first, what is the largest."""

from agent.planner.say import PARTS, Say, joined
from agent.planner.word_numbers import PLAIN_CLASSES, count
from analysis.inquiry.case import HALVES, Measured
from analysis.regions import REGIONS

MOST_LISTED = 5


def compared(say: Say) -> str:
    """Both values, the difference and the ratio; of more places the values."""
    aside = {"valid_area", "aoi_area", "difference", "ratio"}
    found = [one for one in say.facts if one.fact.name not in aside]
    values = [one for one in found if one.fact.unit in {"1", "m2", "ha", "km2"}
              and "difference" not in one.fact.name and "ratio" not in one.fact.name]  # fmt: skip
    if len(values) < 2:
        return count(say)
    first, second = values[:2]
    text = say.text("places.both", left=say.slot(first), there=_place(say, first),
                    right=say.slot(second), here=_place(say, second))  # fmt: skip
    if first.fact.change_class not in PLAIN_CLASSES:
        text = say.text("places.things", what=say.what(first)) + text
    return text + _how_different(say, first, second) + "."


def _how_different(say: Say, first: Measured, second: Measured) -> str:
    others = [one for one in say.facts if one not in (first, second)]
    gap = next((one for one in others if "difference" in one.fact.name), None)
    ratio = next((one for one in others if "ratio" in one.fact.name), None)
    text = say.text("places.difference", difference=say.slot(gap)) if gap else ""
    return text + (say.text("places.ratio", ratio=say.slot(ratio)) if ratio else "")


def ranked(say: Say) -> str:
    """The first place, and those that come next."""
    rows = [one for one in say.facts if one.fact.name not in {"valid_area", "aoi_area"}]
    if not rows:
        return ""
    first, *rest = rows
    least = bool(say.frame.arguments.get("least"))
    if not least and not first.fact.value:
        return say.text("rank.none", n=say.slot(first), place=_place(say, first))
    heading = say.text("rank.least" if least else "rank.most",
                       place=_place(say, first), n=say.slot(first))  # fmt: skip
    shown = [one for one in rest if least or one.fact.value][: MOST_LISTED - 1]
    items = [say.text("rank.place", place=_place(say, one), n=say.slot(one)) for one in shown]
    return joined([heading, say.text("rank.then", places=say.listed(items)) if items else ""])


def _place(say: Say, measured: Measured) -> str:
    return say.where(measured, prefix="in")


def located(say: Say) -> str:
    """The main part, its share, the centre and the box."""
    main = say.named("main_location")
    share = next((one for one in say.facts if one.fact.unit == "%"), None)
    centre = next((one for one in say.facts if "centre" in one.fact.name), None)
    if main is None:
        none = next((one for one in say.facts if one.fact.name != "valid_area"), None)
        words = {"n": say.slot(none), "where": say.where(none)} if none else {}
        return say.text("where.none", assessed=say.assessed(), **words) if none else ""
    return joined([_main(say, main, share), _centre(say, centre), _box(say)])


def _main(say: Say, main: Measured, share: Measured | None) -> str:
    if share is None:
        return say.text("where.only", main=say.slot(main))
    name = "where.main" if float(share.fact.value) > 50 else "where.largest"
    return say.text(name, main=say.slot(main), share=say.slot(share))


def _centre(say: Say, centre: Measured | None) -> str:
    is_part = centre is not None and str(centre.fact.value) in PARTS
    return say.text("where.centre", centre=say.slot(centre)) if centre and is_part else ""


def _box(say: Say) -> str:
    sides = {
        side: next((one for one in say.facts if one.fact.name.endswith(side)), None)
        for side in ("west", "south", "east", "north")
    }
    found = {side: say.slot(one) for side, one in sides.items() if one is not None}
    return say.text("where.box", **found) if len(found) == len(sides) else ""


def largest(say: Say) -> str:
    """One thing or several by size, each with its place."""
    rows = [one for one in say.facts if "object_area" in one.fact.name]
    if not rows:
        return count(say)
    arguments = say.frame.arguments
    first = rows[0]
    is_plain = first.fact.change_class in PLAIN_CLASSES
    of = "" if is_plain else say.text("largest.of", what=say.what(first), that=say.that())
    if int(arguments.get("rank") or 1) > 1:
        return say.text("ranked", what_of=of, a=say.slot(first), where=say.where(first))
    name = "smallest" if arguments.get("smallest") else "largest"
    if len(rows) == 1:
        return say.text(name, what_of=of, a=say.slot(first), where=say.where(first))
    items = [say.text("largest.item", a=say.slot(one), where=say.where(one)) for one in rows]
    return say.text(f"{name}.several", what_of=of, items=say.text("semicolon").join(items))


def touched(say: Say) -> str:
    """How many features of a layer hold change."""
    number = next((one for one in say.facts if one.fact.unit == "1"), None)
    share = next((one for one in say.facts if one.fact.unit == "%"), None)
    if number is None:
        return ""
    layer = say.quoted(str(say.frame.arguments.get("layer", "")), "the_layer")
    text = say.counted("touched", number.fact, n=say.slot(number), layer=layer)
    text += say.text("touched.share", share=say.slot(share)) if share else ""
    return text + say.text("touched.end")


def known_places(say: Say) -> str:
    """Which places there are; parts and halves are not listed one by one."""
    built_in = {*REGIONS, *HALVES, "aoi"}
    named = [one for one in say.facts if str(one.fact.value) not in built_in]
    items = [say.slot(one) for one in named[: 2 * MOST_LISTED]]
    text = say.text("places")
    text += say.text("places.named", items=say.listed(items)) if items else say.text("places.end")
    return text
