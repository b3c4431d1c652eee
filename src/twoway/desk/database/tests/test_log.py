"""SQLite's log while much is written: what lies there is read like the rest, and it stays small."""

import os
import sqlite3
import subprocess
import sys

WRITES = """
import sys, threading
import django
django.setup()
from django.db import connection
from twoway.desk.database import change, leaving_the_log, writing

change("create table heap (words text)")
for nth in range(24):
    with leaving_the_log(), writing():
        for _ in range(50):
            change("insert into heap values (%s)", "x" * 10_000)
for thread in threading.enumerate():
    if thread.name == "log":
        thread.join()
with connection.cursor() as cursor:
    cursor.execute("pragma wal_autocheckpoint")
    print(*cursor.fetchone())
"""
MUCH = 24 * 50 * 10_000


def test_the_log_moves_on_and_begins_anew(tmp_path):
    environment = {
        **os.environ,
        "TWOWAY_HOME": str(tmp_path),
        "TWOWAY_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "twoway.desk.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    desk = subprocess.Popen(
        [sys.executable, "-c", WRITES + "input()"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with desk:
        assert desk.stdout.readline() == "2000\n"
        log, file = (tmp_path / f"desk.sqlite3{end}" for end in ("-wal", ""))
        assert log.stat().st_size < MUCH / 2 < file.stat().st_size
        desk.kill()
    with sqlite3.connect(file) as left:
        found = left.execute("select count(*), sum(length(words)) from heap")
        assert found.fetchone() == (24 * 50, MUCH)
