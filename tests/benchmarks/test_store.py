import pytest

from benchmarks.accuracy import store
from benchmarks.accuracy.store import Store


@pytest.fixture
def code(tmp_path):
    """A project in which `top` imports `low` in the two ways there are."""
    (tmp_path / "low").mkdir()
    (tmp_path / "low" / "__init__.py").write_text("")
    (tmp_path / "low" / "leaf.py").write_text("import os\nVALUE = 1\n")
    (tmp_path / "other.py").write_text("VALUE = 3\n")
    (tmp_path / "top.py").write_text("from low import leaf\nimport json\nprint(leaf.VALUE)\n")
    return tmp_path


def names(root, *entries):
    return [path.name for path in store.source_files(entries, root)]


def test_code_is_what_a_file_imports_of_the_project(code):
    assert sorted(names(code, "top.py")) == ["__init__.py", "leaf.py", "top.py"]


def test_imports_inside_functions_count(code):
    (code / "top.py").write_text("def work():\n    import other\n    return other\n")
    assert names(code, "top.py") == ["other.py", "top.py"]


def test_files_that_import_each_other_end(code):
    (code / "other.py").write_text("import top\n")
    (code / "top.py").write_text("import other\n")
    assert names(code, "top.py") == ["other.py", "top.py"]


@pytest.mark.parametrize(
    ("text", "is_same"),
    [("import os\nVALUE = 1  # why\n\n", True), ("import os\nVALUE = 2\n", False)],
)
def test_comments_do_not_make_other_code_but_a_number_does(code, text, is_same):
    files = store.source_files(("top.py",), code)
    before = store.code_hash(files)
    (code / "low" / "leaf.py").write_text(text)
    assert (store.code_hash(files) == before) is is_same


def test_a_figure_is_kept_until_its_key_changes(tmp_path):
    kept = Store(tmp_path)
    kept.put("cva", "a set, 10 m", "key", {"f1": 0.5})
    assert kept.get("cva", "a set, 10 m", "key") == {"f1": 0.5}
    assert kept.get("cva", "a set, 10 m", "other") is None
    assert kept.get("irmad", "a set, 10 m", "key") is None
    assert kept.last("cva", "a set, 10 m") == {"f1": 0.5}


def test_old_code_may_be_trusted_but_other_weights_or_pixels_never(tmp_path):
    Store(tmp_path).put("cva", "set", "code:weights", {"f1": 0.5})
    trusting = Store(tmp_path, trusts_old=True)
    assert trusting.get("cva", "set", "newer:weights") == {"f1": 0.5}
    assert trusting.get("cva", "set", "code:others") is None
    assert Store(tmp_path).get("cva", "set", "newer:weights") is None


def test_a_damaged_figure_is_measured_again(tmp_path):
    kept = Store(tmp_path)
    kept.put("cva", "set", "key", {"f1": 0.5})
    next((tmp_path / "cva").iterdir()).write_text('{"key": "ke')
    assert kept.get("cva", "set", "key") is None


def test_a_key_depends_on_the_detector_and_on_the_pixels():
    keys = {store.key(*one) for one in (("cva", "x"), ("cva", "y"), ("irmad", "x"), ("auto", "x"))}
    assert len(keys) == 4
