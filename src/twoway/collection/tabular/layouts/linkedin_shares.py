"""Shares.csv of a LinkedIn member's export: own posts; newlines are doubled quotes around a break."""

from twoway.collection.tabular.layout import Cells, Layout, one_of


def _adjust(cells: Cells) -> None:
    text = cells.get("text")
    if isinstance(text, str) and '"' in text:
        cells["text"] = text.replace('"\n"', "\n").replace('""', '"').strip('"')


LAYOUT = Layout(
    name="LinkedIn shares",
    marks=(one_of("sharecommentary"), one_of("sharelink"), one_of("date")),
    network="linkedin",
    columns={
        "id": "sharelink",
        "address": "sharelink",
        "text": "sharecommentary",
        "links": "sharedurl",
        "visibility": "",
    },
    adjust=_adjust,
)
