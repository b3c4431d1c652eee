"""Draws docs/pictures anew: a desk with a long day behind it, and a report of the demo's world."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS.parent / "tests"))

from journeys.desks import TWOWAY, Colleague, Desk  # noqa: E402  found below tests/

WORDS = (
    "Mira, you are right, and I am sorry that nobody answered you. From Wednesday the 12 gets two more "
    "buses in the morning. I am coming to Harbour Street at 7 to see how full they are."
)
HEIGHT = """
Math.ceil(document.querySelector("#talk [data-key=send]").getBoundingClientRect().bottom)
    + document.getElementById("talk").scrollTop + 60
"""
SIGNED = """
from journeys.content import fill; fill()
from twoway.desk.channels import services as channels
from twoway.desk.channels.models import Channel
from twoway.desk.team.models import Teammate
ana = Teammate.objects.get()
channels.let_speak(ana, Channel.objects.get(network="practice").pk, ana.pk, "– Ana")
# There is no network behind these channels: none is asked, so none complains.
Channel.objects.update(state="paused")
"""


def draw_desk(browser: Browser, folder: Path) -> None:
    """Found a desk, let a day come in, open the conversation that waits longest, begin an answer."""
    desk = Desk(folder / "home", {})
    with desk.running():
        ana = Colleague(browser, desk, "Ana")
        ana.founds()
        desk.work(SIGNED)
        ana.page.goto("/")
        ana.page.locator("[data-row] .who", has_text="Mira Okafor").click()
        ana.writes(WORDS)
        # As high as the conversation, so that nothing of it is cut off.
        height = ana.page.evaluate(HEIGHT)
        ana.page.set_viewport_size({"width": 1440, "height": height})
        ana.page.evaluate("document.getElementById('talk').scrollTop = 0")
        ana.page.mouse.move(1300, height - 80)
        ana.page.screenshot(path=DOCS / "pictures" / "desk.png")
        ana.context.close()


def draw_report(browser: Browser, folder: Path) -> None:
    """Audit the one of the five that talks to itself, and show how its report begins."""
    world, report = folder / "world", folder / "report.html"
    for words in (
        ["practice", "--into", world],
        ["audit", world, "--account", "corvane", "--format", "html", "--output", report],
    ):
        subprocess.run([TWOWAY, *words], check=True)  # noqa: S603  our own command
    page = browser.new_page(viewport={"width": 1180, "height": 980}, device_scale_factor=1.5)
    page.goto(report.as_uri())
    page.screenshot(path=DOCS / "pictures" / "report.png")


def draw() -> None:
    """Draw both."""
    with TemporaryDirectory(prefix="twoway-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        draw_desk(browser, Path(folder))
        draw_report(browser, Path(folder))
        browser.close()


if __name__ == "__main__":
    draw()
