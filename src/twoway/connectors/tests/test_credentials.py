"""Credentials: sealed, closed to others, whole after any kill, refreshed by one at a time."""

import asyncio
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from cryptography.fernet import Fernet
from servers.patience import PATIENCE

from twoway.connectors.credentials import Store
from twoway.connectors.errors import KeyTrouble, NotConnected
from twoway.connectors.interface import Credentials
from twoway.connectors.sealed import add_key

MUSEUM = Credentials(
    network="bluesky",
    account="did:plc:museum",
    handle="museum.example",
    server="https://pds.example",
    secrets={"password": "hunter2-hunter2"},
)


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.delenv("TWOWAY_KEY", raising=False)
    return Store(tmp_path)


def test_kept_and_read_by_another_process_object(store, tmp_path):
    store.save(MUSEUM, since=5)
    again = Store(tmp_path)
    assert again.keeper("bluesky", "did:plc:museum").read() == MUSEUM
    (one,) = again.accounts()
    assert (one.handle, one.since) == ("museum.example", 5)


def test_nothing_on_disk_shows_a_secret_and_nobody_else_reads_it(store, tmp_path):
    store.save(MUSEUM, since=5)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert b"hunter2" not in path.read_bytes()
        assert b"museum" not in path.read_bytes() + path.name.encode()
        assert path.stat().st_mode & 0o077 == 0


def test_no_way_of_showing_them_shows_a_secret(store):
    assert "hunter2" not in f"{MUSEUM!r} {MUSEUM} {store.keeper('bluesky', 'x')!r}"


def test_a_key_that_others_read_is_refused(store, tmp_path):
    store.save(MUSEUM, since=5)
    (tmp_path / "key").chmod(0o640)
    with pytest.raises(KeyTrouble, match="chmod 600"):
        store.accounts()


@pytest.mark.parametrize("key", ["nonsense", "A" * 43 + "="])
def test_a_wrong_key_says_so_and_shows_none(store, monkeypatch, key):
    store.save(MUSEUM, since=5)
    monkeypatch.setenv("TWOWAY_KEY", key)
    with pytest.raises(KeyTrouble) as error:
        store.accounts()
    assert key not in str(error.value)


def test_the_environments_key_leaves_no_key_on_disk(store, tmp_path, monkeypatch):
    monkeypatch.setenv("TWOWAY_KEY", Fernet.generate_key().decode())
    store.save(MUSEUM, since=5)
    assert store.accounts()
    assert not (tmp_path / "key").exists()


def test_a_changed_key_opens_all_and_the_old_one_nothing(store, tmp_path):
    store.save(MUSEUM, since=5)
    old = (tmp_path / "key").read_text()
    assert store.change_key() == 1
    assert store.keeper("bluesky", "did:plc:museum").read() == MUSEUM
    (tmp_path / "key").write_text(old)
    with pytest.raises(KeyTrouble):
        store.accounts()


def test_a_change_of_key_that_was_killed_leaves_all_readable(store, tmp_path):
    store.save(MUSEUM, since=5)
    add_key(tmp_path)
    store.save(replace(MUSEUM, account="did:plc:zoo", handle="zoo.example"), since=6)
    assert len(store.accounts()) == 2
    assert store.change_key() == 2
    assert len((tmp_path / "key").read_text().split()) == 1


def test_what_was_disconnected_is_neither_read_nor_kept(store):
    store.save(MUSEUM, since=5)
    keeper = store.keeper("bluesky", "did:plc:museum")
    store.forget("bluesky", "did:plc:museum")
    for call in (keeper.read, lambda: keeper.keep(MUSEUM)):
        with pytest.raises(NotConnected):
            call()
    assert store.accounts() == []


def test_accounts_are_found_by_handle_or_id(store):
    store.save(MUSEUM, since=5)
    store.save(replace(MUSEUM, network="mastodon", account="7"), since=6)
    assert store.find("7").network == "mastodon"
    assert store.find("@Museum.Example", "bluesky").account == "did:plc:museum"
    with pytest.raises(NotConnected, match="several times"):
        store.find("museum.example")
    with pytest.raises(NotConnected, match="Connected are: museum"):
        store.find("theatre.example")


def test_files_swapped_on_disk_are_noticed(store):
    store.save(MUSEUM, since=5)
    other = store.keeper("bluesky", "did:plc:zoo")
    store.keeper("bluesky", "did:plc:museum").path.rename(other.path)
    with pytest.raises(KeyTrouble):
        other.read()


COUNT = """
import asyncio, sys
from dataclasses import replace
from pathlib import Path
from twoway.connectors.credentials import Store

async def main():
    keeper = Store(Path(sys.argv[1])).keeper("bluesky", "did:plc:museum")
    async def refresh():
        async with keeper.locked():
            now = keeper.read()
            await asyncio.sleep(0.001)
            keeper.keep(replace(now, secrets={"token": str(int(now.secrets["token"]) + 1)}))
    await asyncio.gather(*(refresh() for _ in range(5)))

asyncio.run(main())
"""


@pytest.mark.slow
def test_one_refresh_at_a_time_over_tasks_and_processes(store, tmp_path):
    store.save(replace(MUSEUM, secrets={"token": "0"}), since=5)
    processes = [
        subprocess.Popen([sys.executable, "-c", COUNT, str(tmp_path)], env=os.environ)
        for _ in range(3)
    ]
    assert [process.wait(PATIENCE) for process in processes] == [0, 0, 0]
    assert store.keeper("bluesky", "did:plc:museum").read().secrets == {"token": "15"}


def test_a_lock_is_held_by_one_task(store):
    async def both():
        keeper = store.keeper("bluesky", "did:plc:museum")
        seen = []

        async def hold(name):
            async with keeper.locked():
                seen.append(name)
                await asyncio.sleep(0.01)
                seen.append(name)

        await asyncio.gather(hold("a"), hold("b"))
        return seen

    seen = asyncio.run(both())
    assert seen in (["a", "a", "b", "b"], ["b", "b", "a", "a"])
