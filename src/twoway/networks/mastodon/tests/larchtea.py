"""An invented tea house and its guests, as a Mastodon server would export them."""

import io
import json
import tarfile
import zipfile
from pathlib import Path

HOME = "https://tea.example"
TEA = f"{HOME}/users/larchtea"
ANN = "https://social.example/users/ann"
BEN = "https://pleroma.example/users/ben"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
FOLLOWERS = f"{TEA}/followers"


def status(number: int) -> str:
    return f"{TEA}/statuses/{number}"


def named(account: str, handle: str) -> dict:
    return {"type": "Mention", "href": account, "name": f"@{handle}"}


def name_link(page: str, name: str) -> str:
    return (
        f'<span class="h-card" translate="no"><a href="{page}" class="u-url mention">'
        f"@<span>{name}</span></a></span>"
    )


ANN_LINK = name_link("https://social.example/@ann", "ann")
BEN_LINK = name_link(BEN, "ben")
ANN_TAG, BEN_TAG = named(ANN, "ann@social.example"), named(BEN, "ben@pleroma.example")


def create(number: int, html: str, **fields) -> dict:
    """One post of the tea house; `number` is its id and, in minutes of 2024-03-01, its time."""
    at = f"2024-03-01T{number // 60 % 24:02d}:{number % 60:02d}:00Z"
    note = {
        "id": status(number), "type": "Note", "summary": None, "inReplyTo": None, "published": at,
        "url": f"{HOME}/@larchtea/{number}", "attributedTo": TEA, "to": [PUBLIC], "cc": [FOLLOWERS],
        "sensitive": False, "conversation": f"tag:tea.example,2024:objectId={number}",
        "content": html, "contentMap": {"en": html}, "attachment": [], "tag": [],
        "likes": {"type": "Collection", "totalItems": 2},
        "shares": {"type": "Collection", "totalItems": 1}, **fields,
    }  # fmt: skip
    return {
        "id": f"{note['id']}/activity", "type": "Create", "actor": TEA, "published": at,
        "to": note["to"], "cc": note["cc"], "object": note,
    }  # fmt: skip


def announce(number: int, shared: object) -> dict:
    return {
        "id": f"{status(number)}/activity", "type": "Announce", "actor": TEA,
        "published": f"2024-03-01T00:{number:02d}:00Z", "to": [PUBLIC], "cc": [FOLLOWERS],
        "object": shared,
    }  # fmt: skip


ACTOR = {
    "id": TEA, "type": "Person", "preferredUsername": "larchtea", "name": "Larch Tea House",
    "summary": "<p>Tea &amp; talk</p>", "url": f"{HOME}/@larchtea", "discoverable": True,
    "manuallyApprovesFollowers": False, "published": "2019-05-01T00:00:00Z",
    "icon": {"type": "Image", "mediaType": "image/png", "url": "avatar.png"},
    "attachment": [
        {"type": "PropertyValue", "name": "Mail", "value": "tea@larch.example"},
        {"type": "PropertyValue", "name": "Web", "value":
         '<a href="https://larch.example" rel="me"><span class="invisible">https://</span>larch.example</a>'},
    ],
}  # fmt: skip


class MastodonArchive:
    """Builds an archive as a folder, a zip or, as older servers do, a packed tar."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.files: dict[str, str] = {}
        self.put("actor.json", ACTOR)
        self.posts()

    def put(self, name: str, content: object) -> None:
        self.files[name] = json.dumps(content)

    def collection(self, name: str, items: list) -> None:
        self.put(name, {
            "@context": ["https://www.w3.org/ns/activitystreams", {"orderedItems": []}],
            "id": name, "type": "OrderedCollection", "totalItems": len(items), "orderedItems": items,
        })  # fmt: skip

    def posts(self, *activities: dict) -> None:
        self.collection("outbox.json", list(activities))

    def folder(self) -> Path:
        for name, content in self.files.items():
            (self.home / name).write_text(content, encoding="utf-8")
        return self.home

    def zip(self) -> Path:
        path = self.home / "archive-20240601000000-0a1b.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in self.files.items():
                packed.writestr(name, content)
        return path

    def tarball(self) -> Path:
        path = self.home / "archive-20240601000000-0a1b.tar.gz"
        with tarfile.open(path, "w:gz") as packed:
            for name, content in {"media/1.png": "…", **self.files}.items():
                member = tarfile.TarInfo(name)
                member.size = len(content.encode())
                packed.addfile(member, io.BytesIO(content.encode()))
        return path
