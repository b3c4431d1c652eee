"""Desks in homes of their own."""

import pytest

from twoway.desk.running.tests import outside


@pytest.fixture
def home(tmp_path):
    """Return the environment of a new desk."""
    return outside.environment(tmp_path / "home")


@pytest.fixture
def elsewhere(tmp_path):
    """Return the environment of another new desk, as on another machine."""
    return outside.environment(tmp_path / "elsewhere")
