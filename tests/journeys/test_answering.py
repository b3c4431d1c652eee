"""From the first run to a talk that goes both ways, in a real browser, on both databases."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.slow]


def test_an_answer_turns_the_conversation_and_theirs_turns_it_back(office):
    ana = office.ana
    ana.opens_next()
    ana.writes("Thank you for writing. At which stop and at what time was that?")
    ana.sends()
    expect(ana.page.locator(".ours.held, .ours.going")).to_have_count(0)
    expect(ana.page.locator("#exchange > .post.ours .said").last).to_contain_text("At which stop")
    # They tell what was asked, within seconds, and nobody reloads the page.
    expect(ana.state).to_contain_text(re.compile("We asked and wait for them|Waits for us"))
    expect(ana.page.locator("#exchange > .post.ours ~ .post.theirs")).not_to_have_count(0)
    expect(ana.state).to_contain_text("Waits for us")


def test_what_is_done_about_a_post_leaves_what_one_is_writing(office):
    ana, page = office.ana, office.ana.page
    ana.opens_next()
    ana.writes("We read every one of these.")
    # They may write again meanwhile: what is liked is this very post.
    name = page.locator("#exchange > .post.theirs").last.get_attribute("id")
    theirs = page.locator(f"#{name}")
    theirs.get_by_role("button", name="Like", exact=True).click()
    expect(theirs.get_by_role("button", name="Liked")).to_be_visible()
    page.keyboard.press("Escape")
    kind = theirs.locator("footer [popovertarget]")
    kind.click()
    menu = page.locator(".menu:popover-open")
    expect(menu).to_contain_text(re.compile("speak: “|No single word"))
    ana.puts_right("a complaint")
    expect(kind).to_contain_text("Put right: a complaint")
    page.get_by_role("button", name="Note", exact=True).click()
    page.get_by_label("Note to colleagues").fill("The depot knows.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator(".note").last).to_contain_text("The depot knows.")
    expect(page.get_by_label("Note to colleagues")).to_be_hidden()
    expect(page.locator("#answer-text")).to_have_value("We read every one of these.")
    page.locator("#answer-text").fill("")


def test_a_post_of_ours_is_taken_down_after_all(office):
    ana, page = office.ana, office.ana.page
    ana.opens_next()
    ana.writes("The 7 runs again from noon.")
    ana.sends()
    said = page.locator("#exchange > .post.ours", has_text="The 7 runs again from noon.")
    expect(said.get_by_text("Take down …")).to_be_attached()
    with office.desk.refusing("The practice network keeps it."):
        said.get_by_role("button", name="Take down …").click()
        page.get_by_role("button", name="Take it down").click()
        going = page.locator(".ours.held, .ours.going, .ours.failed")
        expect(going).to_contain_text(re.compile("Is taken down in a few seconds|keeps it"))
        ana.undoes()
        expect(going).to_have_count(0)
    said.get_by_role("button", name="Take down …").click()
    page.get_by_role("button", name="Take it down").click()
    expect(said).to_have_count(0)


def test_undo_takes_an_answer_back_and_keeps_its_words(office):
    ana = office.ana
    ana.opens_next()
    ana.writes("This was sent too soon")
    with office.desk.refusing():
        ana.sends()
        ana.undoes()
        expect(ana.page.locator("#answer-text")).to_have_value("This was sent too soon")
    expect(ana.state).to_contain_text("Waits for us")
    ana.page.locator("#answer-text").fill("")


def test_everything_works_without_scripts(office, browser):
    signed_in = office.ana.context.storage_state()
    context = browser.new_context(
        base_url=office.desk.address, storage_state=signed_in, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/")
    page.locator("[data-row]:not(:has-text('private')) .who").nth(1).click()
    page.locator("#answer-text").fill("We look into it today and tell you by six.")
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.locator("#answer-text")).to_have_value("We look into it today and tell you by six.")
    page.get_by_role("button", name="Note", exact=True).click()
    page.get_by_label("Note to colleagues").fill("The depot knows.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator(".note")).to_contain_text("The depot knows.")
    page.get_by_role("button", name="Send as Ana").click()
    expect(page.locator(".ours.held")).to_contain_text("We look into it today")
    page.get_by_role("button", name="Undo").click()
    context.close()


def test_the_keyboard_alone_answers(office):
    page = office.ana.page
    page.goto("/")
    expect(page.locator("[data-row]").first).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#answer-text")).to_be_visible()
    expect(page.locator("#talk")).to_be_focused()
    page.keyboard.press("n")
    expect(page.get_by_label("Note to colleagues")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#talk")).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator("#deed-assign button").first).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.locator("#answer-text")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#talk")).to_be_focused()
    # What comes in meanwhile takes nobody's place in the list from them.
    page.keyboard.press("k")
    expect(page.locator("[data-row] .who:focus")).to_have_count(1)
    with page.expect_response(lambda answer: answer.url.rstrip("/") == office.desk.address):
        page.evaluate("htmx.trigger(document.body, 'desk:list')")
    expect(page.locator("[data-row] .who:focus")).to_have_count(1)
    page.keyboard.press("?")
    expect(page.locator("#keys-help")).to_be_visible()
    page.keyboard.press("?")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()


def test_back_leads_to_the_conversation_before_and_the_window_says_whose_it_is(office):
    page = office.ana.page
    page.goto("/")
    # Of the list as it is now; who comes in meanwhile is somebody else's row.
    rows = page.locator("[data-row] .who")
    expect(rows.nth(1)).to_be_visible()
    ids = [rows.nth(n).get_attribute("id") for n in (0, 1)]
    names = []
    for row in ids:
        page.locator(f"#{row}").click()
        expect(
            page.locator(f"#talk[data-conversation='{row.removeprefix('who-')}']")
        ).to_be_visible()
        names.append(page.locator("#talk h1").inner_text())
        expect(page).to_have_title(f"{names[-1]} – Twoway")
    # A list that is fetched anew does not name the window after itself.
    with page.expect_response(lambda answer: answer.url.rstrip("/") == office.desk.address):
        page.evaluate("htmx.trigger(document.body, 'desk:list')")
    expect(page).to_have_title(f"{names[1]} – Twoway")
    page.locator("#answer-text").fill("Half a thought")
    page.go_back()
    expect(page.locator("#talk h1")).to_have_text(names[0])
    expect(page).to_have_title(f"{names[0]} – Twoway")
    expect(page.locator("#rail")).to_be_visible()
    expect(page.locator("[data-row]")).not_to_have_count(0)
    page.go_forward()
    expect(page.locator("#talk h1")).to_have_text(names[1])
    expect(page.locator("#answer-text")).to_have_value("Half a thought")
    page.locator("#answer-text").fill("")


def test_a_phone_goes_on_to_the_next_conversation(office):
    page = office.ana.page
    page.set_viewport_size({"width": 360, "height": 740})
    try:
        page.goto("/")
        page.locator("[data-row] .who").first.click()
        first = page.locator("#talk").get_attribute("data-conversation")
        page.locator(".bar").get_by_role("link", name=re.compile("^Next: ")).click()
        expect(page.locator(f"#talk:not([data-conversation='{first}'])")).to_be_visible()
        expect(page.locator("#answer-text")).to_be_visible()
    finally:
        page.set_viewport_size({"width": 1440, "height": 900})


def test_what_was_sent_does_not_come_back_into_the_composer(office):
    ana, page = office.ana, office.ana.page
    ana.opens_next()
    page.reload()
    ana.writes("The lift at Harbour Square runs again.")
    ana.sends()
    expect(page.locator("#exchange > .post.ours", has_text="The lift at Harbour")).to_be_visible()
    page.go_back()
    expect(page.locator("#answer-text")).to_have_value("")


def test_a_click_for_a_tab_of_its_own_leaves_this_one_where_it_is(office):
    page = office.ana.page
    page.goto("/")
    with office.ana.context.expect_page() as opened:
        page.locator("[data-row] .who").first.click(modifiers=["Control"])
    expect(opened.value.locator("#answer-text")).to_be_visible()
    opened.value.close()
    expect(page).to_have_title("Our turn – Twoway")
