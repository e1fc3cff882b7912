"""Answers of tests come from this machine: models are asked only where a test serves one."""

import pytest
from pydantic_ai import models

from tests.agent import cases


@pytest.fixture(autouse=True)
def _no_models(monkeypatch):
    monkeypatch.setattr(models, "ALLOW_MODEL_REQUESTS", False)


@pytest.fixture
def serves(monkeypatch):
    """Lets models be asked."""
    monkeypatch.setattr(models, "ALLOW_MODEL_REQUESTS", True)


@pytest.fixture
def desk():
    """Buildings counted at two dates, and a comparison of another place."""
    return cases.desk("suburb_both")
