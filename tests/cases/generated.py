"""Conversations nobody would invent, in the form of the book: every field, in every combination."""

from typing import Any

from hypothesis import strategies as st

OURS = ["us", "us2", "bot"]
PEOPLE = ["ana", "ben", "cy"]
STRANGE_BOT = "feed"
THEIR_KINDS = [
    "question", "complaint", "request", "praise", "story", "statement", "closer", "withdrawal",
    "spam", "unsure",
]  # fmt: skip
OUR_KINDS = ["asks", "promise", "invitation", "taken_private", "thanks"]
TEXTS = ["", "Please restart the app.", "@ana Please restart the app.", "We are on it."]
GAPS = [0, 1, 2, 3, 4, 5, 6, 14, 15, 16, 60, 600, 1440, 10080, 20160]


@st.composite
def cases(draw: st.DrawFn, most: int = 9) -> dict[str, Any]:
    """Draw a case without `expect`: up to `most` posts in one or a few threads of one network."""
    network = draw(st.sampled_from(["threaded", "threaded", "flat", "private"]))
    ours = draw(st.sampled_from([["us"], ["us", "us2"], OURS]))
    posts: list[dict[str, Any]] = []
    at = 0
    for number in range(draw(st.integers(1, most))):
        at += draw(st.sampled_from(GAPS))
        posts.append(draw(_posts(number, at, posts, network, ours)))
    now = at + draw(st.sampled_from([0, 1, 30, 2000, 10080, 20160, 20161]))
    return {
        "id": "generated",
        "network": network,
        "ours": ours,
        "automatic": [a for a in ("bot", STRANGE_BOT) if draw(st.booleans())],
        "now": now,
        "says": "",
        "posts": draw(st.permutations(posts)),
        "likes": draw(st.lists(_likes(posts, now), max_size=2)),
        "marks": draw(st.lists(_marks(posts, now), max_size=1)),
    }


@st.composite
def _posts(
    draw: st.DrawFn,
    number: int,
    at: int,
    before: list[dict[str, Any]],
    network: str,
    ours: list[str],
) -> dict[str, Any]:
    by = draw(st.sampled_from([*PEOPLE[: draw(st.integers(1, 3))], *ours, *ours, STRANGE_BOT]))
    ids = [post["id"] for post in before]
    post: dict[str, Any] = {"id": f"p{number:02}", "by": by, "at": at, "text": f"text {number}"}
    if ids and draw(st.integers(0, 6)):
        post["to"] = (
            draw(st.sampled_from(ids))
            if network != "flat"
            else _flat_root(before, draw(st.sampled_from(ids)))
        )
    elif draw(st.integers(0, 5)) == 0:
        post["to"] = draw(st.sampled_from(["q-not-here", "r-not-here"]))
    everybody = [*PEOPLE, *ours, STRANGE_BOT]
    if draw(st.integers(0, 2)) == 0:
        post["mentions"] = draw(st.lists(st.sampled_from(everybody), max_size=6, unique=True))
    if draw(st.integers(0, 3)) == 0:
        named = set(post.get("mentions", ()))
        copied = draw(st.lists(st.sampled_from(everybody), max_size=2, unique=True))
        post["inherited"] = [name for name in copied if name not in named]
    _lead(draw, post, ids)
    if network == "threaded" and draw(st.integers(0, 6)) == 0:
        post["visibility"] = "private"
    if draw(st.integers(0, 9)) == 0:
        post["automatic"] = True
    if by in ours and draw(st.integers(0, 2)) == 0:
        post["text"] = draw(st.sampled_from(TEXTS))
    kinds = OUR_KINDS if by in ours else THEIR_KINDS
    few = st.lists(st.sampled_from(kinds), min_size=0 if by in ours else 1, max_size=2, unique=True)
    post["kinds"] = draw(few)
    if draw(st.integers(0, 6)) == 0:
        post["deleted_at"] = at + draw(st.sampled_from([1, 10, 100, 3000]))
    if draw(st.integers(0, 6)) == 0:
        post["edited"] = {"at": at + draw(st.sampled_from([1, 10, 100, 3000])), "kinds": draw(few)}
    return post


def _lead(draw: st.DrawFn, post: dict[str, Any], ids: list[str]) -> None:
    """Let a post quote, link or share an earlier one now and then."""
    if not ids or draw(st.integers(0, 3)):
        return
    target = draw(st.sampled_from(ids))
    way = draw(st.sampled_from(["quotes", "quotes", "links", "shares"]))
    if way == "shares":
        post.pop("to", None)
        post.pop("mentions", None)
        post.pop("inherited", None)
    post[way] = [target] if way == "links" else target


def _flat_root(before: list[dict[str, Any]], chosen: str) -> str:
    """Return the root of a flat thread: comments have no comments."""
    parents = {post["id"]: post.get("to") for post in before}
    while parents.get(chosen):
        chosen = parents[chosen]
    return chosen


@st.composite
def _likes(draw: st.DrawFn, posts: list[dict[str, Any]], now: int) -> dict[str, Any]:
    post = draw(st.sampled_from(posts))
    by = draw(st.sampled_from(["us", "us", "bot", *PEOPLE]))
    return {"by": by, "of": post["id"], "at": min(now, post["at"] + draw(st.sampled_from(GAPS)))}


@st.composite
def _marks(draw: st.DrawFn, posts: list[dict[str, Any]], now: int) -> dict[str, Any]:
    post = draw(st.sampled_from(posts))
    at = min(now, post["at"] + draw(st.sampled_from(GAPS)))
    kind = draw(st.sampled_from(["no_answer_needed", "promise_kept", "corrected_kind"]))
    what: dict[str, Any] = {"of": post["id"], "at": at}
    if kind == "corrected_kind":
        what["value"] = draw(st.sampled_from(THEIR_KINDS))
    return {kind: what}
