"""KML: its elements without namespaces, and the shapes they hold.

Parsed with the standard library; knows nothing of what the shapes are for.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import shapely

from raster.vector_files import Subject

Element = ElementTree.Element
Positions = list[list[float]]


def elements(path: Path, subject: Subject, name: str) -> Iterator[Element]:
    """All elements of a name, wherever they stand.

    Raises:
        UnreadableAoiError: the file is no XML, or declares what no honest KML does.
    """
    content = path.read_bytes()
    # Entities can expand without end or name other files; honest KML has no DTD.
    if b"\x00" in content or b"<!doctype" in content.lower() or b"<!entity" in content.lower():
        what = "declares a DTD or entities, or is not UTF-8"
        raise subject.unreadable(path, what, subject.renew)
    try:
        root = ElementTree.fromstring(content.decode("utf-8-sig"))  # noqa: S314 - no DTD, see above
    except ElementTree.ParseError as error:
        raise subject.unreadable(path, "is not well-formed XML", subject.renew) from error
    return (one for one in root.iter() if tag(one) == name)


def tag(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rsplit("}", maxsplit=1)[-1]


def polygon(element: Element) -> shapely.Polygon:
    """The shape of a `Polygon` in degrees.

    Raises:
        ValueError: it has no outer boundary or several, or positions that are no numbers.
    """
    shells = _rings(element, "outerBoundaryIs")
    if len(shells) != 1:
        msg = "a polygon needs exactly one outer boundary"
        raise ValueError(msg)
    return shapely.Polygon(shells[0], _rings(element, "innerBoundaryIs"))


def positions(element: Element) -> Positions:
    """Longitude and latitude of each place of the first `coordinates` in an element.

    Raises:
        ValueError: there are none, or they are no numbers.
    """
    found = _coordinates(element)
    if not found:
        msg = "a shape needs coordinates"
        raise ValueError(msg)
    return found[0]


def _rings(element: Element, boundary: str) -> list[Positions]:
    sides = (child for child in element if tag(child) == boundary)
    return [ring for side in sides for ring in _coordinates(side)]


def _coordinates(element: Element) -> list[Positions]:
    """Of every `coordinates` in an element: `lon,lat[,height]` between blanks."""
    texts = (one.text or "" for one in element.iter() if tag(one) == "coordinates")
    return [
        [[float(value) for value in xy.split(",")[:2]] for xy in text.split()] for text in texts
    ]
