"""A colleague at a browser who answers one conversation after the other, whatever breaks meanwhile."""

import re
import time
from html import unescape
from threading import Event
from urllib.parse import urlencode

import httpx

from twoway.desk.running.tests.watching import PATIENCE

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
FORM = {"content-type": "application/x-www-form-urlencoded"}


class Colleague:
    """Somebody who opens a conversation, writes, sends, and sends the same form again until it is taken.

    `under_way` is set while a form is with the server; `broken` counts forms whose answer never
    came; `said` are the texts that the desk took.
    """

    def __init__(self, address, session):
        self._client = httpx.Client(
            base_url=address,
            cookies={"sessionid": session},
            timeout=PATIENCE,
            # A connection kept open would break without anything being under way.
            limits=httpx.Limits(max_keepalive_connections=0),
        )
        self.under_way = Event()
        self.lasts = 0.1
        self.broken = 0
        self.said = []

    def close(self):
        self._client.close()

    def answers(self, conversation, text):
        """Answer as a browser does: the form as the page gives it, its key included."""
        form = self.fill_in(conversation, text)
        taken = self._persists(lambda: self.hand_in(form))
        # Elsewhere it leads when the desk has something against it.
        assert taken.status_code == 303, (taken, taken.text)
        assert taken.headers["location"].endswith("#exchange-end"), (text, taken.headers)
        self.said.append(text)

    def fill_in(self, conversation, text):
        """Return where the form of a conversation goes, and what stands in it."""
        page = self._persists(lambda: self._client.get(f"/conversation/{conversation}/"))
        assert page.status_code == 200, (page, page.headers)
        form = page.text.partition('id="answer-form">')[2].partition("</form>")[0]
        hidden = {name: unescape(value) for name, value in HIDDEN.findall(form)}
        return f"/conversation/{conversation}/answer/", hidden | {"text": text, "do": "send"}

    def hand_in(self, form):
        """Send a form once; raises where nothing comes back."""
        address, fields = form
        content = urlencode(fields).encode()
        begun = 0.0

        def body():
            nonlocal begun
            begun = time.monotonic()
            self.under_way.set()  # asked for once there is a connection
            yield content

        length = {"content-length": str(len(content))}
        try:
            answer = self._client.post(address, content=body(), headers=FORM | length)
        except httpx.TransportError:
            self.broken += self.under_way.is_set()
            raise
        finally:
            self.under_way.clear()
        self.lasts = time.monotonic() - begun
        return answer

    @staticmethod
    def _persists(ask):
        ends = time.monotonic() + PATIENCE
        while True:
            try:
                return ask()
            except httpx.TransportError:
                assert time.monotonic() < ends, "the desk does not come back"
                time.sleep(0.02)
