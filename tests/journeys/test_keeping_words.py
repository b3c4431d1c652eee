"""No word is lost: whoever leaves at once, loses the connection or is signed out finds all they wrote."""

import pytest
from playwright.sync_api import expect
from servers.patience import until

from journeys.desks import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.slow]


@pytest.fixture
def noor(office):
    """Give a colleague whose browser complains of what is done to it."""
    colleague = office.joined("Noor", "speak")
    yield colleague
    # Nobody else finds a draft of hers where they begin to write.
    if _written(colleague).input_value():
        with colleague.page.expect_response("**/draft/"):
            _written(colleague).fill("")
    colleague.said.clear()


def _written(colleague):
    return colleague.page.locator("#answer-text")


def test_whoever_leaves_at_once_finds_their_words(noor):
    address = noor.opens_next()
    _written(noor).press_sequentially("We are on it, and you hear of us.")
    noor.page.get_by_role("link", name="People").click()
    expect(noor.page.get_by_role("heading", name="People")).to_be_visible()

    def finds_them():
        """Look again: the words travel behind the link, so she may be back before them."""
        noor.opens(address)
        return _written(noor).input_value() == "We are on it, and you hear of us."

    until(finds_them)
    noor.page.keyboard.press("r")
    _written(noor).press_sequentially(" Soon.")
    noor.page.get_by_role("button", name="Take it").click()
    noor.page.locator("#deed-assign button", has_text="Noor").click()
    expect(noor.page.locator("#talk-notices")).to_contain_text("Yours now.")
    expect(_written(noor)).to_have_value("We are on it, and you hear of us. Soon.")


def test_words_wait_for_the_connection(noor):
    noor.opens_next(1)
    noor.context.set_offline(True)
    _written(noor).fill("Written in a tunnel.")
    trouble = noor.page.locator("#trouble")
    expect(trouble).to_contain_text("kept as soon as the desk answers")
    noor.page.locator("[data-key=send]").click()
    expect(_written(noor)).to_have_value("Written in a tunnel.")
    noor.context.set_offline(False)
    expect(trouble).to_be_hidden()
    expect(noor.page.locator("#advice .saved")).to_contain_text("Saved")


def test_whoever_is_signed_out_signs_in_beside_it_and_goes_on(noor):
    noor.opens_next(2)
    noor.context.clear_cookies(name="sessionid")
    _written(noor).fill("Written after the session ended.")
    trouble = noor.page.locator("#trouble")
    expect(trouble).to_contain_text("You have been signed out.")
    with noor.context.expect_page() as beside:
        trouble.get_by_role("link", name="Sign in").click()
    other = beside.value
    other.get_by_label("E-mail address").fill(noor.email)
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in", exact=True).click()
    expect(other.locator("#rail")).to_be_visible()
    other.close()
    expect(trouble).to_be_hidden()
    expect(noor.page.locator("#advice .saved")).to_contain_text("Saved")
    expect(_written(noor)).to_have_value("Written after the session ended.")
