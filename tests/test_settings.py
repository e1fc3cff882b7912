import pytest

import settings
from errors import InputError


@pytest.fixture(autouse=True)
def _fresh():
    settings.load.cache_clear()
    yield
    settings.load.cache_clear()


def test_a_setting_is_taken_from_the_environment(monkeypatch):
    monkeypatch.setenv("GROUNDSHIFT_THREADS", "5")
    assert settings.load().threads == 5


@pytest.mark.parametrize(
    ("name", "value"),
    [("THREADS", "many"), ("THREADS", "0"), ("THREADS", "65"), ("MAX_PIXELS", ""),
     ("MAX_AOI_BYTES", "-1"), ("GDAL_CACHE_MB", "nan")],
)  # fmt: skip
def test_a_setting_out_of_range_is_one_sentence_that_names_it(monkeypatch, name, value):
    monkeypatch.setenv(f"GROUNDSHIFT_{name}", value)
    with pytest.raises(InputError) as caught:
        settings.load()
    assert f"GROUNDSHIFT_{name}" in caught.value.message
    assert repr(value) in caught.value.message
    assert "\n" not in str(caught.value)
