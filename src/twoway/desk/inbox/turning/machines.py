"""Posts of ours that no person wrote: the same words, three times or more, each within a minute."""

from collections import defaultdict
from collections.abc import Iterable

from twoway.core.turns.machines import COPIES
from twoway.desk import database
from twoway.desk.inbox.models import Post
from twoway.desk.inbox.turning.scope import Asked
from twoway.desk.inbox.turning.situations import Loading


def unmask(
    organisation: int, network: str, asked: Asked, loading: Loading, quick: Iterable[str]
) -> Asked:
    """Keep which posts were quick; return the threads whose posts now are or are no machine's."""
    found = set(quick)
    inside = [one for one in loading.posts.values() if one.is_ours and one.thread in asked.threads]
    changed = [one for one in inside if one.is_quick != (one.post.id in found)]
    if not changed:
        return Asked()
    for value in (True, False):
        _mark("is_quick", {one.pk for one in changed if (one.post.id in found) is value}, value)
    again = _flip(organisation, network, {one.sameness for one in changed if one.sameness})
    slow = [one for one in changed if one.is_machine and one.post.id not in found]
    _mark("is_machine", {one.pk for one in slow}, False)
    for one in slow:
        again.add(one.thread, None)
    return again


def _mark(column: str, posts: set[int], value: bool) -> None:
    if posts:
        database.change(f"update inbox_post set {column} = %s where id in (%s)", value, posts)


def _flip(organisation: int, network: str, words: set[int]) -> Asked:
    database.lock_names(f"{organisation} {network} same {same}" for same in words)
    copies: dict[int, list[tuple[int, int, bool]]] = defaultdict(list)
    rows = Post.objects.filter(organisation_id=organisation, sameness__among=words, is_quick=True)
    for same, pk, thread, is_machine in rows.values_list(
        "sameness", "pk", "thread_id", "is_machine"
    ):
        copies[same or 0].append((pk, thread, is_machine))
    again = Asked()
    for same in words:
        is_machine = len(copies[same]) >= COPIES
        flipped = [(pk, thread) for pk, thread, was in copies[same] if was != is_machine]
        _mark("is_machine", {pk for pk, _ in flipped}, is_machine)
        for _, thread in flipped:
            again.add(thread, None)
    return again
