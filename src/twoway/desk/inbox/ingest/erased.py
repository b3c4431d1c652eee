"""Of whoever was erased nothing is stored again, unless they write to us anew."""

from collections.abc import Iterable

from twoway.core.posts import Post as Said
from twoway.core.reactions import Reaction
from twoway.desk.channels.models import Channel
from twoway.desk.inbox.cleansing import Cleansing, marks_among, names_in
from twoway.desk.inbox.ingest.delivery import Delivery
from twoway.desk.inbox.models import Post
from twoway.desk.people.erased import Forgotten, forgotten
from twoway.desk.people.models import Erased


def without_the_erased(
    organisation: int, network: str, part: Delivery, ours: frozenset[str]
) -> Delivery:
    """Return a part of a delivery as if the erased had never been, but for what they write anew."""
    who = forgotten(organisation, network)
    if not who:
        return part
    _welcome_back(who, [heard.post for heard in part.posts.values()], ours)
    cleansing = Cleansing(who, marks_among(who, _named(part)))
    return Delivery(
        posts={
            remote: cleansing.told(heard)
            for remote, heard in part.posts.items()
            if not cleansing.gone(heard.post.author, heard.post.said_at)
        },
        accounts={n: one for n, one in part.accounts.items() if not _is_away(who.find(n))},
        reactions=[one for one in part.reactions if _stays(one, cleansing)],
        deletions={
            name: at for name, at in part.deletions.items() if not _is_theirs(name, cleansing)
        },
        follows=[
            one
            for one in part.follows
            if not _is_away(who.find(one.follower)) and not _is_away(who.find(one.followed))
        ],
        rejected=part.rejected,
    )


def without_theirs(channel: Channel, posts: Iterable[Said]) -> list[Said]:
    """Return the posts that are stored when they come: all but those of the erased."""
    cleansing = Cleansing(forgotten(channel.organisation_id, channel.network), {})
    return [post for post in posts if not cleansing.gone(post.author, post.said_at)]


def _welcome_back(who: Forgotten, posts: Iterable[Said], ours: frozenset[str]) -> None:
    """Note who was erased and writes to us since: they begin as new."""
    since = [
        (post, row)
        for post in posts
        if _is_away(row := who.find(post.author)) and row and post.said_at > row.erased_at
    ]
    to_ours = _to_ours(who, [post for post, _ in since], ours)
    for post, row in since:
        if post.id in to_ours and row.returned_at is None:
            Erased.objects.filter(
                organisation_id=who.organisation, network=who.network, account=row.account
            ).update(returned_at=post.said_at)
            who.welcome(row.account, post.said_at)


def _to_ours(who: Forgotten, posts: list[Said], ours: frozenset[str]) -> set[str]:
    """Return the posts that speak to us: by a name, in private, below or about a post of ours."""
    if not posts:
        return set()
    above = {post.id: {n for n in (post.parent, post.quoted) if n is not None} for post in posts}
    our_posts = set(
        Post.objects.filter(
            organisation_id=who.organisation, network=who.network, is_ours=True,
            remote_id__among={name for names in above.values() for name in names},
        ).values_list("remote_id", flat=True)
    )  # fmt: skip
    return {
        post.id
        for post in posts
        if not ours.isdisjoint({m.account for m in post.mentions})
        or not ours.isdisjoint({post.parent_author, post.quoted_author})
        or post.visibility == "private"
        or post.nesting == "chat"
        or not our_posts.isdisjoint(above[post.id])
    }


def _named(part: Delivery) -> set[str]:
    named = {name for heard in part.posts.values() for name in names_in(heard.post)}
    return named | {one.post for one in part.reactions} | set(part.deletions)


def _is_away(row: Erased | None) -> bool:
    return row is not None and row.returned_at is None


def _stays(one: Reaction, cleansing: Cleansing) -> bool:
    return one.post not in cleansing.marks and not cleansing.gone(one.account, one.reacted_at or 0)


def _is_theirs(name: str, cleansing: Cleansing) -> bool:
    """Tell whether an id is of a post of theirs, or has their account's id in it."""
    return name in cleansing.marks or any(_is_away(cleansing.who.find(p)) for p in name.split("/"))
