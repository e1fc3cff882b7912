import pytest
from streamlit.testing.v1 import AppTest

import settings
from pages._ui import uploader_view
from workspace import uploads


@pytest.fixture(autouse=True)
def data_dir(tmp_path, monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_DATA_DIR", str(tmp_path / "data"))
    settings.load.cache_clear()
    yield
    settings.load.cache_clear()


def page():
    import streamlit as st

    from pages._ui.uploader_view import show_uploader

    found = show_uploader(key="files", label="Pre", role="pre")
    st.text("; ".join(f"{one.id} {one.name} {one.size_bytes}" for one in found) or "nothing")


def shown():
    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    return app.text[0].value


def arrived(owner, name, *, role):
    upload = uploads.begin(owner, name, 3, role=role)
    uploads.append(owner, upload.id, 0, b"abc")
    return upload.id


def test_what_has_arrived_for_a_role_is_found_again_in_every_session():
    mine = arrived("local", "pre.tif", role="pre")
    arrived("local", "post.tif", role="post")
    arrived("somebody else", "theirs.tif", role="pre")
    uploads.begin("local", "half.tif", 3, role="pre")
    assert shown() == f"{mine} pre.tif 3"
    assert shown() == f"{mine} pre.tif 3"


def test_a_file_that_was_taken_is_not_shown_again():
    uploads.finish("local", arrived("local", "pre.tif", role="pre")).unlink()
    assert shown() == "nothing"


@pytest.mark.parametrize(
    ("base", "address"), [("", "/uploads"), ("maps/", "/maps/uploads"), ("/a/b", "/a/b/uploads")]
)
def test_the_address_honours_the_path_of_a_proxy(monkeypatch, base, address):
    monkeypatch.setenv("GROUNDSHIFT_BASE_PATH", base)
    settings.load.cache_clear()
    assert uploader_view.address() == address
