"""Texts that were prepared for research or export, brought back to what people wrote.

Published sets and exports mask who is named ("<user>", "@USER"), where links lead ("<url>",
"HTTPURL") and emoji (":red_heart:"), cut words for a parser ("do n't") and leave marks of HTML.
"""

import html
import re
import unicodedata

HANDLE = "@user"
LINK = "http://link.example"

_USER = re.compile(
    r"(?:[<{\[]{1,2}_?(?:user_?(?:name)?|mention|handle|at_user|person)_?[>}\]]{1,2}|@ user\b)",
    re.IGNORECASE,
)
_URL = re.compile(
    r"(?:[<{\[]{1,2}_?(?:url|link|http(?:url)?)_?[>}\]]{1,2}|\bHTTPURL\b)", re.IGNORECASE
)
_TAG = re.compile(
    r"</?(?:br|p|hashtag|number|allcaps|repeated|elongated|emphasis)\s*/?>", re.IGNORECASE
)
_EMOJI = re.compile(r":([a-z][a-z_\-]{2,59}):")
_CUT = re.compile(r" (n't|'(?:s|m|re|ve|ll|d))\b", re.IGNORECASE)
# Names that Unicode does not have, but every network's picker does.
_NAMES = {
    "red_heart": "❤", "thumbs_up": "👍", "thumbsup": "👍", "thumbs_down": "👎", "thumbsdown": "👎",
    "joy": "😂", "sob": "😭", "heart_eyes": "😍", "smiling_face_with_heart_eyes": "😍", "rage": "😡",
    "pouting_face": "😡", "angry": "😠", "pray": "🙏", "clap": "👏", "raising_hands": "🙌", "smile": "😄",
    "rolling_eyes": "🙄", "face_with_rolling_eyes": "🙄", "enraged_face": "😡", "folded_hands": "🙏",
    "slightly_smiling_face": "🙂", "upside_down_face": "🙃", "wink": "😉", "cry": "😢", "heart": "❤",
}  # fmt: skip


def unmask(text: str) -> str:
    """Return `text` with stand-ins for handles, links and emoji in the place of their masks."""
    if not _is_suspect(text):
        return text
    text = html.unescape(text)
    text = _USER.sub(HANDLE, _TAG.sub(" ", text)).replace("USERNAME", HANDLE)
    text = _URL.sub(LINK, text)
    text = _EMOJI.sub(lambda found: _emoji(found[1], found[0]), text)
    return _CUT.sub(r"\1", text)


def _is_suspect(text: str) -> bool:
    """Tell whether there may be a mask: ten searches for characters cost a tenth of one pattern."""
    return (
        "<" in text or "[" in text or "{" in text or "&" in text or " '" in text or " n't" in text
        or "@ " in text or "USERNAME" in text or "HTTPURL" in text or "httpurl" in text
        or text.count(":") > 1
    )  # fmt: skip


def _emoji(name: str, otherwise: str) -> str:
    known = _NAMES.get(name)
    if known:
        return known
    try:
        return unicodedata.lookup(name.replace("_", " ").upper())
    except KeyError:
        return otherwise
