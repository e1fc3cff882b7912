import pytest
from streamlit.testing.v1 import AppTest

from analysis.result import ClassStatistics
from pages._ui import figures
from raster.mask import ChangeClass
from services.review import Bin, Review
from tests.pages.pair_steps import table_of

LEGEND = (
    ChangeClass(1, "loss", "vegetation loss", "decrease", "#aa0000"),
    ChangeClass(2, "gain", "vegetation gain", "increase", "#00aa00"),
)


def review(area_m2, *, objects=2, threshold=0.5, every=1):
    rows = (
        ClassStatistics("loss", "vegetation loss", objects, area_m2, area_m2 / 100, 10_000.0),
        ClassStatistics("gain", "vegetation gain", 0, 0.0, 0.0, 10_000.0),
        ClassStatistics("any", "all changes", objects, area_m2, area_m2 / 100, 10_000.0),
    )
    return Review(threshold, rows, LEGEND, every)


def table(now, base):
    def page(now, base):
        from pages._ui.figures import show_figures

        show_figures(now, base)

    app = AppTest.from_function(page, args=(now, base)).run()
    assert not app.exception
    (shown,) = app.get("html")
    return table_of(shown)


def test_result_of_the_run_has_one_column():
    base = review(250.0)
    shown = table(base, base)
    assert shown["Figure"] == ["The run"]
    assert shown["Changed area"] == ["250 m²"]
    assert shown["Objects"] == ["2"]


def test_moved_threshold_stands_beside_the_run():
    shown = table(review(500.0, objects=7), review(250.0))
    assert shown["Figure"] == ["This threshold", "The run"]
    assert shown["Changed area"] == ["500 m²", "250 m²"]
    assert shown["Objects"] == ["7", "2"]


def test_estimate_says_about_where_it_differs():
    shown = table(review(500.0, every=3), review(250.0))
    assert shown["Changed area"][0] == "about 500 m²"
    assert shown["Assessed area"][0] == "1.00 ha"


@pytest.mark.parametrize(("threshold", "changed"), [(0.0, 3), (0.5, 1), (1.0, 0)])
def test_bars_from_the_threshold_on_have_the_colour_of_change(threshold, changed):
    bins = (Bin(0.0, 0.25, 9), Bin(0.25, 0.5, 4), Bin(0.5, 0.75, 0), Bin(0.75, 1.0, 2))
    sides = [row["side"] for row in figures.histogram_rows(bins, threshold)]
    assert sides.count("changed") == changed
    assert len(sides) == 3
