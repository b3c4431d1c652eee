"""A page that is not ready yet is asked again before its reader hears of it; others go straight through."""

import asyncio

import pytest

from twoway.desk.running import patience


class Pages:
    """Answers 202 a few times, then with a picture."""

    def __init__(self, not_yet):
        self.left = not_yet
        self.asked = 0

    async def __call__(self, scope, receive, send):
        del scope, receive
        self.asked += 1
        self.left -= 1
        status = 202 if self.left >= 0 else 200
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b"a picture"})


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    monkeypatch.setattr(patience, "WAITS", (0, 0, 0))


def ask(pages, path, method="GET"):
    said = []

    async def send(message):
        said.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": "http", "path": path, "method": method}
    asyncio.run(patience.patient(pages, "/picture/")(scope, receive, send))
    return said[0]["status"], len(said)


@pytest.mark.parametrize(("not_yet", "status", "asked"), [(0, 200, 1), (2, 200, 3), (9, 202, 4)])
def test_it_is_asked_a_few_times(not_yet, status, asked):
    pages = Pages(not_yet)
    assert ask(pages, "/picture/face/1/") == (status, 2)
    assert pages.asked == asked


def test_nothing_else_is_asked_twice():
    for path, method in (("/people/1/", "GET"), ("/picture/face/1/", "POST")):
        pages = Pages(5)
        assert ask(pages, path, method) == (202, 2)
        assert pages.asked == 1
