"""Words for counts, areas, shares, densities and both dates. Every number is a slot."""

from agent.planner.say import ANY, Say, joined
from analysis.inquiry.case import Measured

PLAIN_CLASSES = frozenset({ANY, "changed"})
DATES = frozenset({"pre", "post"})
COUNTS = ("object_count",)


def count(say: Say) -> str:
    """How many, of which kind, where."""
    found = _count(say)
    return _counted(say, found) if found else ""


def related(say: Say) -> str:
    """How many lie so to a layer, and how far the nearest is."""
    distance = say.named("distance_to_feature")
    layer = say.quoted(str(say.frame.arguments.get("layer", "")), "the_layer")
    nearest = say.text("nearest", distance=say.slot(distance), layer=layer) if distance else ""
    return joined([count(say), nearest])


def change(say: Say) -> str:
    """Whether anything changed: its area and how many objects, or what came and went."""
    ground = say.named("changed_area")
    if ground is None:
        return dates(say) if say.named("objects_pre") else count(say)
    number = _count(say)
    # Part of an object may reach into a place that holds the centre of none.
    has_both = bool(ground.fact.value) and number is not None and bool(number.fact.value)
    return joined([area(say), count(say) if has_both else ""])


def area(say: Say) -> str:
    """How much ground."""
    found = say.named("changed_area") or next(iter(say.starting("objects_area_")), None)
    if found is None:
        return count(say)
    fact = found.fact
    words = {
        "a": say.slot(found), "what": say.what(found), "where": say.where(found),
        "near": say.near(), "of_assessed": say.assessed("of_assessed"), "sized": say.sized(),
    }  # fmt: skip
    if fact.name == "changed_area":
        kind = "changed" if fact.change_class in PLAIN_CLASSES else "class"
        return say.text(f"area.{kind}{'' if fact.value else '.none'}", **words)
    word = fact.name.removeprefix("objects_area_")
    name = f"area.{word}" if say.has(f"area.{word}") else "area.other"
    return say.text(name, **words)


def share(say: Say) -> str:
    """A part in percent of a whole."""
    found = next((one for one in say.facts if one.fact.unit == "%"), None)
    if found is None:
        return count(say)
    words = {"p": say.slot(found), "what": say.what(found), "where": say.where(found)}
    words |= {"that": say.that()}
    return say.text(_share_sentence(say, found), **words)


def _share_sentence(say: Say, found: Measured) -> str:
    fact = found.fact
    is_plain = fact.change_class in PLAIN_CLASSES
    state = say.frame.arguments.get("state")
    if fact.name == "changed_share":
        return "share.changed" if is_plain else "share.class"
    if fact.name == "share_of_change":
        if is_plain:
            return "share.of_change"
        return "share.of_change.class" if fact.region == "aoi" else "share.of_class"
    if fact.name == "share_of_objects":
        if state in {"appeared", "vanished"} and not is_plain:
            return f"share.{state}"
        return "share.of_objects" if fact.region == "aoi" else "share.of_objects.there"
    return "share.things"


def density(say: Say) -> str:
    """Things for each square kilometre."""
    found = next((one for one in say.facts if one.fact.unit == "1/km2"), None)
    if found is None:
        return count(say)
    name = "density.found" if found.fact.change_class in PLAIN_CLASSES else "density"
    return say.text(
        name, d=say.slot(found), what=say.what(found), where=say.where(found), that=say.that()
    )


def length(say: Say) -> str:
    """How long in all."""
    lengths = (one for one in say.facts if one.fact.unit in {"m", "km"})
    found = next((one for one in lengths if one.fact.name != "distance_asked"), None)
    if found is None:
        return ""
    return say.text("length", l=say.slot(found), what=say.what(found), where=say.where(found))


def average(say: Say) -> str:
    """A usual size, and of how many; their number where there are none."""
    found = next((one for one in say.facts if "_object_area" in one.fact.name), None)
    if found is None:
        return count(say)
    number = _count(say)
    statistic = "median" if found.fact.name.startswith("median") else "mean"
    name = f"{statistic}.found" if found.fact.change_class in PLAIN_CLASSES else statistic
    words = {"a": say.slot(found), "what": say.what(found), "where": say.where(found)}
    basis = say.counted("basis", number.fact, n=say.slot(number)) if number else ""
    words |= {"near": say.near(), "that": say.that(), "sized": say.sized()}
    return joined([say.text(name, **words), basis])


def dates(say: Say) -> str:
    """Both dates and the change between them."""
    pre = say.named("objects_pre", "objects_area_pre")
    post = say.named("objects_post", "objects_area_post")
    if pre is None or post is None:
        return _directed(say)
    kind = "area" if pre.fact.unit == "m2" else "count"
    text = say.text(f"dates.{kind}", pre=say.slot(pre), post=say.slot(post),
                    what=say.what(pre), where=say.where(pre))  # fmt: skip
    text += _net(say, pre, post) + "."
    came, went = say.named("objects_appeared"), say.named("objects_vanished")
    if came and went:
        slots = {"came": say.slot(came), "went": say.slot(went)}
        return joined([text, say.text("dates.came_went", **slots)])
    return text


def _net(say: Say, pre: Measured, post: Measured) -> str:
    others = [one for one in say.facts if one not in (pre, post)]
    net = next((one for one in others if _is_net(one.fact.name)), None)
    relative = next((one for one in others if one.fact.unit == "%"), None)
    text = say.text("dates.net", net=say.slot(net)) if net else ""
    return text + (say.text("dates.relative", pct=say.slot(relative)) if relative else "")


def _is_net(name: str) -> bool:
    return name.endswith("_change") or "net" in name or name.endswith("difference")


def _directed(say: Say) -> str:
    """Increase, decrease and net of a comparison with a direction."""
    gain = next((one for one in say.facts if one.fact.state in {"increase", "appeared"}), None)
    loss = next((one for one in say.facts if one.fact.state in {"decrease", "vanished"}), None)
    net = next((one for one in say.facts if _is_net(one.fact.name)), None)
    if gain and loss and net:
        return say.text("dates.direction", gain=say.slot(gain), loss=say.slot(loss),
                        net=say.slot(net), where=say.where(gain))  # fmt: skip
    return transitions(say)


def transitions(say: Say) -> str:
    """A table in one sentence."""
    rows = [one for one in say.facts if one.fact.name not in {"valid_area", "aoi_area"}]
    shown = [one for one in rows if one.fact.value] or rows[:1]
    items = [_row(say, one) for one in shown]
    if not items:
        return ""
    if rows[0].fact.name.startswith("objects_"):
        return say.text("transitions.things", what=say.what(rows[0]), items=say.listed(items))
    return say.text("transitions", items=say.listed(items))


def _row(say: Say, row: Measured) -> str:
    word = row.fact.name.removeprefix("objects_").removeprefix("area_")
    for state in (word, row.fact.state):
        if row.fact.name.startswith("objects_") and say.has(f"state.{state}"):
            words = say.text(f"state.{state}")
            return say.text("transition.state", n=say.slot(row), state=words)
    return say.text("transition.class", n=say.slot(row), what=say.what(row))


def result(say: Say) -> str:
    """The result of a sum."""
    return say.text("result", n=say.slot(say.facts[0])) if say.facts else ""


def _count(say: Say) -> Measured | None:
    """The count among the facts."""
    counts = [one for one in say.facts if one.fact.unit == "1"]
    return counts[0] if counts else None


def _counted(say: Say, found: Measured) -> str:
    fact = found.fact
    is_one = say.speech.language.plural(float(fact.value)) == "one"
    words = {
        "n": say.slot(found), "what": say.what(found, is_one=is_one), "where": say.where(found),
        "near": say.near(), "assessed": say.assessed(), "sized": say.sized(),
    }  # fmt: skip
    if fact.name in COUNTS:
        kind = "found" if fact.change_class in PLAIN_CLASSES else "class"
        return say.counted(f"count.{kind}", fact, **words)
    word = fact.name.removeprefix("objects_")
    name = f"count.{word}" if say.has(f"count.{word}.other") else "count.changed"
    return say.counted(name, fact, **words)
