"""A thing that is gone is not kept for its garden; one that stayed is not lost for the light."""

import numpy as np
import pytest

from inference.counting.second_look import ALIKE, Seen, look
from raster.instances import Instance
from tests import scenes
from tests.pictures import picture

SIZE = (300, 320)
HOUSE = (225, 40, 44, 48)
OTHERS = ((128, 136, 44, 48), (40, 40, 44, 48), (50, 230, 48, 44))
BLIND = np.zeros(SIZE, np.uint8)
"""A counter that sees nothing, so that pictures alone decide."""


def date(houses, *, gain=0.6, offset=0.0, shift=(0, 0), support=BLIND, valid=None):
    """A date with houses on one and the same ground."""
    image = scenes.with_houses(0.6 * scenes.ground(SIZE, seed=7), houses) * (gain / 0.6) + offset
    return Seen(picture(np.roll(image, shift, axis=(1, 2)), valid=valid), support)


def thing(house=HOUSE):
    top, left, height, width = house
    return Instance(top, left, np.ones((height, width), bool), 0.9)


def test_a_roof_that_is_gone_is_absent_though_its_garden_stayed():
    found = look(thing(), date([HOUSE, *OTHERS]), date(OTHERS))
    assert found.verdict == "absent"
    assert found.likeness < 0.7 * ALIKE


def test_a_new_roof_is_absent_before_as_well():
    assert look(thing(), date([HOUSE, *OTHERS]), date(OTHERS)).likeness == pytest.approx(
        look(thing(), date([HOUSE]), date([])).likeness, abs=0.02
    )


@pytest.mark.parametrize(
    ("gain", "offset", "shift"),
    [(0.6, 0, (0, 0)), (0.4, 30, (1, 1)), (0.8, -10, (-2, 1)), (0.3, 90, (0, 2))],
)
def test_a_roof_that_stayed_is_present_in_another_light(gain, offset, shift):
    other = date([HOUSE, *OTHERS], gain=gain, offset=offset, shift=shift)
    assert look(thing(), date([HOUSE, *OTHERS]), other).verdict == "present"


def test_support_alone_is_enough_and_both_count_together():
    own, gone = date([HOUSE]), date([])
    alike = look(thing(), own, gone).likeness
    for share, verdict in ((0.1, "absent"), (0.4, "present")):
        support = np.full(SIZE, round(255 * share), np.uint8)
        assert look(thing(), own, date([], support=support)).verdict == verdict
    assert 0.1 / 0.35 + alike / ALIKE < 1


def test_what_the_other_date_does_not_show_is_not_judged():
    valid = np.ones(SIZE, bool)
    valid[HOUSE[0] - 5 :] = False
    assert look(thing(), date([HOUSE]), date([HOUSE], valid=valid)).verdict == "not seen"
