"""Both dates side by side, two places side by side, and what became of what.

Every number is the run's own fact where it has one.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from analysis.facts import Fact
from analysis.inquiry.case import ANY, Case, Kind, Measured, Which
from analysis.inquiry.chosen import Chosen, choose
from analysis.inquiry.kinds import CHANGED
from analysis.inquiry.measure import Quantity, area, count, quantity_of
from analysis.inquiry.unanswerable import Unanswerable
from analysis.ledger import STATES
from analysis.statistics import share_pct

MORE, LESS = frozenset({"appeared", "increase"}), frozenset({"vanished", "decrease"})
ENDINGS = ("_gain", "_loss", "_increase", "_decrease")
PARTNERS: Mapping[str, str] = {"burn": "fire", "regrowth": "fire"}
"""What a class is a change of, where its name does not say so."""

CHANGE_OF = {
    "count": "Number of the things of the later date less that of the earlier date.",
    "area": "Area of the things of the later date less that of the things of the earlier date.",
}
RELATIVE = "Change from the earlier to the later date divided by the value of the earlier date."
NET_AREA = "Area that gained less area that lost."
LESS_OF = "Value of “{}” less value of “{}”."
RATIO_OF = "Value of “{}” divided by value of “{}”."


def before_after(case: Case, which: Which, *, quantity: Quantity = "count") -> tuple[Measured, ...]:
    """Of a count: at the earlier date, at the later date, the change and, in percent, relative.

    Of a comparison, for each thing that can be told to become more or less: the area or number of
    what gained, of what lost, and the difference.

    Raises:
        Unanswerable: see `choose`; or the run does not tell in which direction things changed.
    """
    if case.kind == "comparison":
        return _gained_lost(case, which, quantity)
    every = replace(which, state=ANY)
    pre, post = (
        quantity_of(choose(case, replace(every, date=date)), quantity) for date in _both_dates()
    )
    chosen = choose(case, replace(every, date="post"))
    net = _net(chosen, pre, post, quantity)
    return (pre, post, net, *_relative(chosen, pre, net, quantity))


def difference(
    case: Case, which: Which, places: tuple[str, str], quantity: Quantity
) -> tuple[Measured, ...]:
    """The values of two places, the first less the second and, where it exists, their ratio.

    Raises:
        Unanswerable: see `choose`.
    """
    sides = [choose(case, replace(which, place=name)) for name in places]
    one, other = (quantity_of(side, quantity) for side in sides)
    names = tuple(side.place.name for side in sides)
    items = tuple(sorted({*one.items, *other.items}))
    less = one.fact.value - other.fact.value  # type: ignore[operator] # both are numbers
    made = [
        sides[0].fact(f"difference_in_{quantity}", (less, one.fact.unit), LESS_OF.format(*names))
    ]
    if other.fact.value:
        ratio = float(one.fact.value) / float(other.fact.value)
        made.append(sides[0].fact(f"ratio_of_{quantity}", (ratio, "1"), RATIO_OF.format(*names)))
    return (one, other, *(Measured(fact, items, case.id) for fact in made))


def transitions(case: Case) -> tuple[Measured, ...]:
    """Of a count the number of things of each state, of a comparison the area of each class.

    Raises:
        Unanswerable: nothing was assessed.
    """
    if case.kind == "comparison":
        return tuple(area(case, Which(kind.name)) for kind in case.kinds)
    return tuple(count(case, Which(state=state)) for state in STATES)


def _both_dates() -> tuple[Literal["pre"], Literal["post"]]:
    return "pre", "post"


def _net(chosen: Chosen, pre: Measured, post: Measured, quantity: Quantity) -> Measured:
    name = "objects_change" if quantity == "count" else "objects_area_change"
    fact = chosen.known(name)
    if fact is None:
        value = post.fact.value - pre.fact.value  # type: ignore[operator] # both are numbers
        fact = chosen.fact(name, (value, pre.fact.unit), CHANGE_OF[quantity])
    changed = choose(chosen.case, replace(chosen.which, state=CHANGED, date=None))
    return Measured(fact, changed.ids, chosen.case.id)


def _relative(
    chosen: Chosen, pre: Measured, net: Measured, quantity: Quantity
) -> tuple[Measured, ...]:
    """The change in percent of the earlier value; nothing where that is zero."""
    if not pre.fact.value:
        return ()
    pct = share_pct(float(net.fact.value), float(pre.fact.value))
    name = "objects_change_share" if quantity == "count" else "objects_area_change_share"
    return (replace(net, fact=chosen.fact(name, (pct, "%"), RELATIVE)),)


def _gained_lost(case: Case, which: Which, quantity: Quantity) -> tuple[Measured, ...]:
    chosen = choose(case, replace(which, state=ANY))
    told = [kind for kind in case.kinds if kind.state in MORE | LESS]
    if not told:
        raise Unanswerable("not_assessed", "direction")
    wanted = {_family(kind) for kind in chosen.meant.kinds}
    found: list[Measured] = []
    for family in dict.fromkeys(_family(kind) for kind in told):
        if family in wanted:
            found += _of_family(case, which, quantity, [k for k in told if _family(k) == family])
    if not found:
        raise Unanswerable("not_assessed", "direction")
    return tuple(found)


def _of_family(
    case: Case, which: Which, quantity: Quantity, kinds: list[Kind]
) -> tuple[Measured, ...]:
    """Gain, loss and the difference, as far as the run tells them."""
    sides = []
    for states in (MORE, LESS):
        for kind in kinds:
            if kind.state in states:
                asked = replace(which, change_class=kind.name, state=ANY)
                sides.append(quantity_of(choose(case, asked), quantity))
    if len(sides) != 2:
        return tuple(sides)
    gain, loss = sides
    return gain, loss, _net_of(case, which, gain, loss)


def _net_of(case: Case, which: Which, gain: Measured, loss: Measured) -> Measured:
    chosen = choose(case, replace(which, change_class=gain.fact.change_class, state=ANY))
    value = gain.fact.value - loss.fact.value  # type: ignore[operator] # both are numbers
    method = NET_AREA if gain.fact.unit == "m2" else NET_AREA.replace("rea", "mount")
    fact: Fact = chosen.fact(f"net_{gain.fact.name}", (value, gain.fact.unit), method)
    return Measured(fact, tuple(sorted({*gain.items, *loss.items})), case.id)


def _family(kind: Kind) -> str:
    """What a class is a change of, e.g. `vegetation` for its gain and its loss."""
    for ending in ENDINGS:
        if kind.name.endswith(ending):
            return kind.name.removesuffix(ending)
    return PARTNERS.get(kind.name, kind.name)
