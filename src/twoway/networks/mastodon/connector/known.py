"""What local ids mean: every server has its own for posts and accounts of the whole fediverse.

Posts and accounts are the same everywhere by their addresses; ids are only handles for asking one
server to do something with them. One post may even have two ids there (snac 2.94).
"""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Final

from twoway.collection.values import identifier, mapping, mappings
from twoway.networks.mastodon.connector.entities.accounts import id_of
from twoway.networks.mastodon.connector.entities.statuses import author_of, uri_of

Entity = Mapping[str, Any]

# Some 20 MB at most.
_MOST: Final = 20_000
_KEPT: Final = ("id", "uri", "url", "visibility")


class Known:
    """Remembers the last thousands of posts and accounts that a server told of."""

    def __init__(self) -> None:
        self._posts: OrderedDict[str, Entity] = OrderedDict()
        self._ids: OrderedDict[str, str] = OrderedDict()
        self._people: OrderedDict[str, str] = OrderedDict()
        self._accounts: OrderedDict[str, str] = OrderedDict()

    def learn(self, status: Entity) -> None:
        """Remember a post, its author, and what stands inside it."""
        local, uri, account = identifier(status.get("id")), uri_of(status), status.get("account")
        author = author_of(status)
        if local is None or uri is None:
            return
        slim = {name: status[name] for name in _KEPT if name in status}
        whose = {name: mapping(account).get(name) for name in ("id", "acct", "url")}
        _put(self._posts, local, slim | {"account": whose | {"uri": author}})
        _put(self._ids, uri, local)
        self.meet(mapping(account), author)
        for inner in (status.get("reblog"), mapping(status.get("quote")).get("quoted_status")):
            if isinstance(inner, dict) and inner is not status:
                self.learn({k: v for k, v in inner.items() if k not in ("reblog", "quote")})

    def meet(self, account: Entity, address: str | None = None) -> None:
        """Remember an account."""
        local, address = identifier(account.get("id")), address or id_of(account)
        if local and address and not address.startswith("@"):
            _put(self._people, local, address)
            _put(self._accounts, address, local)

    def post(self, local: object) -> Entity | None:
        """Return what is known of a post by its local id: id, address, visibility, author."""
        return self._posts.get(identifier(local) or "")

    def id_of_post(self, uri: str) -> str | None:
        """Return the local id of a post."""
        return self._ids.get(uri)

    def id_of_account(self, address: str) -> str | None:
        """Return the local id of an account."""
        return self._accounts.get(address)

    def people_in(self, status: Entity) -> dict[str, str]:
        """Return the addresses of those accounts in a post that are known, by their local ids."""
        named = [identifier(one.get("id")) or "" for one in mappings(status.get("mentions"))]
        named.append(identifier(status.get("in_reply_to_account_id")) or "")
        return {local: self._people[local] for local in named if local in self._people}


def _put(kept: OrderedDict[str, Any], key: str, value: Any) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > _MOST:
        kept.popitem(last=False)
