"""One process or several: pages are served, work is done, open pages hear of it, and all stop quickly."""

import signal
import subprocess
import time
from contextlib import contextmanager

import httpx
import pytest
from servers.patience import PATIENCE
from servers.ports import free_port

from twoway.desk.running.tests import outside

pytestmark = pytest.mark.slow

LAYOUTS = {"one process": [["desk", "--no-browser"]], "pages and work": [["web"], ["work"]]}
READERS = 50


@contextmanager
def running(environment, commands, port):
    """Run the commands of a layout until left."""
    processes = []
    try:
        for command in commands:
            words = [*command, "--port", str(port)] if command != ["work"] else command
            processes.append(
                subprocess.Popen(
                    [outside.TWOWAY, *words],
                    env=environment,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


def wait_for(address):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if httpx.get(f"{address}/account/login/").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the desk does not answer")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_open_page_hears_of_what_comes_in(home, layout):
    # Somebody must say something soon: here people live six hundred times as fast as we do.
    outside.ask(home, "prepare", "1", "600")
    cookies = {"sessionid": outside.ask(home, "session")}
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with running(home, LAYOUTS[layout][:1], port):
        wait_for(address)
        with httpx.stream("GET", f"{address}/live", cookies=cookies, timeout=PATIENCE) as live:
            assert live.status_code == 200
            lines = live.iter_lines()
            assert next(lines).startswith("retry")
            if len(LAYOUTS[layout]) == 1:
                assert any(line.startswith("event: changed") for line in lines)
                return
            with running(home, LAYOUTS[layout][1:], port):
                assert any(line.startswith("event: changed") for line in lines)


def test_the_process_stops_at_once_with_pages_open(home):
    outside.ask(home, "prepare", "0")
    cookies = {"sessionid": outside.ask(home, "session")}
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with running(home, LAYOUTS["one process"], port) as (desk,):
        wait_for(address)
        limits = httpx.Limits(max_connections=READERS)
        with httpx.Client(cookies=cookies, limits=limits, timeout=PATIENCE) as client:
            readers = [
                client.send(client.build_request("GET", f"{address}/live"), stream=True)
                for _ in range(READERS)
            ]
            assert {reader.status_code for reader in readers} == {200}
            desk.terminate()
            # The bar is a second on a quiet machine; what hangs here hangs for ever.
            # uvicorn ends by the signal that it was told by, once everything is closed.
            assert desk.wait(timeout=PATIENCE) in (0, -signal.SIGTERM)
            for reader in readers:
                reader.close()


def test_a_stranger_hears_nothing(home):
    outside.ask(home, "prepare", "0")
    port = free_port()
    with running(home, LAYOUTS["one process"], port):
        wait_for(f"http://127.0.0.1:{port}")
        assert httpx.get(f"http://127.0.0.1:{port}/live", timeout=PATIENCE).status_code == 403
