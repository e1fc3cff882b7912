"""Shapes out of KML, with and without namespaces, and what no honest file holds."""

import pytest

from errors import UnreadableAoiError
from raster import kml
from raster.vector_files import Subject

FILE = Subject("The file", "Convert it.", "Export it again.")
SQUARE = "0,0 0,4,10 4,4 4,0 0,0"
HOLE = "1,1 1,2 2,2 2,1 1,1"


def written(folder, body, head='<kml xmlns="http://www.opengis.net/kml/2.2">', tail="</kml>"):
    path = folder / "a.kml"
    path.write_text(f"{head}{body}{tail}", encoding="utf-8")
    return path


def side(name, *rings):
    found = "".join(f"<LinearRing><coordinates>{ring}</coordinates></LinearRing>" for ring in rings)
    return f"<{name}>{found}</{name}>"


def first(folder, body, name="Polygon", **ends):
    return next(kml.elements(written(folder, body, **ends), FILE, name))


@pytest.mark.parametrize("head", ["<kml>", '<kml xmlns="http://www.opengis.net/kml/2.2">'])
def test_a_polygon_has_its_holes_and_no_height(tmp_path, head):
    inner = side("innerBoundaryIs", HOLE)
    body = f"<Polygon>{side('outerBoundaryIs', SQUARE)}{inner}</Polygon>"
    found = kml.polygon(first(tmp_path, body, head=head))
    assert found.area == 15
    assert not found.has_z


@pytest.mark.parametrize(
    "body", ["<Polygon/>", f"<Polygon>{side('outerBoundaryIs', SQUARE, HOLE)}</Polygon>"]
)
def test_a_polygon_without_one_outer_boundary_is_refused(tmp_path, body):
    with pytest.raises(ValueError, match="exactly one outer boundary"):
        kml.polygon(first(tmp_path, body))


def test_a_line_is_its_positions_and_without_them_refused(tmp_path):
    body = "<LineString><coordinates>1,2 3,4</coordinates></LineString><Point/>"
    assert kml.positions(first(tmp_path, body, "LineString")) == [[1, 2], [3, 4]]
    with pytest.raises(ValueError, match="coordinates"):
        kml.positions(first(tmp_path, body, "Point"))


@pytest.mark.parametrize(
    "head", ["<!DOCTYPE kml><kml>", '<!doctype kml [<!ENTITY a "b">]><kml>', "<kml>\0"]
)
def test_what_honest_files_never_hold_is_refused(tmp_path, head):
    with pytest.raises(UnreadableAoiError, match="DTD") as caught:
        first(tmp_path, "<Polygon/>", head=head)
    assert caught.value.hint == FILE.renew


def test_broken_xml_is_refused(tmp_path):
    with pytest.raises(UnreadableAoiError, match="well-formed"):
        first(tmp_path, "<Polygon>", tail="")
