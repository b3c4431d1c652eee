"""Judge a case by the pure rule, one situation at a time."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from twoway.core.branches import inside
from twoway.core.posts import Link, Mention, Post
from twoway.core.reactions import Mark, Reaction
from twoway.core.threads import place
from twoway.core.turns import Held, Judgement, Situation, Wait, conversations

MINUTE = 60 * 1_000_000
NETWORK = "book"
NESTING = {"threaded": "threaded", "one_level": "threaded", "flat": "flat", "private": "chat"}


def judge(case: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the rule says of a case, in the form of its `expect`."""
    return named(judge_by_roots(case), case)


def judge_by_roots(case: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same with threads named by their roots, also where we do not have those."""
    return _expectation(conversations(situation(case)))


def named(judged: dict[str, Any], case: Mapping[str, Any]) -> dict[str, Any]:
    """Name threads whose root is not here by the earliest of their topmost posts."""
    posts = [post for post in _posts(case) if post.said_at <= _microseconds(case["now"])]
    said_at = {post.id: post.said_at for post in posts}
    tops: dict[str, str] = {}
    for spot in sorted(place(posts), key=lambda spot: (said_at[spot.post], spot.enter)):
        if spot.above is None and spot.thread not in said_at:
            tops.setdefault(spot.thread, spot.post)
    for entry in (*judged["conversations"], *judged["intervals"]):
        entry["thread"] = tops.get(entry["thread"], entry["thread"])
    return judged


def situation(case: Mapping[str, Any]) -> Situation:
    """Return a case as the rule's input: minutes become microseconds."""
    return Situation(
        posts=_posts(case),
        kinds={post["id"]: _history(post) for post in case["posts"]},
        ours=frozenset(case["ours"]),
        automatic=frozenset(case.get("automatic", ())),
        now=_microseconds(case["now"]),
        likes=tuple(
            Reaction(
                network=NETWORK,
                account=like["by"],
                post=like["of"],
                kind="like",
                reacted_at=_microseconds(like["at"]),
            )
            for like in case.get("likes", ())
        ),
        marks=tuple(
            Mark(
                network=NETWORK,
                post=what["of"],
                kind=kind,
                marked_at=_microseconds(what["at"]),
                value=what.get("value"),
            )
            for mark in case.get("marks", ())
            for kind, what in mark.items()
        ),
    )


def _posts(case: Mapping[str, Any]) -> tuple[Post, ...]:
    """Return the posts of a case; where replies nest to one level, each below whom it goes to."""
    posts = tuple(_post(post, case) for post in case["posts"])
    if case["network"] != "one_level":
        return posts
    goes_to = inside(posts, {p.id: [m.account for m in p.mentions] for p in posts})
    return tuple(replace(post, parent=goes_to.get(post.id, post.parent)) for post in posts)


def _post(post: Mapping[str, Any], case: Mapping[str, Any]) -> Post:
    is_private = case["network"] == "private" or post.get("visibility") == "private"
    mentions = [Mention(account, is_new=True) for account in post.get("mentions", ())]
    mentions += [Mention(account, is_new=False) for account in post.get("inherited", ())]
    deleted = post.get("deleted_at")
    return Post(
        network=NETWORK,
        id=post["id"],
        author=post["by"],
        said_at=_microseconds(post["at"]),
        text=post.get("text", ""),
        visibility="private" if is_private else "public",
        nesting="chat" if is_private else NESTING[case["network"]],
        parent=post.get("to"),
        quoted=post.get("quotes"),
        shared=post.get("shares"),
        mentions=tuple(mentions),
        links=tuple(
            Link(f"https://book.example/{target}", leads_to=target)
            for target in post.get("links", ())
        ),
        automatic=bool(post.get("automatic")),
        deleted_at=None if deleted is None else _microseconds(deleted),
    )


def _history(post: Mapping[str, Any]) -> tuple[Held, ...]:
    edited = post.get("edited", ())
    edits = [edited] if isinstance(edited, Mapping) else edited
    versions = [{"at": post["at"], "kinds": post.get("kinds", ())}, *edits]
    return tuple(Held(_microseconds(v["at"]), frozenset(v["kinds"])) for v in versions)


def _expectation(judgement: Judgement) -> dict[str, Any]:
    return {
        "conversations": [
            {
                "with": c.person,
                "thread": c.thread,
                "turn": c.turn,
                "since": _minutes(c.since),
                "open": list(c.open),
                "kind_word": list(c.kind_word),
                "maybe": list(c.maybe),
                "promised": c.promised,
            }
            for c in judgement.conversations
        ],
        "intervals": [
            _interval(c.person, c.thread, wait)
            for c in judgement.conversations
            for wait in c.intervals
        ],
        "pieces": [list(pieces) for pieces in judgement.pieces],
        "community": list(judgement.community),
    }


def _interval(person: str, thread: str, wait: Wait) -> dict[str, Any]:
    return {
        "with": person,
        "thread": thread,
        "from": _minutes(wait.since),
        "to": _minutes(wait.until),
        "by": wait.by,
    }


def _microseconds(minutes: float) -> int:
    return round(minutes * MINUTE)


def _minutes(time: int | None) -> float | None:
    return None if time is None else time / MINUTE
