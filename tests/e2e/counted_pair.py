"""A pair with known houses, for outlining and counting: one stays, one goes, two come."""

from tests import scenes
from tests.e2e import steps
from tests.e2e.steps import corner

SIZE = (300, 320)
# Top, left, height, width in pixels of one metre; `middle` is in the middle of the scene. They are
# large and the ground is dark, so that roofs alone are bright however a picture is stretched.
HOUSES = {
    "middle": (128, 136, 44, 48),
    "gone": (225, 150, 40, 60),
    "west": (40, 40, 44, 48),
    "east": (50, 230, 48, 44),
}
GROUND = 0.6
PRE, POST = ("middle", "gone"), ("middle", "west", "east")


def write(folder):
    """Paths of the earlier and of the later scene."""
    image = GROUND * scenes.ground(SIZE, seed=7)
    built = (scenes.with_houses(image, [HOUSES[name] for name in names]) for names in (PRE, POST))
    return scenes.write_pair(folder, *built)


def bring(page, folder, *, to):
    """Bring the pair and go to another page as soon as it is a project.

    Another pair may be on the page Scenes already: its links still lead there.
    """
    former = steps.query(page, "project")
    steps.bring(page, *write(folder))
    page.wait_for_url(lambda _url: steps.query(page, "project") not in (None, former))
    steps.go(page, to)
    steps.first_tiles(page)


def centre(house):
    """Longitude and latitude of the middle of a house."""
    top, left, height, width = HOUSES[house]
    return corner(top + height / 2, left + width / 2)


def around(house, *, margin=2):
    """Two opposite corners of a box around a house."""
    top, left, height, width = HOUSES[house]
    return corner(top - margin, left - margin), corner(top + height + margin, left + width + margin)


def area_m2(house):
    """Its area."""
    _top, _left, height, width = HOUSES[house]
    return height * width
