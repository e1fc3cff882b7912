import pytest

import settings
from workspace import kinds
from workspace.kinds import registry


@pytest.fixture
def limits(tmp_path, monkeypatch):
    """A workspace in a folder of its own; call it to set limits of this test."""

    def set_limits(**values):
        for name, value in values.items():
            monkeypatch.setenv(f"GROUNDSHIFT_{name.upper()}", str(value))
        settings.load.cache_clear()

    set_limits(data_dir=tmp_path / "data")
    yield set_limits
    settings.load.cache_clear()


@pytest.fixture
def extra_kinds(monkeypatch, tmp_path, request):
    """Kinds of job that wait, fail or crash on demand, known to this process and its children."""
    folder = str(request.path.parent / "extra_kinds")
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, folder])
    registry.discover.cache_clear()
    site = tmp_path / "site"
    site.mkdir()
    code = (
        "import workspace.kinds\n"
        "from workspace.kinds import registry\n"
        f"workspace.kinds.__path__.append({folder!r})\n"
        # Loading what real jobs need takes a worker longer than all else in these tests.
        "for kind in registry.discover().values():\n"
        "    vars(kind).pop('warm_up', None)\n"
    )
    (site / "sitecustomize.py").write_text(code)
    root = str(request.config.rootpath)
    monkeypatch.setenv("PYTHONPATH", f"{site}:{root}")
    yield
    registry.discover.cache_clear()
