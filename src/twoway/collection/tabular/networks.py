"""Which network a table's posts are from, where neither the user nor its layout says so."""

import re
from collections.abc import Iterable
from typing import Any, Final

# The name of a network is that of its folder in twoway.networks.
_ADDRESSES: Final = {
    "x": r"(twitter|x)\.com/[^/]+/status",
    "bluesky": r"at://did:|//bsky\.app/profile",
    "facebook": r"(facebook|fb)\.com/",
    "youtube": r"(youtube\.com|youtu\.be)/",
    "reddit": r"reddit\.com/r/",
    "linkedin": r"linkedin\.com/",
    "instagram": r"instagram\.com/",
    "mastodon": r"//[^/]+/(@[^/]+|users/[^/]+/statuses)/\d{15,}",
}
UNKNOWN: Final = "file"


def guess_network(cells: Iterable[Any]) -> str:
    """Tell by the addresses of posts; "file" where they tell nothing."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    for network, pattern in _ADDRESSES.items():
        if texts and all(re.search(pattern, text[:500]) for text in texts):
            return network
    return UNKNOWN
