"""One answer of X's API, version 2, sorted: what was asked for, and what that refers to.

X renamed posts in 2026 (`includes.tweets` to `includes.posts` and so on) and answers with either
vocabulary. twarc can also put what is referred to inside each post ("flattened").
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from twoway.collection.values import identifier, mapping, mappings, text

Fields = Mapping[str, Any]

# A flattened post holds the one it replies to, quotes or shares, and those hold theirs.
_MOST_INSIDE = 100


@dataclass(frozen=True, slots=True)
class Page:
    """Posts and users asked for, and by their ids those they refer to."""

    posts: tuple[Fields, ...] = ()
    users: tuple[Fields, ...] = ()
    included_posts: Mapping[str, Fields] = field(default_factory=dict)
    included_users: Mapping[str, Fields] = field(default_factory=dict)
    media: Mapping[str, Fields] = field(default_factory=dict)
    polls: Mapping[str, Fields] = field(default_factory=dict)

    def author_of(self, post: str | None) -> str | None:
        """Return who wrote a post that the page holds."""
        return identifier(self.included_posts.get(post or "", {}).get("author_id"))

    def author_below(self, root: str) -> str | None:
        """Return who wrote the post at the top of a talk, which its direct replies tell."""
        for post in self.posts:
            referred = mappings(either(post, "referenced_{}", "tweets", "posts"))
            if any(e.get("type") == "replied_to" and e.get("id") == root for e in referred):
                return identifier(post.get("in_reply_to_user_id"))
        return self.author_of(root)

    def account_called(self, handle: str) -> str:
        """Return the id of a user of the page, or the handle itself as one that is not known yet."""
        called = (
            own_id
            for own_id, user in self.included_users.items()
            if text(user.get("username")).lower() == handle.lower()
        )
        return next(called, f"@{handle}")


def read_page(answer: Fields) -> Page:
    """Sort an answer; a flattened post or user is a page of one."""
    if not answer.keys() & {"data", "includes", "errors", "meta"}:
        return _unflatten(answer)
    data, includes = answer.get("data"), mapping(answer.get("includes"))
    asked = [data] if isinstance(data, dict) else mappings(data)
    return Page(
        posts=tuple(record for record in asked if not is_user(record)),
        users=tuple(record for record in asked if is_user(record)),
        included_posts=_by_id(mappings(either(includes, "{}", "tweets", "posts"))),
        included_users=_by_id(mappings(includes.get("users"))),
        media=_by_id(mappings(includes.get("media")), "media_key"),
        polls=_by_id(mappings(includes.get("polls"))),
    )


def either(record: Fields, form: str, old: str, new: str) -> Any:
    """Return a field under its name of before or of after X renamed posts."""
    name = form.format(old)
    return record[name] if name in record else record.get(form.format(new))


def is_user(record: Fields) -> bool:
    """Tell users from posts, which never say a handle of their own beside a text."""
    return "username" in record and "text" not in record


def _unflatten(record: Fields) -> Page:
    """Take out what twarc put inside a post, down to the posts it refers to."""
    if is_user(record):
        return Page(users=(record,))
    inside: list[Fields] = [record]
    users: list[Fields] = []
    media: list[Fields] = []
    polls: list[Fields] = []
    for post in inside:
        referred = mappings(either(post, "referenced_{}", "tweets", "posts"))
        inside += [entry for entry in referred if "author_id" in entry][
            : _MOST_INSIDE - len(inside)
        ]
        attachments = mapping(post.get("attachments"))
        users += mappings(mapping(post.get("entities")).get("mentions"))
        users += [mapping(post.get("author")), mapping(post.get("in_reply_to_user"))]
        media += mappings(attachments.get("media"))
        polls.append(mapping(attachments.get("poll")))
    return Page(
        posts=(record,),
        included_posts=_by_id(inside[1:]),
        included_users=_by_id(users),
        media=_by_id(media, "media_key"),
        polls=_by_id(polls),
    )


def _by_id(records: Iterable[Fields], key: str = "id") -> dict[str, Fields]:
    return {own_id: record for record in records if (own_id := identifier(record.get(key)))}
