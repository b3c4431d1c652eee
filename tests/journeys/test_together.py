"""Colleagues at one desk: collisions, approval, promises, experts, and answers that fail."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.slow]


def test_two_write_at_once_and_neither_loses_a_word(office):
    ana, ben = office.ana, office.joined("Ben", "speak")
    address = ana.opens_next()
    ben.opens(address)
    expect(ana.page.locator("#presence")).to_contain_text("Ben")
    ana.writes("Ana writes about the timetable.")
    ben.writes("Ben writes about the driver.")
    expect(ana.page.locator("#presence")).to_contain_text(
        re.compile(r"Ben.* writing here\.")  # perhaps with somebody who has just left
    )
    ana.opens(address)
    expect(ana.page.locator("#answer-text")).to_have_value("Ana writes about the timetable.")
    bens = ana.page.locator(".collision", has_text="Ben wrote")
    expect(bens).to_contain_text("Ben writes about the driver.")
    # Ana goes on with Ben's words while he changes them.
    bens.get_by_role("link", name="Write on with this one").click()
    expect(ana.page.locator("#answer-text")).to_have_value("Ben writes about the driver.")
    ben.writes("Ben writes about the driver, and the rain.")
    ana.page.locator("#answer-text").fill("Ana changed what Ben wrote.")
    expect(ana.page.locator("#advice .saved")).to_contain_text("kept beside it")
    ben.opens(address)
    everything = (
        ben.page.locator("#composer").inner_text() + ben.page.locator("#answer-text").input_value()
    )
    for words in (
        "Ana writes about the timetable.",
        "and the rain.",
        "Ana changed what Ben wrote.",
    ):
        assert words in everything


def test_an_answer_waits_until_a_colleague_has_read_it(office):
    ana, omar = office.ana, office.joined("Omar", "suggest")
    address = ana.opens_next(1)
    omar.opens(address)
    omar.writes("The lift is repaired, I rode in it this morning.")
    omar.page.get_by_role("button", name="Hand in for approval").click()
    expect(omar.page.locator(".ours.going")).to_contain_text("Waits for a colleague")
    ana.opens(address)
    ana.page.get_by_text("Send it back with a remark").click()
    ana.page.get_by_label("What should be different").fill("Say which lift.")
    ana.page.get_by_role("button", name="Send it back").click()
    omar.opens(address)
    expect(omar.page.locator(".ours.failed")).to_contain_text("Say which lift.")
    omar.page.get_by_text("Change the words and hand it in again").click()
    again = omar.page.locator(".ours.failed")
    again.get_by_label("Your answer").fill("The lift at Harbour Square is repaired, I rode in it.")
    again.get_by_role("button", name="Hand it in again").click()
    ana.opens(address)
    ana.page.get_by_role("button", name="Let it go out").click()
    expect(ana.page.locator("#exchange > .post.ours .said").last).to_contain_text(
        "Harbour Square is repaired"
    )
    expect(ana.page.locator(".ours.going, .ours.held")).to_have_count(0)


def test_a_promise_stays_with_us_until_it_is_kept(office):
    ana = office.ana
    address = ana.opens_next()
    ana.writes("We will look into it and get back to you by Friday.")
    ana.sends()
    expect(ana.page.locator(".ours.held, .ours.going")).to_have_count(0)
    ana.opens(address)
    ana.page.get_by_role("button", name="More").click()
    ana.page.get_by_role("button", name="We promised something").click()
    ana.page.get_by_role("button", name="Remember it").click()
    expect(ana.state).to_contain_text(re.compile("promised to come back|Waits for us"))
    kept = ana.page.get_by_role("button", name="Promise kept")
    expect(kept).to_be_visible()
    kept.click()
    expect(kept).to_have_count(0)


def test_an_expert_without_a_login_answers_by_email(office):
    ana = office.ana
    ana.opens_next()
    ana.page.get_by_role("button", name="More").click()
    ana.page.get_by_role("button", name="Ask an expert by e-mail").click()
    ana.page.get_by_label("E-mail address of somebody who knows").fill("greta@depot.example")
    ana.page.get_by_label("Your question").fill("Is the 7 running on Sunday?")
    ana.page.get_by_role("button", name="Ask", exact=True).click()
    expect(ana.page.locator(".note").last).to_contain_text("Is the 7 running on Sunday?")
    office.desk.work("from twoway.desk.running import mail; mail.send_questions()")
    letter = next(one for one in office.mail.letters if one["To"] == "greta@depot.example")
    assert "Is the 7 running on Sunday?" in letter.get_body(("plain",)).get_content()
    office.mail.answer(letter, "Greta <greta@depot.example>", "Every twenty minutes from eight.")
    office.desk.work("from twoway.desk.running import mail; mail.fetch_answers()")
    expect(ana.page.locator(".note").last).to_contain_text("Every twenty minutes from eight.")
    assert "Is the 7 running" not in ana.page.locator(".note").last.inner_text()


def test_what_the_network_refuses_is_cured_and_sent(office):
    ana = office.ana
    address = ana.opens_next()
    with office.desk.refusing("The practice network wants kinder words."):
        ana.writes("You should have read the timetable.")
        ana.sends()
        failed = ana.page.locator(".ours.failed")
        expect(failed).to_contain_text("kinder words")
    ana.opens(address)
    ana.page.get_by_text("Change the words and hand it in again").click()
    failed.get_by_label("Your answer").fill(
        "The timetable was hard to find; it hangs at the stop now."
    )
    failed.get_by_role("button", name="Hand it in again").click()
    expect(ana.page.locator(".ours.failed, .ours.held, .ours.going")).to_have_count(0)
    expect(ana.page.locator("#exchange > .post.ours .said").last).to_contain_text(
        "hangs at the stop now"
    )


def test_an_account_that_speaks_for_us_is_looked_up_and_let_go(office):
    page = office.ana.page
    page.goto("/")
    expect(page.locator("[data-row]").first).to_be_visible()
    page.goto("/people/")
    page.locator(".people a").first.click()
    handle = page.locator(".accounts bdi").first.inner_text()
    page.goto("/channels/")
    page.locator(".channels h2 a").first.click()
    page.get_by_label("Handle of an account").fill("nobody_at_all")
    page.get_by_role("button", name="Look it up").click()
    expect(page.locator("#notices .bad")).to_contain_text("Nobody in the practice network")
    page.get_by_label("Handle of an account").fill(f"@{handle}")
    page.get_by_role("button", name="Look it up").click()
    expect(page.locator(".found")).to_contain_text(handle)
    page.get_by_role("button", name="It speaks for us").click()
    expect(page.locator("#notices .good")).to_contain_text("counts as ours from now on")
    own = page.locator("#own .voice-line", has_text=handle)
    own.get_by_role("button", name="no longer speaks for us").click()
    expect(page.locator("#notices .good")).to_contain_text("no longer speaks for us")
    expect(own).to_have_count(0)


def test_the_desk_learns_when_it_is_told_to(office):
    ana, page = office.ana, office.ana.page
    ana.opens_next()
    page.locator("#exchange > .post.theirs footer [popovertarget]").last.click()
    ana.puts_right("a complaint")
    page.goto("/how-we-are-doing/")
    page.get_by_role("link", name="What it learned from you").click()
    page.get_by_role("button", name="Learn now").click()
    expect(page.locator("#learned")).to_contain_text("too few to measure by")
