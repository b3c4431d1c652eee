"""The servers that a desk under fire sends to: who asks there, the way to it, and what stands there."""

import itertools
import re
from collections import Counter
from datetime import UTC, datetime

from twoway.desk.running.tests import outside

ANSWER = re.compile(r"The answer to number \d+\. – Ana")
_NUMBERS = itertools.count()


class OnBluesky:
    """A new organisation on a real Bluesky network, and somebody who asks it."""

    at_once = 200
    """So many questions fit into one commit."""

    def __init__(self, network, stream):
        number = next(_NUMBERS)
        self._network = network
        self._us, self._person = network.join(f"larch{number}"), network.join(f"kate{number}")
        self.server = network.pds.partition("//")[2]
        self.beside = {
            "TWOWAY_ALLOW_HOSTS": ",".join([*network.hosts, "127.0.0.1"]),
            "TWOWAY_BLUESKY_PUBLIC": network.appview,
            "TWOWAY_BLUESKY_DIRECTORY": network.directory,
            "TWOWAY_BLUESKY_JETSTREAM": stream.address,
        }

    def credentials(self, way):
        tokens = {"access": self._us.access, "refresh": self._us.refresh}
        return {
            "network": "bluesky", "account": self._us.did, "handle": self._us.handle,
            "server": f"http://{way}", "secrets": {"kind": "password", **tokens},
        }  # fmt: skip

    def ask(self, numbers):
        feature = {"$type": "app.bsky.richtext.facet#mention", "did": self._us.did}
        name = f"@{self._us.handle}"
        facet = {"index": {"byteStart": 0, "byteEnd": len(name)}, "features": [feature]}
        posts = [
            {
                "text": f"{name} {outside.question(number)}", "facets": [facet],
                "createdAt": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            }
            for number in numbers
        ]  # fmt: skip
        # One commit for all of them: a server spends some 100 ms on each.
        create = {
            "$type": "com.atproto.repo.applyWrites#create",
            "collection": "app.bsky.feed.post",
        }
        writes = [create | {"value": post} for post in posts]
        self._network.xrpc(
            "com.atproto.repo.applyWrites",
            self._person,
            json={"repo": self._person.did, "writes": writes},
        )
        self._network.settle()

    def published(self):
        """Return how often each answer stands among our records, as our server keeps them."""
        texts, cursor = [], None
        while True:
            asked = {"repo": self._us.did, "collection": "app.bsky.feed.post", "limit": 100}
            page = self._network.xrpc(
                "com.atproto.repo.listRecords",
                params=asked | ({"cursor": cursor} if cursor else {}),
            )
            texts += [record["value"]["text"] for record in page["records"]]
            cursor = page.get("cursor")
            if not cursor:
                return _answers(texts)


class OnMastodon:
    """An organisation on a server with Mastodon's API, and somebody who asks."""

    def __init__(self, instance, us, person, hosts, at_once):
        """`at_once` is how many questions it tells of when it is asked later."""
        self._instance, self._us, self._person, self.at_once = instance, us, person, at_once
        self.server = instance.host
        self._me = instance.call(us, "GET", "/api/v1/accounts/verify_credentials")
        self.beside = {"TWOWAY_ALLOW_HOSTS": ",".join([*hosts, "localhost", "127.0.0.1"])}

    def credentials(self, way):
        return {
            "network": "mastodon", "account": self._me.get("uri") or self._me["url"], "server": f"http://{way}",
            "handle": f"{self._us}@{self._instance.host}",
            "secrets": {"token": self._instance.tokens[self._us]},
        }  # fmt: skip

    def ask(self, numbers):
        for number in numbers:
            status = {"status": f"@{self._us} {outside.question(number)}"}
            self._instance.call(self._person, "POST", "/api/v1/statuses", data=status)

    def published(self):
        """Return how often each answer stands among our posts."""
        texts, before = {}, {}
        while True:
            page = self._instance.call(
                self._us, "GET", f"/api/v1/accounts/{self._me['id']}/statuses",
                params={"limit": 40, **before},
            )  # fmt: skip
            new = {status["id"]: status["content"] for status in page if status["id"] not in texts}
            if not new:
                return _answers(texts.values())
            texts |= new
            before = {"max_id": page[-1]["id"]}


class OnSnac(OnMastodon):
    """The same on snac, whose files tell what stands there.

    Its threads do not: snac (2.75) forgets children that two connections add at once.
    """

    def published(self):
        return _answers(self._instance.published(self._us))


def _answers(texts):
    found = (ANSWER.search(text) for text in texts)
    return Counter(one[0] for one in found if one)
