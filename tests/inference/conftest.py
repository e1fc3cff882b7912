import pytest

from tests.flood import beside_the_real_ones


@pytest.fixture
def flood(monkeypatch):
    """The segmenter `flood` beside the real ones."""
    with beside_the_real_ones(monkeypatch) as loaded:
        yield loaded
