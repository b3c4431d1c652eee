"""Takes a person's posts out: an empty mark stays where each stood, and nobody names them any more."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import msgspec
from django.db.models import Q

from twoway.desk import clock
from twoway.desk.database import again
from twoway.desk.inbox import hooks, threads
from twoway.desk.inbox.cleansing import Cleansing, marks_among, names_in
from twoway.desk.inbox.ingest.posts import told_by
from twoway.desk.inbox.models import Mark, Post, Reference, Signal, Thread
from twoway.desk.inbox.search import index
from twoway.desk.inbox.told import Text, Told, encode
from twoway.desk.inbox.turning.judging import judge
from twoway.desk.inbox.turning.moving import move
from twoway.desk.inbox.turning.scope import Asked
from twoway.desk.outbox.models import Entry
from twoway.desk.people.erased import STANDS_FOR, forgotten
from twoway.desk.pictures.models import Picture
from twoway.desk.privacy import entries
from twoway.desk.privacy.sought import Sought
from twoway.desk.team.models import Event

AT_ONCE: Final = 200
_MARKED: Final = (
    "remote_id", "parent", "text", "language", "deleted_at", "observed_at", "record", "held", "reading",
    "facets",
)  # fmt: skip


def empty(sought: Sought) -> None:
    """Put a mark where each post of an account stood, some at a time."""
    rows = Post.objects.filter(account_id=sought.account).exclude(remote_id__startswith=STANDS_FOR)
    while some := list(rows.order_by("thread_id", "pk").values_list("pk", flat=True)[:AT_ONCE]):
        again(partial(_empty, sought, some))


def cleanse(sought: Sought) -> None:
    """Take an account's names out of everybody's posts, ours as well: one walk through all."""
    wanted = Q()
    for name in sought.names:
        wanted |= Q(text__icontains=name) | Q(record__icontains=_in_json(name))
    rows = Post.objects.filter(wanted, organisation_id=sought.organisation, network=sought.network)
    after = -1
    while some := list(
        rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    ):
        after = some[-1]
        again(partial(_cleanse, sought, some))


def _empty(sought: Sought, numbers: Sequence[int]) -> None:
    who = forgotten(sought.organisation, sought.network)
    rows = list(Post.objects.filter(pk__among=numbers).select_related("account"))
    marks = {row.remote_id: who.stand_in(row.remote_id) for row in rows}
    naming = Reference.objects.filter(
        organisation_id=sought.organisation, network=sought.network, target__among=set(marks)
    ).values_list("post_id", flat=True)
    around = Q(thread_id__among={row.thread_id for row in rows}) | Q(pk__among=set(naming))
    others = list(Post.objects.filter(around).exclude(pk__in=numbers).select_related("account"))
    places = {row.thread_id for row in (*rows, *others)}
    threads.lock(places)
    cleansing = Cleansing(who, marks)
    _forget_around(sought, numbers, marks, cleansing)
    moved = dict(marks)
    index.change([], [index.Entry(row.pk, row.text, row.facets) for row in rows if row.facets])
    for row in rows:
        heard = told_by(row)
        now = cleansing.told(heard)
        moved |= _moves(heard, now)
        _draw_mark(row, now, marks[row.remote_id])
    Post.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=_MARKED
    )
    moved |= _rewrite(others, cleansing)
    _judge(sought, _follow(sought, moved, places))


def _cleanse(sought: Sought, numbers: Sequence[int]) -> None:
    who = forgotten(sought.organisation, sought.network)
    rows = list(Post.objects.filter(pk__among=numbers).select_related("account"))
    places = {row.thread_id for row in rows}
    threads.lock(places)
    named = {name for row in rows for name in names_in(told_by(row).post)}
    moved = _rewrite(rows, Cleansing(who, marks_among(who, named)))
    _judge(sought, _follow(sought, moved, places))


def _draw_mark(row: Post, now: Told, stand_in: str) -> None:
    """Leave of a post where it stood, when, and whom it named, which tells whose turn others have."""
    post = now.post
    deleted_at = clock.now() if post.deleted_at is None else post.deleted_at
    bare = replace(
        post, id=stand_in, text="", address=None, language=None, links=(), media=(), poll=(), client=None,
        quoted=None, quoted_author=None, author_followers=None, seen_replies=None, seen_shares=None,
        seen_likes=None, deleted_at=deleted_at, observed_at=post.said_at,
    )  # fmt: skip
    row.remote_id, row.parent, row.text, row.language = stand_in, post.parent, "", ""
    row.deleted_at, row.observed_at = deleted_at, post.said_at
    row.record = encode(Told(bare, (Text(post.said_at, post.said_at, ""),)))
    row.held = msgspec.json.encode([(post.said_at, (), ())]).decode()
    row.reading, row.facets = "{}", ""


def _forget_around(
    sought: Sought, numbers: Sequence[int], marks: dict[str, str], cleansing: Cleansing
) -> None:
    """Delete what hangs on these posts: readings corrected, likes, pictures; settle what answers them."""
    here = {"organisation_id": sought.organisation, "network": sought.network}
    Mark.objects.filter(post_id__among=numbers).delete()
    Picture.objects.filter(post_id__among=numbers).delete()
    Signal.objects.filter(**here, post__among=set(marks)).delete()
    Reference.objects.filter(post_id__among=numbers, leads=True).delete()
    Event.objects.filter(
        organisation_id=sought.organisation, thing="post", number__among=numbers
    ).update(details={})
    sent = Entry.objects.filter(
        organisation_id=sought.organisation, channel__network=sought.network, target__among=set(marks)
    )  # fmt: skip
    entries.cleanse(sent, sought, cleansing)


def _rewrite(rows: Iterable[Post], cleansing: Cleansing) -> dict[str, str]:
    """Write others' posts without the erased; return which ids stand in for which."""
    changed, was, moved = [], [], dict[str, str]()
    for row in rows:
        heard = told_by(row)
        now = cleansing.told(heard)
        if now is heard:
            continue
        moved |= _moves(heard, now)
        was += [index.Entry(row.pk, row.text, row.facets)] if row.facets else []
        row.text, row.parent, row.record = now.post.text, now.post.parent, encode(now)
        changed.append(row)
    index.change([index.Entry(row.pk, row.text, row.facets) for row in changed if row.facets], was)
    Post.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["id"], update_fields=["text", "parent", "record"]
    )  # fmt: skip
    return moved


def _moves(heard: Told, now: Told) -> dict[str, str]:
    """Return the ids that a post named, and by which it names them now."""
    pairs = [
        (getattr(heard.post, name), getattr(now.post, name))
        for name in ("parent", "root", "quoted")
    ]
    return {before: after for before, after in pairs if before != after}


def _follow(sought: Sought, moved: dict[str, str], places: set[int]) -> set[int]:
    """Let threads and references name what stands there now; return the threads that are left."""
    here = {"organisation_id": sought.organisation, "network": sought.network}
    naming = list(Reference.objects.filter(**here, target__among=set(moved)))
    for one in naming:
        one.target = moved[one.target]
    Reference.objects.bulk_create(
        naming, update_conflicts=True, unique_fields=["id"], update_fields=["target"]
    )
    old = list(Thread.objects.filter(**here, root__among=set(moved)))
    begun = Thread.objects.filter(**here, root__among={moved[thread.root] for thread in old})
    taken = dict(begun.values_list("root", "pk"))
    free = [thread for thread in old if moved[thread.root] not in taken]
    for thread in free:
        thread.root = moved[thread.root]
    Thread.objects.bulk_create(
        free, update_conflicts=True, unique_fields=["id"], update_fields=["root"]
    )
    if not taken:
        return places
    # A delivery named the mark before it stood and began a thread there: both become one.
    meeting = {thread.pk for thread in old} | set(taken.values())
    threads.lock(meeting)
    went = threads.regroup(sought.organisation, sought.network, sorted(meeting))
    move(went)
    return (places | meeting) - set(went)


def _judge(sought: Sought, places: set[int]) -> None:
    done = judge(sought.organisation, sought.network, Asked(dict.fromkeys(places)))
    hooks.announce(sought.organisation, sorted(done.conversations))


def _in_json(name: str) -> str:
    return msgspec.json.encode(name)[1:-1].decode()
