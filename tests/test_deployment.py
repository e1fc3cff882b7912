"""What an operator starts from: the image, the services around it, the page that explains them."""

import os
import re
import shlex
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

import settings
from tests.servers import free_port, wait_for
from web.login_settings import LoginSettings

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ("Dockerfile", "compose.yaml", "deploy/compose.gpu.yaml", "docs/operating.md")
KNOWN = {*settings.Settings.model_fields} | {f"oidc_{name}" for name in LoginSettings.model_fields}


def _read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def _instructions():
    """Every instruction of the Dockerfile: its word and the rest, continued lines joined."""
    text = re.sub(r"^\s*#.*\n", "", _read("Dockerfile"), flags=re.MULTILINE)
    lines = re.sub(r"\\\n", " ", text).splitlines()
    return [tuple(line.split(maxsplit=1)) for line in lines if line.strip()]


def _named(word):
    return [rest for found, rest in _instructions() if found == word]


def _environment():
    """What the image sets for the process it runs."""
    return dict(pair.split("=", 1) for rest in _named("ENV") for pair in shlex.split(rest))


def _copied():
    """Files and folders of the repository that are in the image when it runs."""
    run = _read("Dockerfile").partition("AS run")[2]
    found = re.findall(r"^COPY (?!--from)(.+)$", run, flags=re.MULTILINE)
    return {source.rstrip("/") for line in found for source in line.split()[:-1]}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_setting_that_is_named_exists(name):
    named = {text.lower() for text in re.findall(r"GROUNDSHIFT_([A-Z_]+)\b", _read(name))}
    assert named <= KNOWN


def test_every_setting_is_on_the_operators_page():
    table = _read("docs/operating.md").partition("## Settings")[2].partition("|---|")[2]
    assert {name.lower() for name in re.findall(r"`([A-Z_]{3,})`", table)} == KNOWN


def test_every_package_of_the_product_is_in_the_image():
    config = tomllib.loads(_read("pyproject.toml"))
    packages = set(config["tool"]["importlinter"]["root_packages"]) - {"simulation"}
    leaves = {"app.py", "cli.py", "errors.py", "progress.py", "settings.py"}
    assert packages | leaves | {"pages", "sample_scenes", "weights"} <= _copied()


def test_everything_that_is_copied_exists_and_is_sent_to_the_builder():
    sent = {line[1:] for line in _read(".dockerignore").splitlines() if line.startswith("!")}
    for source in _copied() | {"requirements.txt"}:
        assert (ROOT / source).exists(), source
        assert source in sent, source


@pytest.mark.parametrize("secret", ["data", ".env", ".git", ".venv", ".streamlit/secrets.toml"])
def test_nothing_of_an_operator_is_sent_to_the_builder(secret):
    lines = [line for line in _read(".dockerignore").splitlines() if line and line[0] != "#"]
    assert lines[0] == "*"
    assert f"!{secret}" not in lines


def test_the_image_runs_as_a_user_without_rights_and_says_whether_it_is_well():
    assert _named("USER") == ["10001:10001"]
    assert "deploy/healthcheck.py" in _named("HEALTHCHECK")[0]
    assert _named("VOLUME") == [_environment()["GROUNDSHIFT_DATA_DIR"]]


def test_versions_of_images_are_pinned():
    base = [rest for rest in _named("ARG") if rest.startswith("PYTHON=")]
    images = [base[0].partition("=")[2], _services()["proxy"]["image"]]
    assert all(re.search(r"\d+\.\d+", image) for image in images)
    assert "latest" not in _read("Dockerfile") + _read("compose.yaml")


def _services():
    return yaml.safe_load(_read("compose.yaml"))["services"]


def test_only_the_proxy_can_be_reached_from_outside():
    services = _services()
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert f"reverse_proxy app:{_environment()['STREAMLIT_SERVER_PORT']}" in _read(
        "deploy/Caddyfile"
    )


def test_the_app_gets_no_rights_and_writes_to_two_places_only():
    app = _services()["app"]
    assert app["read_only"] is True
    assert app["cap_drop"] == ["ALL"]
    assert app["security_opt"] == ["no-new-privileges:true"]
    assert app["tmpfs"] == ["/tmp"]  # noqa: S108 - a place in the container
    assert [volume.partition(":")[2] for volume in app["volumes"]] == ["/data"]


def test_every_value_compose_asks_for_is_in_the_example():
    asked = set(re.findall(r"\$\{([A-Z_]+):\?", _read("compose.yaml")))
    given = set(re.findall(r"^([A-Z_]+)=", _read("deploy/example.env"), flags=re.MULTILINE))
    assert asked <= given


def test_the_second_file_only_changes_services_that_exist():
    other = yaml.safe_load(_read("deploy/compose.gpu.yaml"))["services"]
    assert other.keys() <= _services().keys()
    assert other["app"]["build"]["args"] == {"TORCH_INDEX": ""}
    assert "TORCH_INDEX=" in _named("ARG")


def test_figures_do_not_pass_the_proxy():
    assert re.search(r"path /metrics\n\s*respond @figures 404", _read("deploy/Caddyfile"))


def test_the_operators_page_is_one_page():
    assert len(_read("docs/operating.md").splitlines()) <= 120


@pytest.fixture
def container(tmp_path):
    """The command and the environment of the image, on this machine; address and environment."""
    port = free_port()
    paths = {"HOME": tmp_path, "MPLCONFIGDIR": tmp_path, "GROUNDSHIFT_DATA_DIR": tmp_path / "data"}
    env = _environment() | {name: str(path) for name, path in paths.items()}
    env |= {"STREAMLIT_SERVER_ADDRESS": "127.0.0.1", "STREAMLIT_SERVER_PORT": port}
    env["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    command = yaml.safe_load(_named("CMD")[0])
    with (
        (tmp_path / "log").open("w", encoding="utf-8") as log,
        subprocess.Popen(
            command, cwd=ROOT, env=env, stderr=subprocess.STDOUT, stdout=log
        ) as server,
    ):
        try:
            yield f"http://127.0.0.1:{port}", env, server, tmp_path / "log"
        finally:
            server.terminate()


@pytest.mark.slow
def test_the_command_of_the_image_serves_the_app_and_its_health_check_agrees(container):
    address, env, server, log = container
    check = [sys.executable, "deploy/healthcheck.py"]
    assert subprocess.run(check, cwd=ROOT, env=env, check=False).returncode == 1
    wait_for(f"{address}/healthz", server)
    assert subprocess.run(check, cwd=ROOT, env=env, check=False).returncode == 0
    assert all(line.startswith('{"time":') for line in log.read_text().splitlines() if line)
    server.terminate()
    assert server.wait(30) in {0, -signal.SIGTERM}
