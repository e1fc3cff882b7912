import xml.etree.ElementTree as ET  # our own picture

from benchmarks.accuracy.picture import PANEL_H, Line, Panel, drawn

SVG = "{http://www.w3.org/2000/svg}"


def tree(*panels, names=("cva", "auto")):
    return ET.fromstring(drawn([panels], names))  # noqa: S314


def panel(*values, name="cva", top=1.0):
    levels = tuple(str(at) for at in range(len(values)))
    return Panel("F1: <shift>", levels, (Line(name, values),), top)


def dots(picture):
    return [(float(dot.get("cx")), float(dot.get("cy"))) for dot in picture.iter(f"{SVG}circle")]


def test_heights_follow_values_and_levels_are_evenly_spaced():
    (x0, y0), (x1, y1), (x2, y2) = dots(tree(panel(0.0, 0.5, 1.0)))
    assert (y0 - y1, y1 - y2) == (PANEL_H / 2, PANEL_H / 2)
    assert x1 - x0 == x2 - x1 > 0


def test_a_missing_value_leaves_a_gap_and_one_beyond_the_edge_stays_inside():
    picture = tree(panel(0.1, None, 5.0, top=0.1))
    assert len(dots(picture)) == 2
    assert dots(picture)[0][1] == dots(picture)[1][1]


def test_titles_are_text_whatever_they_hold():
    texts = [text.text for text in tree(panel(0.5)).iter(f"{SVG}text")]
    assert "F1: <shift>" in texts
    assert {"cva", "auto"} <= set(texts)


def test_auto_is_dashed_and_others_have_colours_of_their_own():
    names = ("cva", "irmad", "auto")
    lines = tree(names=names).iter(f"{SVG}polyline")
    looks = [(line.get("stroke"), line.get("stroke-dasharray")) for line in lines]
    assert len(set(looks)) == 3
    assert looks[2][1] is not None
