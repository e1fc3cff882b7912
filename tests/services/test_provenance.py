from importlib.metadata import PackageNotFoundError, version

import pytest

from services import provenance


def test_versions_name_what_computes_numbers_learned_methods_included():
    found = provenance.versions()
    assert found["openvino"] == version("openvino")
    assert {"python", "numpy", "torch"} <= found.keys()


def test_a_package_that_is_not_installed_has_no_version(monkeypatch):
    def without(name):
        if name == "openvino":
            raise PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(provenance, "version", without)
    found = provenance.versions()
    assert "openvino" not in found
    assert found["torch"] == version("torch")


@pytest.mark.parametrize("name", provenance.PACKAGES)
def test_every_package_that_is_recorded_is_known_here(name):
    assert version(name)
