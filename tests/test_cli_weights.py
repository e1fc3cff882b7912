"""The command `weights` and its exit statuses."""

import json

import pytest
from click.testing import CliRunner

import cli
import settings
from services import fetch_weights
from tests.inference.weights_folder import CONTENT, entry, listing
from tests.services.weights_server import sending


@pytest.fixture
def kept(tmp_path, monkeypatch):
    with sending(CONTENT) as parts:
        values = {
            "WEIGHTS_DIR": tmp_path / "kept",
            "WEIGHTS_MIRROR": f"http://{parts.server.host}",
            "ALLOW_PRIVATE_HOSTS": 1,
        }
        for name, value in values.items():
            monkeypatch.setenv(f"GROUNDSHIFT_{name}", str(value))
        settings.load.cache_clear()
        listing(tmp_path / "shipped", monkeypatch, entry())
        yield tmp_path / "kept"
    monkeypatch.undo()
    settings.load.cache_clear()


def run(*arguments):
    return CliRunner().invoke(cli.main, ["weights", *arguments])


def test_the_list_says_what_is_missing_and_how_to_get_it(kept):
    done = run("list")
    assert done.exit_code == 0
    assert "small" in done.output
    assert "missing" in done.output
    assert "python cli.py weights fetch small" in done.output


def test_fetch_then_list_then_verify(kept):
    done = run("fetch", "small")
    assert (done.exit_code, done.output) == (0, f"Weights: {kept / 'small.pth'}\n")
    (row,) = json.loads(run("list", "--json").output)["weights"]
    assert (row["status"], row["size_bytes"]) == ("present", 102_400)
    assert run("verify").exit_code == 0


def test_verify_ends_with_2_where_weights_are_damaged(kept):
    run("fetch", "small")
    (kept / "small.pth").write_bytes(CONTENT[:-1] + b"?")
    done = run("verify", "--json")
    assert done.exit_code == 2
    assert json.loads(done.output)["weights"][0]["status"] == "damaged"


def test_what_was_trained_here_is_removed_with_its_record(kept):
    (kept / "own").mkdir(parents=True)
    for suffix in (".json", ".safetensors"):
        (kept / "own" / f"blue_roofs{suffix}").write_text("{}", "utf-8")
    done = run("remove", "blue_roofs")
    assert (done.exit_code, done.stdout) == (0, "Removed: blue_roofs\n")
    assert not list((kept / "own").glob("blue_roofs*"))


def test_only_weights_trained_here_can_be_removed(kept):
    run("fetch", "small")
    done = run("remove", "small")
    assert done.exit_code == 2
    assert done.stderr.startswith("error: No weights called 'small' were trained here.")
    assert run("verify").exit_code == 0


@pytest.mark.parametrize("command", ["fetch", "verify"])
def test_an_unknown_name_is_one_sentence_with_the_names_there_are(kept, command):
    done = run(command, "../x")
    assert done.exit_code == 2
    assert "There are no weights called '../x'." in done.output
    assert "try: Choose one of: small." in done.output


def test_an_interrupted_fetch_says_that_it_can_go_on(kept, monkeypatch):
    def interrupted(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(fetch_weights, "fetch", interrupted)
    done = run("fetch", "small")
    assert done.exit_code == 130
    assert "what has arrived is kept" in done.output
