"""What one column leaves to another: the time of a day, what a post is called, where it stands."""

import re
from typing import Any, Final

from twoway.collection.tabular.cells import is_empty
from twoway.collection.tabular.fields import ByRole

# "Twitter Reply", "REPLY", "Comment"; "Retweet", "Repost". A "share" is a post to some tools.
_REPLY: Final = re.compile(
    r"\b(repl(y|ies|ied|ied_to)|comment|antwort|kommentar|respuesta)\b", re.IGNORECASE
)
_SHARE: Final = re.compile(r"\b(retweet(ed)?|repost(ed)?|reblog|boost)\b", re.IGNORECASE)
_STATUS: Final = re.compile(r"/status(?:es)?/(\d+)")
_POINTING: Final = ("id", "parent", "root", "quoted", "shared")


def complete(cells: ByRole, *, is_x: bool) -> None:
    """Fill what other columns tell; posts of X are known by the number in their address."""
    if "clock" in cells:
        days, clocks = cells["created_at"], cells.pop("clock")
        cells["created_at"] = [_moment(*both) for both in zip(days, clocks, strict=True)]
    if "type" in cells:
        called = [cell if isinstance(cell, str) else "" for cell in cells.pop("type")]
        cells.setdefault("is_reply", [bool(_REPLY.search(one)) for one in called])
        cells.setdefault("is_share", [bool(_SHARE.search(one)) for one in called])
    for role in _POINTING if is_x else ():
        if "/status" in str(next(filter(None, cells.get(role, ())), "")):
            cells[role] = [_number(cell) for cell in cells[role]]


def _moment(day: Any, clock: Any) -> Any:
    return day if is_empty(day) or is_empty(clock) else f"{day} {clock}"


def _number(cell: Any) -> Any:
    """Return a post's number out of its address."""
    if isinstance(cell, str) and "/status" in cell and (found := _STATUS.search(cell)):
        return found[1]
    return cell
