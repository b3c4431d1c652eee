"""Guards for walking through pages of a server that may be wrong, or hostile, about where they end."""

from typing import Final

from twoway.connectors.errors import GiveUp

# Some 500,000 posts at 100 a page: more than any account needs, and days at any server's pace.
MOST: Final = 5_000


class Trail:
    """The cursors of one walk: none may come twice, and there is an end to them."""

    def __init__(self, server: str, most: int = MOST) -> None:
        self._server = server
        self._most = most
        self._seen: set[str] = set()

    def step(self, cursor: str | None) -> None:
        """Note where the walk goes next; raises GiveUp where it goes in a circle or never ends."""
        if cursor is None:
            return
        if len(cursor) > 10_000:
            raise GiveUp(
                "{server} gave a cursor of {length} characters.",
                server=self._server,
                length=len(cursor),
            )
        if cursor in self._seen:
            raise GiveUp(
                "{server} hands out the same page again and again. It is left.", server=self._server
            )
        if len(self._seen) >= self._most:
            raise GiveUp(
                "{server} hands out pages without an end; {many} were read.",
                server=self._server,
                many=self._most,
            )
        self._seen.add(cursor)
