"""Arguments that the door itself turns away; `tests/e2e/test_cli.py` runs it as a process."""

import pytest
from click.testing import CliRunner

import cli
import settings
from tests.scenes import ground, write_pair


@pytest.fixture
def files(tmp_path):
    for name in ("pre.tif", "post.tif"):
        (tmp_path / name).write_bytes(b"not opened")
    return str(tmp_path / "pre.tif"), str(tmp_path / "post.tif")


def run(*arguments):
    return CliRunner().invoke(cli.main, [*arguments])


@pytest.mark.parametrize("option", ["--threshold", "--min-area-m2"])
@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "-1", "much"])
def test_a_number_that_is_none_is_a_usage_error(files, option, value):
    done = run("compare", *files, option, value)
    assert done.exit_code == 2
    assert f"Invalid value for '{option}'" in done.output


@pytest.mark.parametrize("value", ["0", "nan", "inf"])
def test_a_ground_size_is_positive(tmp_path, value):
    done = run("evaluate", "--detector", "cva", "--data", str(tmp_path), "--gsd-m", value)
    assert done.exit_code == 2
    assert "Invalid value for '--gsd-m'" in done.output


def test_an_evaluation_set_is_a_folder(files):
    done = run("evaluate", "--detector", "cva", "--data", files[0])
    assert done.exit_code == 2
    assert "is a file" in done.output


def test_a_wrong_setting_is_one_sentence_with_a_remedy(tmp_path, monkeypatch):
    pair = write_pair(tmp_path, ground((64, 64)), ground((64, 64)))
    monkeypatch.setenv("GROUNDSHIFT_THREADS", "many")
    settings.load.cache_clear()
    done = run("preflight", *map(str, pair))
    settings.load.cache_clear()
    assert done.exit_code == 2
    assert "GROUNDSHIFT_THREADS" in done.output
    assert "try: Correct or unset" in done.output
    assert "Traceback" not in done.output
