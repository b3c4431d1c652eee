"""The book of cases as a network would deliver it, and what the desk must make of it."""

from dataclasses import replace

import one
from twoway.collection.records import Deletion
from twoway.core.accounts import Account as SeenAccount
from twoway.core.readings import Kind, Reading
from twoway.desk.channels.models import Channel, OwnAccount
from twoway.desk.inbox.models import Box, Conversation, Mark, Post
from twoway.desk.inbox.turning.judging import judge
from twoway.desk.inbox.turning.scope import Asked
from twoway.desk.team.models import Organisation

SIGN = " ‖ "


def read(utterances):
    """Read what a text says of itself behind the sign."""
    for utterance in utterances:
        kinds = utterance.text.partition(SIGN)[2].split()
        found = tuple(Kind(name, 1.0, holds=True) for name in kinds)
        yield Reading(theirs=found, ours=found, language="en")


def world(case):
    organisation = Organisation.objects.create(name="Fern Museum", founded_at=0)
    channels = [
        Channel.objects.create(
            organisation=organisation, network=one.NETWORK, remote_id=account, handle=account,
            connected_at=0,
        )
        for account in case["ours"][:2]
    ]  # fmt: skip
    for account in case["ours"][2:]:
        OwnAccount.objects.create(
            organisation=organisation, network=one.NETWORK, remote_id=account, handle=account
        )
    return channels


def records(case):
    """Return what a network would hand over by now: versions, deletions, likes, accounts."""
    situation = one.situation(case)
    now = situation.now
    found = [
        *(like for like in situation.likes if like.reacted_at <= now),
        *(
            SeenAccount(network=one.NETWORK, id=account, handle=account, automatic=True)
            for account in situation.automatic
        ),
    ]
    for post in situation.posts:
        if post.said_at > now:
            continue
        for held in situation.kinds[post.id]:
            is_silent = post.shared or not (post.text or held.kinds)
            text = "" if is_silent else post.text + SIGN + " ".join(sorted(held.kinds))
            if held.since > now:
                continue
            observed = max(held.since, post.said_at)
            found.append(replace(post, text=text, observed_at=observed, deleted_at=None))
        if post.deleted_at is not None and post.deleted_at <= now:
            found.append(Deletion(one.NETWORK, post.id, post.deleted_at))
    return found


def answers_a_share(case):
    """Tell whether a post names a plain share, which no network allows: shares are no work here."""
    shares = {post["id"] for post in case["posts"] if post.get("shares")}
    named = {p.get(name) for p in case["posts"] for name in ("to", "quotes")}
    named |= {target for post in case["posts"] for target in post.get("links", ())}
    named |= {what["of"] for mark in case["marks"] for what in mark.values()}
    return bool(shares & named)


def decide(case, channel):
    """Store the marks of a case as teammates would, and judge what they touch."""
    asked = Asked()
    for mark in one.situation(case).marks:
        post = Post.objects.filter(
            organisation_id=channel.organisation_id, remote_id=mark.post
        ).first()
        if post is not None:
            Mark.objects.create(
                organisation_id=channel.organisation_id, post=post, kind=mark.kind,
                value=mark.value or "", marked_at=mark.marked_at,
            )  # fmt: skip
            asked.add(post.thread_id, None)
    judge(channel.organisation_id, one.NETWORK, asked, one.situation(case).now)


def state(organisation):
    """Return all conversations of an organisation in the words of the book."""
    posts = Post.objects.filter(organisation=organisation)
    names = dict(posts.values_list("pk", "remote_id"))
    rows = Conversation.objects.filter(organisation=organisation).exclude(box=Box.GONE)
    return sorted(
        (
            {
                "with": c.person.accounts.get().remote_id,
                "thread": c.thread.root,
                "box": Box(c.box).label,
                "since": None if c.since is None else c.since / one.MINUTE,
                "open": sorted(names[pk] for pk in c.open_posts),
                "kind_word": sorted(names[pk] for pk in c.kind_word_posts),
                "maybe": sorted(names[pk] for pk in c.maybe_posts),
                "promised": c.is_promised,
            }
            for c in rows.select_related("thread", "person")
        ),
        key=lambda entry: (entry["thread"], entry["with"]),
    )


def expected(case):
    """Return what the pure rule says of a case, in the same words."""
    judged = one.judge_by_roots(case)
    pieces = {p[0]: p for p in judged["pieces"]}

    def spread(firsts):
        return sorted(piece for first in firsts for piece in pieces.get(first, [first]))

    return sorted(
        (
            {
                "with": c["with"],
                "thread": c["thread"],
                "box": _box(c),
                "since": c["since"],
                "open": spread(c["open"]),
                "kind_word": spread(c["kind_word"]),
                "maybe": spread(c["maybe"]),
                "promised": c["promised"],
            }
            for c in judged["conversations"]
        ),
        key=lambda entry: (entry["thread"], entry["with"]),
    )


def _box(conversation):
    if conversation["open"]:
        return Box.OURS.label
    if conversation["promised"]:
        return Box.PROMISED.label
    if conversation["maybe"]:
        return Box.MAYBE.label
    return Box.THEIRS.label if conversation["turn"] == "theirs" else Box.SETTLED.label
