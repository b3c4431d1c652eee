"""Draws docs/pictures/desk.png anew: a desk with a long day behind it, as `twoway desk` shows it."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS.parent / "tests"))

from journeys.desks import Colleague, Desk  # noqa: E402  found below tests/

WORDS = (
    "Mira, you are right, and I am sorry that nobody answered you. From Wednesday the 12 gets two more "
    "buses in the morning. I am coming to Harbour Street at 7 to see how full they are."
)
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


def draw(picture: Path) -> None:
    """Found a desk, let a day come in, open the conversation that waits longest, begin an answer."""
    with TemporaryDirectory(prefix="twoway-") as folder, sync_playwright() as playwright:
        desk = Desk(Path(folder) / "home", {})
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        with desk.running():
            ana = Colleague(browser, desk, "Ana")
            ana.page.set_viewport_size({"width": 1440, "height": 1180})
            ana.founds()
            desk.work(SIGNED)
            ana.page.goto("/")
            ana.page.locator("[data-row] .who", has_text="Mira Okafor").click()
            ana.writes(WORDS)
            ana.page.mouse.move(1300, 900)
            ana.page.evaluate("document.getElementById('talk').scrollTop = 150")
            ana.page.screenshot(path=picture)
            ana.context.close()
        browser.close()


if __name__ == "__main__":
    draw(DOCS / "pictures" / "desk.png")
