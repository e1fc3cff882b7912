import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workspace.file_names import folder_name, safe_names

NAMES = st.lists(st.text() | st.sampled_from(["a.tif", "A.TIF", "a_2.tif", "..", "../a.tif"]))
SAFE = re.compile(r"(?!\.)[A-Za-z0-9._-]{1,100}")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("T31_20240103.TIF", "T31_20240103.tif"),
        ("../../etc/passwd.tif", "passwd.tif"),
        (r"C:\scans\north field.tiff", "north_field.tiff"),
        (".htaccess", "scene.htaccess"),
        ("..", "scene"),
        ("été 2024.tif", "_t_2024.tif"),
        ("x" * 300 + ".tif", "x" * 80 + ".tif"),
        ("", "scene"),
    ],
)
def test_a_name_keeps_what_is_harmless(name, safe):
    assert safe_names([name]) == (safe,)


def test_a_raw_file_and_its_header_keep_their_common_name():
    assert safe_names(["a 1.img", "a 1.hdr"]) == ("a_1.img", "a_1.hdr")


def test_equal_names_are_numbered_whatever_their_capitals():
    assert safe_names(["a.tif", "A.TIF", "b/a.tif"]) == ("a.tif", "A_2.tif", "a_3.tif")


@given(NAMES)
def test_names_are_safe_distinct_and_in_order(names):
    found = safe_names(names)
    assert len({name.lower() for name in found}) == len(found) == len(names)
    assert all(SAFE.fullmatch(name) for name in found)


@given(st.text())
def test_a_folder_name_is_safe(title):
    assert SAFE.fullmatch(folder_name(title))
