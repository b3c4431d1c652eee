"""Every page at three widths, light and dark: nothing hangs out, axe finds nothing, pictures to look at.

The pictures lie in var/screenshots afterwards.
"""

from pathlib import Path

import pytest
from servers.axe import violations

from journeys.desks import Colleague, Desk

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.slow]

PICTURES = Path(__file__).parents[2] / "var" / "screenshots"
SIZES = {360: 760, 768: 1024, 1440: 900}
PAGES = {
    "our-turn": "/", "maybe": "/list/maybe/", "nobody": "/list/snoozed/", "search": "/search/?q=bus",
    "people": "/people/", "channels": "/channels/", "channel": "/channels/1/", "team": "/team/",
    "connect": "/channels/connect/mastodon/", "trail": "/team/trail/", "settings": "/settings/",
    "welcome": "/welcome/", "how-we-are-doing": "/how-we-are-doing/",
    "learned": "/how-we-are-doing/learned/", "second-factor": "/account/2fa/",
    "sessions": "/account/sessions/", "password": "/account/password/change/", "not-here": "/people/0/",
}  # fmt: skip
GOES_ON = """
!document.querySelector(".menu:popover-open") || !!document.activeElement.closest(".menu:popover-open")
"""
"""Whoever opened a menu by key goes on by key."""
TALKS = {
    "long-post": "Mira Okafor",
    "no-name": "gravel_and_rain",
    "emoji": "Pia Lindqvist",
    "picture": "Jo Thorsen",
}


@pytest.fixture(scope="module")
def ana(browser, tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("looks") / "home", {})
    with desk.running():
        colleague = Colleague(browser, desk, "Ana")
        colleague.founds()
        desk.work("from journeys.content import fill; fill()")
        yield colleague
        colleague.context.close()


@pytest.fixture(scope="module")
def addresses(ana):
    """Return every page to look at, those of conversations and people among them."""
    found = dict(PAGES)
    ana.page.goto("/")
    for name, who in TALKS.items():
        found[name] = ana.page.locator("[data-row] .who", has_text=who).first.get_attribute("href")
    ana.page.goto("/list/maybe/")
    for name, who in (("arabic", "ليلى"), ("chinese", "王小明")):
        found[name] = ana.page.locator("[data-row] .who", has_text=who).first.get_attribute("href")
    ana.page.goto(found["long-post"])
    found["person"] = ana.page.locator(".card h2 a").get_attribute("href")
    return found


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
def test_pages_fit_and_can_be_used_by_everybody(width, look, ana, addresses, browser):
    context = browser.new_context(
        base_url=ana.desk.address, storage_state=ana.context.storage_state(), color_scheme=look,
        viewport={"width": width, "height": SIZES[width]},
    )  # fmt: skip
    page, found = context.new_page(), []
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, address in addresses.items():
        page.goto(address)
        page.screenshot(path=PICTURES / f"{name}-{width}-{look}.png")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{name} is wider than {width}")
        found += [f"{name}: {one}" for one in violations(page)]
    context.close()
    assert found == []


def test_menus_can_be_used_by_everybody(ana, addresses):
    page, found = ana.page, []
    page.goto(addresses["long-post"])
    for key in "asnemcfptx?":
        page.keyboard.press(key)
        found += [f"{key}: {one}" for one in violations(page)]
        found += [] if page.evaluate(GOES_ON) else [f"{key} opens a menu and leaves the focus"]
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    assert found == []
    page.keyboard.press("x")
    button, menu = (
        page.locator(place).bounding_box() for place in ("[data-key=m]", "#deed-expert")
    )
    assert menu["x"] >= button["x"], "a menu stands where its button does, also when opened by key"
    assert ana.said == []
