import pytest

from benchmarks.accuracy import __main__ as run
from benchmarks.accuracy import document
from benchmarks.accuracy.rendered import Recipe
from errors import InputError
from simulation.events import Event
from simulation.pair import PairSpec

SMALL = PairSpec(3, shape=(96, 96), gsd_m=1.0, events=(Event("building_appears", 2),))


@pytest.fixture
def results(tmp_path, monkeypatch):
    """A results file, and a benchmark of one small rendered set."""
    file = tmp_path / "RESULTS.md"
    file.write_text(f"{document.BEGIN}\n{document.END}\n")
    monkeypatch.setattr(run, "RESULTS", file)
    monkeypatch.setattr(run, "PICTURE", tmp_path / "curves.svg")
    monkeypatch.setattr(run, "recipes", lambda: (Recipe("small", "changed", (SMALL,)),))
    monkeypatch.setattr(run, "CONTROLS", ())
    return file


def arguments(tmp_path, *further):
    return ["--folder", str(tmp_path / "kept"), "--detectors", "log_ratio", *further]


def test_a_run_writes_its_tables_and_a_second_one_measures_nothing_again(
    results, tmp_path, monkeypatch, capsys
):
    run.main(arguments(tmp_path, "--write"))
    first = results.read_text()
    assert "| small | log_ratio | 1 |" in first
    assert (tmp_path / "curves.svg").read_text().startswith("<svg")
    monkeypatch.setattr(run, "measure", lambda *_all: pytest.fail("measured again"))
    capsys.readouterr()
    run.main(arguments(tmp_path, "--write"))
    assert results.read_text() == first
    assert "| small | log_ratio | 1 |" in capsys.readouterr().out


def test_no_measurement_begins_when_the_time_is_up(results, tmp_path, capsys):
    run.main(arguments(tmp_path, "--minutes", "0"))
    assert "| small |" not in capsys.readouterr().out
    assert "| small |" not in results.read_text()


def test_a_detector_that_cannot_run_is_not_measured(results, tmp_path):
    with pytest.raises(InputError, match=r"'nosuch' cannot be measured.*These can: .*auto"):
        run.main([*arguments(tmp_path), "nosuch"])
    assert not (tmp_path / "kept" / "figures").exists()
