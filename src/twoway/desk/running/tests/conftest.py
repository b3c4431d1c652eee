"""Desks in homes of their own, on whichever kind of database this run is about."""

import pytest

from twoway.desk.running.tests import outside


@pytest.fixture(scope="session")
def untouched(tmp_path_factory):
    """Return the environment of a desk that was started once, which takes five seconds."""
    folder = tmp_path_factory.mktemp("untouched")
    desk = outside.environment(folder / "home", outside.new_database())
    outside.ask(desk, "start")
    return desk


@pytest.fixture
def home(tmp_path, untouched):
    """Return the environment of a new desk."""
    return outside.another(untouched, tmp_path / "home")


@pytest.fixture
def elsewhere(tmp_path):
    """Return the environment of another desk, as on another machine, where none was ever started."""
    return outside.environment(tmp_path / "elsewhere", outside.new_database())


@pytest.fixture(scope="module")
def monday(tmp_path_factory):
    """Return the environment of a desk with something in it, and a backup of it."""
    folder = tmp_path_factory.mktemp("monday")
    desk = outside.environment(folder / "home", outside.new_database())
    outside.ask(desk, "prepare", "3")
    outside.ask(desk, "sort")
    return desk, outside.back_up(desk, folder / "monday.zip")
