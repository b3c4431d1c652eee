"""What an organisation posts: measures 1, 11 to 14, 16, 26, counted from what it told."""

import re
from collections.abc import Iterator

from twoway.practice.facts import Told
from twoway.practice.lines import Line
from twoway.practice.truth import alike
from twoway.practice.truth.figures import Truth, share
from twoway.practice.truth.view import View
from twoway.practice.wording import look

# metrics 26: one class each, the first that holds.
ORDER = ("offer", "launch", "own_link", "featuring", "question", "daily_life", "information")
SHORT = 20


def counts(view: View) -> Iterator[tuple[str, Truth]]:
    """Count what stands in the organisation's own posts."""
    told, originals = view.told, view.originals
    said = [one for one in told if one.what in ("original", "reply", "quote")]
    yield "reply_share", share(one.what == "reply" for one in said)
    yield "unprompted_comments", share(one.is_unprompted for one in told)
    passed_on = ("share", "quote")
    yield "sharing_others", share(one.what in passed_on and not one.shares_family for one in told)
    yield "sharing_others.family", share(one.shares_family for one in told)
    yield (
        "sharing_others.featuring",
        share(one.what in passed_on and one.is_featuring for one in told),
    )
    yield "link_only", share(_is_link_only(view, one.line) for one in originals)
    yield "link_only.any_link", share(bool(_links(view, one.line)) for one in originals)
    yield (
        "link_only.own_site",
        share(any(view.who.site in link for link in _links(view, one.line)) for one in originals),
    )
    yield from _repeats(view)
    alone = [one for one in told if one.what in ("original", "self_thread")]
    yield "monologue", share(_is_monologue(view, one) for one in alone)
    brand = view.who.brand.casefold()
    yield "monologue.names_brand", share(_names(one.line, brand) for one in alone)
    classes = [_class(view, one.line) for one in originals]
    yield "what_posts_do", share(one in ("offer", "launch") for one in classes)
    for name in ORDER:
        yield f"what_posts_do.{name}", share(one == name for one in classes)


def _links(view: View, line: Line) -> list[str]:
    return [link.address for piece in view.whole(line) for link in piece.links]


def _is_link_only(view: View, line: Line) -> bool:
    if not _links(view, line):
        return False
    bare = " ".join(piece.bare for piece in view.whole(line))
    return len(bare) < SHORT or any(link.title == bare for link in line.links)


def _is_monologue(view: View, told: Told) -> bool:
    """No outsider named, nobody else quoted, nothing asked."""
    lines = view.whole(told.line)
    ours = view.who.accounts
    if any(who not in ours for line in lines for who, _ in line.mentions):
        return False
    if any(line.quoted is not None and line.quoted.by not in ours for line in lines):
        return False
    return not any(
        {"question", "asks", "invitation"} & set(line.kinds) or line.poll for line in lines
    )


def _names(line: Line, brand: str) -> bool:
    """Tell whether the brand stands in a text as a word of its own."""
    return re.search(rf"(?<![^\W_]){re.escape(brand)}(?![^\W_])", line.text.casefold()) is not None


def _class(view: View, line: Line) -> str:
    kinds = {kind for piece in view.whole(line) for kind in piece.kinds}
    return next((name for name in ORDER if name in kinds), "information")


def _repeats(view: View) -> Iterator[tuple[str, Truth]]:
    """Count originals that say what an earlier one of the same account said in the window."""
    said = [one.line for one in view.originals if look(_text(view, one.line)).key is not None]
    exact: set[Line] = set()
    seen: set[tuple[str, int | None]] = set()
    for line in said:
        key = (line.by.id, look(_text(view, line)).key)
        if key in seen:
            exact.add(line)
        seen.add(key)
    like = {
        max(pair, key=lambda line: line.at)
        for pair in alike.pairs({line: view.words(line) for line in said})
        if pair[0].by is pair[1].by
    }
    yield "repeated_content", share(line in like or line in exact for line in said)
    yield "repeated_content.exact", share(line in exact for line in said)


def _text(view: View, line: Line) -> str:
    return " ".join(piece.text for piece in view.whole(line))
