"""The documents: links lead somewhere, and what they list exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("weights/*.md")])
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)[^)]*\)")
PAGE_OF_ADR = re.compile(r"\d{4}-[a-z0-9-]+\.md")


def _read(path):
    return path.read_text(encoding="utf-8")


def _ids(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=_ids)
def test_a_link_leads_to_a_file_of_the_repository(page):
    targets = [page.parent / target for target in LINK.findall(_read(page))]
    assert [str(target) for target in targets if not target.exists()] == []


def test_the_first_two_commands_of_the_readme_are_run_and_test():
    commands = re.findall(r"^make ([a-z-]+)", _read(ROOT / "README.md"), flags=re.MULTILINE)
    assert commands[:2] == ["run", "test"]


@pytest.mark.parametrize(
    "target",
    ["setup", "run", "demo", "test", "check", "bench", "bench-gpu", "train", "help"],
)
def test_make_knows_the_target_and_explains_it(target):
    assert re.search(rf"^{target}:.* ## \S", _read(ROOT / "Makefile"), flags=re.MULTILINE)


def test_every_decision_is_in_the_index_and_says_context_decision_consequences():
    folder = ROOT / "docs" / "adr"
    pages = {path.name for path in folder.glob("*.md")} - {"README.md"}
    assert pages == set(PAGE_OF_ADR.findall(_read(folder / "README.md")))
    for name in pages:
        headings = re.findall(r"^## (.+)$", _read(folder / name), flags=re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"], name


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_detector_is_in_the_readme():
    modules = (ROOT / "inference" / "detectors").glob("*.py")
    names = {path.stem for path in modules if "\nCARD" in _read(path)}
    rows = set(re.findall(r"^\| `([a-z0-9_]+)` \|", _read(ROOT / "README.md"), flags=re.MULTILINE))
    assert names <= rows


def test_every_exported_file_is_in_the_readme():
    named = [
        found
        for path in (ROOT / "exports").glob("*.py")
        for found in re.findall(r'^FILE_NAME = "(.+)"$', _read(path), flags=re.MULTILINE)
    ]
    readme = _read(ROOT / "README.md")
    assert named
    assert [name for name in named if f"`{name}`" not in readme] == []
