"""One default world for the whole room; building it takes two thirds of a second."""

import pytest

from twoway.practice import World, build


@pytest.fixture(scope="session")
def world() -> World:
    return build(1)
