"""What lies in packaging/ is true: the files it copies are there, the commands it starts do start."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import httpx
import pytest
from servers.patience import PATIENCE
from servers.ports import free_port

ROOT = Path(__file__).parent.parent
CONTAINER = (ROOT / "packaging" / "Containerfile").read_text("utf-8")
UNIT = (ROOT / "packaging" / "twoway.service").read_text("utf-8")
TWOWAY = Path(sys.executable).with_name("twoway")

IN_CONTAINER = json.loads(re.search(r"^CMD (.*)$", CONTAINER, re.MULTILINE)[1])
AS_SERVICE = shlex.split(re.search(r"^ExecStart=(.*)$", UNIT, re.MULTILINE)[1])
MENTIONED = sorted({*re.findall(r"`(twoway \w+)`", CONTAINER + UNIT)})


def test_the_container_is_built_from_what_is_there():
    copied = re.findall(r"^COPY (.*) \S+$", CONTAINER, re.MULTILINE)
    assert [name for line in copied for name in line.split() if not (ROOT / name).exists()] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (extra,) = re.findall(r'"\.\[(\w+)\]"', CONTAINER)
    assert extra in project["optional-dependencies"]
    python = re.search(r"python:(3\.\d+)-", CONTAINER)[1]
    assert f"Programming Language :: Python :: {python}" in project["classifiers"]


@pytest.mark.parametrize("named", MENTIONED)
def test_commands_that_are_named_exist(named):
    done = subprocess.run([TWOWAY, *named.split()[1:], "--help"], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("command", [IN_CONTAINER, AS_SERVICE], ids=["container", "service"])
def test_the_desk_starts_as_it_is_told_and_opens_at_the_address_it_shows(command, tmp_path):
    port, log = str(free_port()), tmp_path / "log"
    # As bare as a container: no home of one's own.
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "TWOWAY_HOME": str(tmp_path)}
    with log.open("wb") as words:
        desk = subprocess.Popen(
            [TWOWAY, *command[1:], "--port", port], env=environment, stdout=words, stderr=words
        )
    try:
        assert _opened(desk, log).status_code == 200
        desk.terminate()
        assert desk.wait(PATIENCE) is not None
    finally:
        desk.kill()
        desk.wait()


def _opened(desk, log):
    """Open the address that the log shows, as whoever reads it would."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and desk.poll() is None:
        shown = re.search(r"http://\S+/begin/\S+", log.read_text("utf-8"))
        try:
            if shown is not None:
                return httpx.get(shown[0], follow_redirects=True, timeout=PATIENCE)
        except httpx.ConnectError:
            pass
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))


def test_systemd_understands_the_unit(tmp_path):
    analyse = shutil.which("systemd-analyze")
    if analyse is None:
        pytest.skip("there is no systemd-analyze here")
    unit = tmp_path / "twoway.service"
    unit.write_text(UNIT.replace(AS_SERVICE[0], str(TWOWAY)), "utf-8")
    done = subprocess.run(
        [analyse, "verify", str(unit)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
