"""Comments as Google Takeout gives them: only those the account wrote, their text as pieces of JSON.

Since 2024 the pieces are JSON objects joined by commas, without brackets; before, a list under
`takeoutSegments`. Headers change their capitals, and their language with the account's.
"""

import json

from twoway.collection.tabular.layout import Cells, Layout, one_of


def _adjust(cells: Cells) -> None:
    text = cells.get("text")
    if isinstance(text, str) and text.lstrip().startswith("{"):
        cells["text"] = _joined(text)
    if not cells.get("parent"):
        cells["parent"] = cells.get("root")


def _joined(text: str) -> str:
    """Return the text of all pieces; what is no JSON stays as it is."""
    try:
        pieces = json.loads(f"[{text}]", strict=False)
    except (ValueError, RecursionError):
        return text
    if len(pieces) == 1 and isinstance(pieces[0], dict):
        pieces = pieces[0].get("takeoutSegments", pieces)
    found = [str(piece.get("text", "")) for piece in pieces if isinstance(piece, dict)]
    return "".join(found) or text


LAYOUT = Layout(
    name="YouTube Takeout comments",
    marks=(
        one_of("comment_create_timestamp"),
        one_of("comment_text"),
        one_of("channel_id"),
        one_of("video_id"),
    ),
    network="youtube",
    columns={
        "id": "comment_id",
        "author": "channel_id",
        "created_at": "comment_create_timestamp",
        "parent": "parent_comment_id",
        "root": "video_id",
        "text": "comment_text",
    },
    adjust=_adjust,
)
