"""What teammates decide about posts: it counts for the turn at once."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext

from twoway.core.readings import OUR_KINDS, THEIR_KINDS
from twoway.desk import clock
from twoway.desk.database import writing
from twoway.desk.inbox import hooks, threads
from twoway.desk.inbox.models import Conversation, Mark, Post
from twoway.desk.inbox.queries.one import post_for_suggests
from twoway.desk.inbox.readings import held
from twoway.desk.inbox.services.holding import holding, judge_again
from twoway.desk.inbox.turning.judging import judge
from twoway.desk.inbox.turning.scope import Asked
from twoway.desk.people.models import Person
from twoway.desk.team.models import Teammate
from twoway.desk.team.services import Refused, record


def no_answer_needed(teammate: Teammate, conversation: int, reason: str) -> Conversation:
    """Settle what is open without an answer, and say why."""
    with holding(teammate, conversation, "voice") as row:
        posts = [*row.open_posts, *row.maybe_posts, *row.kind_word_posts]
        _mark(teammate, posts, "no_answer_needed", reason=reason)
        if row.is_promised:
            _mark(teammate, _promising(row), "promise_kept", reason=reason)
        judge_again(row)
        record(teammate, "no answer needed", "conversation", row.pk, reason=reason)
    return row


def promise(teammate: Teammate, conversation: int, due_at: int) -> Conversation:
    """Keep a conversation ours until we do what we said, by a date (µs)."""
    if due_at <= clock.now():
        raise Refused(gettext("That day has passed. Choose a later one."))
    with holding(teammate, conversation, "voice") as row:
        ours = _ours(row)
        if not ours:
            raise Refused(
                gettext(
                    "We have said nothing here yet that promises anything. Snooze it until that day."
                )
            )
        row.promise_due_at = due_at
        row.save(update_fields=["promise_due_at"])
        if not row.is_promised:
            kinds = _kinds(ours[-1]) | {"promise"}
            _mark(teammate, [ours[-1].pk], "corrected_kind", value=" ".join(sorted(kinds)))
        judge_again(row)
        record(teammate, "promised", "conversation", row.pk, due_at=due_at)
    return row


def keep_promise(teammate: Teammate, conversation: int) -> Conversation:
    """Note that we did what we promised."""
    with holding(teammate, conversation, "voice") as row:
        _mark(teammate, _promising(row), "promise_kept")
        judge_again(row)
        record(teammate, "kept a promise", "conversation", row.pk)
    return row


def mark_spam(teammate: Teammate, conversation: int) -> Conversation:
    """Say that their posts here are spam: nobody waits, and the person is known for it."""
    with holding(teammate, conversation, "voice") as row:
        theirs = Post.objects.filter(pk__in=row.exchange, is_ours=False, deleted_at=None)
        _mark(teammate, theirs.values_list("pk", flat=True), "corrected_kind", value="spam")
        Person.objects.filter(pk=row.person_id).update(is_spam=True)
        judge_again(row)
        record(teammate, "marked as spam", "conversation", row.pk)
    return row


def correct_kind(teammate: Teammate, post: int, kinds: Sequence[str]) -> Post:
    """Say what a post really is; the turn follows at once, wherever the post counts."""
    found = post_for_suggests(teammate, post)
    allowed = OUR_KINDS if found.is_ours else THEIR_KINDS
    if unknown := set(kinds) - set(allowed):
        raise Refused(f"No such kind: {', '.join(sorted(unknown))}.")
    if not kinds and not found.is_ours:
        raise Refused(gettext("Choose at least one kind."))
    with writing():
        threads.lock([found.thread_id])
        _mark(teammate, [post], "corrected_kind", value=" ".join(sorted(set(kinds))))
        asked = Asked({found.thread_id: None if found.is_ours else {found.account_id}})
        done = judge(found.organisation_id, found.network, asked, clock.now())
        record(teammate, "corrected a kind", "post", post, kinds=sorted(set(kinds)))
        hooks.announce(found.organisation_id, sorted(done.conversations))
    return found


def _mark(
    teammate: Teammate, posts: Iterable[int], kind: str, value: str = "", reason: str = ""
) -> None:
    now = clock.now()
    Mark.objects.bulk_create(
        Mark(
            organisation_id=teammate.organisation_id,
            post_id=post,
            kind=kind,
            value=value,
            reason=reason.strip()[:200],
            marked_at=now,
            teammate=teammate,
        )
        for post in dict.fromkeys(posts)
    )


def _ours(row: Conversation) -> list[Post]:
    ours = Post.objects.filter(pk__in=row.exchange, is_ours=True, deleted_at=None)
    return list(ours.order_by("said_at", "pk"))


def _promising(row: Conversation) -> list[int]:
    """Return the posts of ours that promise, else the last one."""
    ours = _ours(row)
    return [post.pk for post in ours if "promise" in _kinds(post)] or [p.pk for p in ours[-1:]]


def _kinds(post: Post) -> set[str]:
    correction = post.marks.filter(kind="corrected_kind").order_by("-marked_at", "-pk").first()
    if correction is not None:
        return set(correction.value.split())
    return set(held(post.held)[-1][2])
