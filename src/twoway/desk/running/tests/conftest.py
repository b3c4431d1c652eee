"""Desks in homes of their own, on whichever kind of database this run is about."""

import os
import secrets
from urllib.parse import urlsplit

import pytest

from twoway.desk.running.tests import outside


def new_database():
    """Return the address of an empty database beside that of the run, "" for SQLite's file."""
    address = os.environ.get("TWOWAY_DATABASE", "")
    if not address.startswith("postgresql"):
        return ""
    import psycopg  # noqa: PLC0415  only where the run has it

    name = f"desk_{secrets.token_hex(6)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return urlsplit(address)._replace(path=f"/{name}").geturl()


@pytest.fixture
def home(tmp_path):
    """Return the environment of a new desk."""
    return outside.environment(tmp_path / "home", new_database())


@pytest.fixture
def elsewhere(tmp_path):
    """Return the environment of another new desk, as on another machine."""
    return outside.environment(tmp_path / "elsewhere", new_database())
