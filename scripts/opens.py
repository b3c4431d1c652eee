"""Opens the desk, asks it for its first page, and closes it again: for machines without a screen."""

import subprocess
import sys
import time
import urllib.error
import urllib.request

SECONDS = 30


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as page:
            return page.status == 200
    except (urllib.error.URLError, OSError):
        return False


def main(port: str) -> int:
    desk = subprocess.Popen([".venv/bin/twoway", "desk", "--port", port, "--no-browser"])
    try:
        for _ in range(SECONDS * 5):
            if answers(f"http://127.0.0.1:{port}/account/login/"):
                sys.stdout.write("The desk opens. On a screen: ./scripts/demo, or twoway desk\n")
                return 0
            if desk.poll() is not None:
                return 1
            time.sleep(0.2)
        sys.stderr.write(f"The desk did not answer within {SECONDS} seconds.\n")
        return 1
    finally:
        desk.terminate()
        desk.wait(timeout=10)


sys.exit(main(sys.argv[1]))
