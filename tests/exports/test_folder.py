import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from errors import CancelledError, ExportError
from exports import folder, registry
from progress import Watcher


class _Stub:
    """An export that writes a little, or fails."""

    SUFFIX = ".txt"
    MEDIA_TYPE = "text/plain"

    def __init__(self, name, error=None):
        self.NAME, self.FILE_NAME, self.error = name, f"{name}.txt", error

    def write(self, _result, path):
        path.write_text("half")
        if self.error:
            raise self.error


@pytest.fixture
def use(monkeypatch):
    def install(*exports):
        table = {export.NAME: export for export in exports}
        monkeypatch.setattr(registry, "discover", lambda: table)

    return install


def _left_in(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.iterdir())


def test_all_files_appear_together_under_the_asked_name(result, tmp_path):
    seen = []
    watcher = Watcher(on_progress=lambda fraction, message: seen.append((fraction, message)))
    paths = folder.write_all(result, tmp_path / "deep" / "out", watcher=watcher)
    assert {path.name for path in paths} == {e.FILE_NAME for e in registry.discover().values()}
    assert all(path.is_file() and path.stat().st_size for path in paths)
    assert _left_in(tmp_path / "deep") == ["out"]
    assert _left_in(tmp_path / "deep" / "out") == sorted(path.name for path in paths)
    assert [fraction for fraction, _message in seen] == sorted(f for f, _m in seen)
    assert seen[-1][0] == 1.0


def test_an_empty_folder_is_used(result, tmp_path, use):
    use(_Stub("one"))
    (tmp_path / "out").mkdir()
    folder.write_all(result, tmp_path / "out", watcher=Watcher())
    assert _left_in(tmp_path / "out") == ["one.txt"]


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_is_there_is_never_overwritten(result, tmp_path, use, kind):
    use(_Stub("one"))
    kept = tmp_path / "out"
    if kind == "folder":
        kept.mkdir()
        kept = kept / "mine.txt"
    kept.write_text("mine")
    with pytest.raises(ExportError, match="already holds"):
        folder.write_all(result, tmp_path / "out", watcher=Watcher())
    assert kept.read_text() == "mine"
    assert _left_in(tmp_path) == ["out"]


def test_a_folder_filled_meanwhile_is_kept(result, tmp_path, use):
    class Rival(_Stub):
        def write(self, _result, _path):
            (tmp_path / "out").mkdir()
            (tmp_path / "out" / "theirs.txt").write_text("theirs")

    use(Rival("rival"))
    with pytest.raises(ExportError, match="already holds"):
        folder.write_all(result, tmp_path / "out", watcher=Watcher())
    assert _left_in(tmp_path) == ["out"]
    assert _left_in(tmp_path / "out") == ["theirs.txt"]


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), ExportError),
        (KeyboardInterrupt(), KeyboardInterrupt),
        (CancelledError("stop"), CancelledError),
        (ZeroDivisionError(), ZeroDivisionError),
    ],
)
def test_a_run_that_breaks_off_leaves_nothing(result, tmp_path, use, raised, expected):
    use(_Stub("one"), _Stub("two", raised))
    with pytest.raises(expected):
        folder.write_all(result, tmp_path / "out", watcher=Watcher())
    assert _left_in(tmp_path) == []


def test_a_full_disk_is_named_with_a_remedy(result, tmp_path, use):
    use(_Stub("one", OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))))
    with pytest.raises(ExportError, match="No space left") as caught:
        folder.write_all(result, tmp_path / "out", watcher=Watcher())
    assert "Free some space" in caught.value.hint


def test_cancelling_between_files_leaves_nothing(result, tmp_path, use):
    use(_Stub("one"), _Stub("two"))
    answers = iter([False, True])
    with pytest.raises(CancelledError):
        folder.write_all(
            result, tmp_path / "out", watcher=Watcher(is_cancelled=lambda: next(answers))
        )
    assert _left_in(tmp_path) == []


def test_a_place_that_cannot_be_written_is_an_export_error(result, tmp_path, use):
    use(_Stub("one"))
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(ExportError, match="cannot be made"):
        folder.write_all(result, tmp_path / "file" / "out", watcher=Watcher())


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from exports import registry
from tests.exports import synthetic
from errors import ExportError
from exports import folder
from progress import Watcher
base = Path(sys.argv[1])
result = synthetic.build(base)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    folder.write_all(result, base / "out", watcher=Watcher())
except ExportError as error:
    sys.exit(0 if error.hint and not (base / "out").exists() else 4)
sys.exit(5)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="needs a POSIX file size limit")
def test_a_disk_that_takes_no_more_is_an_export_error_for_real_files(tmp_path):
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path), "60000"],
        cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert not [name for name in _left_in(tmp_path) if name.startswith(".") or name == "out"]
