"""Conversations nobody would invent, in the form of the book: every field, in every combination."""

from random import Random
from typing import Any

from hypothesis import strategies as st

PEOPLE = ["ana", "ben", "cy"]
STRANGE_BOT = "feed"
NETWORKS = ["threaded", "threaded", "threaded", "one_level", "flat", "flat", "private"]
OURS = [["us"], ["us", "us2"], ["us", "us2", "bot"]]
THEIR_KINDS = {
    "question": 6, "complaint": 4, "request": 3, "praise": 3, "story": 1, "statement": 4, "closer": 4,
    "withdrawal": 3, "spam": 1, "unsure": 2,
}  # fmt: skip
"""With weights, so that most posts are what people mostly say."""
OUR_KINDS = ["asks", "promise", "invitation", "taken_private", "thanks"]
GAPS = [0, 1, 2, 3, 4, 5, 6, 10, 15, 16, 40, 60, 200, 1440, 10080]
"""Minutes between posts: on both sides of every limit of the rule."""
LATER = [1, 5, 30, 300, 3000]
COPIED = "Please restart the app."


def cases(most: int = 12) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy of cases without `expect`, of up to `most` posts each."""
    return st.builds(case, st.randoms(use_true_random=False), st.integers(3, most))


def case(random: Random, size: int = 8) -> dict[str, Any]:
    """Invent a case: a few people and us in one or a few threads of one network."""
    network, ours = random.choice(NETWORKS), random.choice(OURS)
    people = PEOPLE[: random.choice([1, 1, 2, 2, 3])]
    posts: list[dict[str, Any]] = []
    at = 0
    for number in range(size):
        at += random.choice(GAPS) if random.random() < 0.9 else 0
        posts.append(_post(random, f"p{number:02}", at, posts, network, people, ours))
    now = at + random.choice([0, 1, 30, 300, 2000, 10080, 20160, 20161])
    likes = [_like(random, posts, people, now) for _ in range(random.choice([0, 0, 1, 2]))]
    return {
        "id": "generated", "network": network, "ours": ours, "says": "", "now": now, "posts": posts,
        "automatic": [name for name in ("bot", STRANGE_BOT) if random.random() < 0.7],
        "likes": list({(like["by"], like["of"]): like for like in likes}.values()),
        "marks": [_mark(random, posts, now)] if random.random() < 0.15 else [],
    }  # fmt: skip


def _post(
    random: Random, name: str, at: int, before: list[dict[str, Any]], network: str,
    people: list[str], ours: list[str],
) -> dict[str, Any]:  # fmt: skip
    strange = [STRANGE_BOT] if random.random() < 0.1 else []
    by = random.choice([*people, *people, *ours, *ours, *strange] if before else [people[0], "us"])
    post: dict[str, Any] = {"id": name, "by": by, "at": at, "text": f"text {name}"}
    if before and random.random() < 0.04:
        return {**post, "text": "", "shares": random.choice(before)["id"]}
    if before and random.random() < 0.9:
        post["to"] = random.choice(before[-4:] + before)["id"]
        if network == "flat":
            post["to"] = before[0]["id"] if random.random() < 0.9 else "x-not-here"
        if network == "one_level":
            tops = [one["id"] for one in before[1:] if one.get("to") == before[0]["id"]]
            post["to"] = random.choice([before[0]["id"], *tops, *tops])
    if random.random() < 0.03:
        post["to"] = "x-not-here"
    _name(random, post, before, network, people, ours)
    if before and random.random() < 0.1 and _leads_in_silence(random, post, before):
        return {**post, "text": "", "kinds": []}
    if network == "threaded" and random.random() < 0.08:
        post["visibility"] = "private"
    if random.random() < 0.04:
        post["automatic"] = True
    if by in ours and random.random() < 0.2:
        post["text"] = COPIED
    post["kinds"] = _kinds(random, by, ours)
    if random.random() < 0.12:
        post["deleted_at"] = at + random.choice(LATER)
    if random.random() < 0.12:
        post["edited"] = {"at": at + random.choice(LATER), "kinds": _kinds(random, by, ours)}
    return post


def _leads_in_silence(random: Random, post: dict[str, Any], before: list[dict[str, Any]]) -> bool:
    """Let a post quote or link another; tell whether it quotes without a word of its own."""
    way, target = random.choice(["quotes", "quotes", "links"]), random.choice(before)["id"]
    post[way] = [target] if way == "links" else target
    return way == "quotes" and random.random() < 0.2


def _name(
    random: Random, post: dict[str, Any], before: list[dict[str, Any]], network: str,
    people: list[str], ours: list[str],
) -> None:  # fmt: skip
    """Let a post name somebody, most likely the other side."""
    is_theirs = post["by"] not in ours
    often = 0.25 if is_theirs else 0.4 if network in ("flat", "one_level") else 0.12
    if random.random() < (often if before or not is_theirs else 0.9):
        strange = [random.choice([*people, *ours, "dee"])] if random.random() < 0.3 else []
        pool = sorted({*(ours if is_theirs else people), *strange})
        post["mentions"] = random.sample(pool, min(len(pool), random.choice([1, 1, 2])))
        if random.random() < 0.04:
            post["mentions"] = ["us", "a", "b", "c", "d"]
    if random.random() < 0.15:
        copied = random.choice([*people, *ours, "dee"])
        post["inherited"] = [copied] if copied not in post.get("mentions", ()) else []


def _kinds(random: Random, by: str, ours: list[str]) -> list[str]:
    if by in ours:
        return random.sample(OUR_KINDS, random.choice([0, 0, 1, 1, 2]))
    drawn = random.choices(
        list(THEIR_KINDS), list(THEIR_KINDS.values()), k=random.choice([1, 1, 1, 2])
    )
    return list(dict.fromkeys(drawn))


def _like(
    random: Random, posts: list[dict[str, Any]], people: list[str], now: int
) -> dict[str, Any]:
    post = random.choice(posts)
    by = random.choice(["us", "us", "bot", *people])
    return {"by": by, "of": post["id"], "at": min(now, post["at"] + random.choice([0, 1, 20, 300]))}


def _mark(random: Random, posts: list[dict[str, Any]], now: int) -> dict[str, Any]:
    post = random.choice(posts)
    what: dict[str, Any] = {"of": post["id"]}
    what["at"] = min(now, post["at"] + random.choice([0, 5, 60, 600]))
    kind = random.choice(["no_answer_needed", "no_answer_needed", "promise_kept", "corrected_kind"])
    if kind == "corrected_kind":
        what["value"] = random.choice(list(THEIR_KINDS))
    return {kind: what}
