"""A desk as people run it, `twoway desk` in a process of its own, and a colleague at a browser."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs

from playwright.sync_api import Browser, BrowserContext, Page, Response, expect
from servers.patience import PATIENCE, until
from servers.ports import free_port, wait_for_port

TWOWAY = Path(sys.executable).with_name("twoway")
TESTS = Path(__file__).parents[1]
PASSWORD = "a sentence is a good password"
LETTERS = ("TWOWAY_", "DJANGO_")
UNDO = re.compile("^(Undo|Take it back as a draft|Let it stand)$")
"""What the button says in the first eight seconds, and what once the network has refused."""


class Desk:
    """One running desk; `work` runs something in another process beside it, as `twoway work` would."""

    def __init__(self, home: Path, given: Mapping[str, str]) -> None:
        self.home = home
        self.port = free_port()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(LETTERS)}
        self.environment = kept | {"TWOWAY_HOME": str(home), **given}
        self.log = home.parent / f"{home.name}.log"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def running(self) -> Iterator["Desk"]:
        """Run it until the block ends."""
        command = [str(TWOWAY), "desk", "--no-browser", "--port", str(self.port)]
        with self.log.open("wb") as log:
            process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
            try:
                wait_for_port(self.port, process)
                yield self
            except RuntimeError as silent:
                raise RuntimeError(self.log.read_text(encoding="utf-8")[-2000:]) from silent
            finally:
                process.terminate()
                process.wait(PATIENCE)

    @property
    def begin(self) -> str:
        """Return the address that the terminal shows on first run."""
        said = re.search(r"http://\S+/begin/\S+", self.log.read_text(encoding="utf-8"))
        assert said is not None, "the terminal shows where to begin"
        return said[0]

    def work(self, code: str) -> None:
        """Run Python with the desk's settings, in a process of its own."""
        prepared = (
            "import django; django.setup()\n"
            "from twoway.desk.inbox import hooks\nfrom twoway.desk.running import wires\n"
            "hooks.changed.append(wires.tell_others)\n"
        ) + code
        environment = self.environment | {
            "DJANGO_SETTINGS_MODULE": "twoway.desk.settings", "PYTHONPATH": str(TESTS),
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", prepared],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]

    def weather(self, **weather: object) -> None:
        """Choose what goes wrong in the practice town; its people stay patient."""
        chosen = {"patient": True, **weather}
        self.work(
            "from pathlib import Path\n"
            "from twoway.networks.practice.server import Server\n"
            "from twoway.practice.living.town import Town\n"
            f"file = next(Path({str(self.home)!r}).glob('practice/*.sqlite'))\n"
            f"Server(file, Town(seed=1, setting='transport', speed=60)).set_weather(**{chosen!r})\n"
        )

    @contextmanager
    def refusing(self, words: str = "The practice network wants no words now.") -> Iterator[None]:
        """Let the town take nothing from us: what is sent stays to be changed or taken back."""
        self.weather(refuses=words)
        try:
            yield
        finally:
            self.weather()

    def complaints(self) -> list[str]:
        """Return what the desk logged that it should not have."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if " ERROR " in line or "Traceback" in line]


class Colleague:
    """Somebody at a browser of their own."""

    def __init__(self, browser: Browser, desk: Desk, name: str) -> None:
        self.desk, self.name = desk, name
        self.email = f"{name.lower()}@larkway.example"
        self.context: BrowserContext = browser.new_context(
            base_url=desk.address, viewport={"width": 1440, "height": 900}, locale="en-GB"
        )
        self.context.set_default_timeout(PATIENCE * 1_000)
        self.page: Page = self.context.new_page()
        self.said: list[str] = []
        self.page.on("console", lambda message: self._note(message.type, message.text))
        self.page.on("pageerror", lambda error: self._note("error", str(error)))

    def _note(self, kind: str, words: str) -> None:
        if kind == "error":
            self.said.append(words)

    def founds(self) -> None:
        """Take the first run: who we are."""
        self.page.goto(self.desk.begin)
        self.page.get_by_label("Organisation").fill("Larkway Buses")
        self._introduces()
        self.page.get_by_label("E-mail address").fill(self.email)
        self.page.get_by_role("button", name="Open the desk").click()
        expect(self.page.get_by_role("heading", name=f"Welcome, {self.name}.")).to_be_visible()

    def _introduces(self) -> None:
        self.page.get_by_label("Your name").fill(self.name)
        self.page.get_by_label("Password").fill(PASSWORD)

    def practises(self, speed: int) -> None:
        """Connect the practice network, at a speed."""
        self.page.goto("/channels/connect/practice/")
        self.page.get_by_label("How fast people live").fill(str(speed))
        self.page.get_by_role("button", name="Connect").click()
        expect(self.page.get_by_text("They write in a moment")).to_be_visible()

    def invites(self, colleague: "Colleague", may: str) -> None:
        """Invite a colleague, who joins by the link."""
        self.page.goto("/team/")
        invite = self.page.locator(
            "section", has=self.page.get_by_role("heading", name="Invite a colleague")
        )
        invite.get_by_label("E-mail address").fill(colleague.email)
        invite.get_by_role("radio", name=may, exact=False).check()
        invite.get_by_role("button", name="Invite").click()
        colleague.page.goto(self.page.locator(".notice code").inner_text())
        colleague._introduces()
        colleague.page.get_by_role("button", name="Join").click()
        expect(
            colleague.page.get_by_role("heading", name=f"Welcome, {colleague.name}.")
        ).to_be_visible()

    def lets_speak(self, colleague: "Colleague", *, approval: bool = False) -> None:
        """Let a colleague speak on the one channel, signing by name."""
        self.page.goto("/channels/")
        self.page.locator(".channels h2 a").first.click()
        self.page.get_by_label("Let somebody speak").select_option(label=colleague.name)
        self.page.get_by_label("Signature").fill(f"– {colleague.name}")
        self.page.get_by_label("Somebody reads it first").set_checked(approval)
        self.page.get_by_role("button", name="Let them speak").click()
        expect(self.page.locator(".voice-line", has_text=colleague.name)).to_be_visible()

    def opens(self, address: str) -> None:
        """Open a conversation by its address."""
        self.page.goto(address)
        expect(self.page.locator("#answer-text")).to_be_visible()

    def opens_next(self, place: int = 0) -> str:
        """Open a public conversation that waits, and return its address.

        The town lives on meanwhile: who waited a moment ago may have taken it back.
        """

        def waits() -> bool:
            self.page.goto("/")
            rows = self.page.locator("[data-row]:not(:has-text('private'))")
            expect(rows.nth(place)).to_be_visible()
            rows.nth(place).locator(".who").click()
            expect(self.page.locator("#answer-text")).to_be_visible()
            return "Waits for us" in self.state.inner_text()

        until(waits)
        return self.page.url

    def writes(self, words: str) -> None:
        """Write an answer and wait until these very words are saved, as they are while one types."""

        def saves(answer: Response) -> bool:
            sent = parse_qs(answer.request.post_data or "")
            return answer.url.endswith("/draft/") and sent.get("text") == [words]

        with self.page.expect_response(saves):
            self.page.locator("#answer-text").fill(words)
        expect(self.page.locator("#advice .saved")).to_contain_text("Saved")

    def sends(self) -> None:
        """Press the button that sends."""
        self.page.locator("[data-key=send]").click()
        self.page.wait_for_load_state()

    def puts_right(self, kind: str) -> None:
        """Say in the menu that is open what a post really is."""
        menu = self.page.locator(".menu:popover-open")
        menu.get_by_role("radio", name=kind).check()
        menu.get_by_role("button", name="Put it right").click()
        expect(self.page.locator("#talk-notices")).to_contain_text("We learn from it.")

    def undoes(self) -> None:
        """Take back what was sent, however late."""
        self.page.get_by_role("button", name=UNDO).click()

    @property
    def state(self):
        """Return the line that says where the conversation stands."""
        return self.page.locator("#talk-state")
