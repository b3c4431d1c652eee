"""An invented tea house and its guests, as X would export them."""

import json
import zipfile
from pathlib import Path

TEA, ANN, BEN = "4001", "5001", "5002"  # Larch Tea House, and two guests


def mention(account: str, handle: str) -> dict:
    return {"id_str": account, "screen_name": handle, "name": handle.title(), "indices": ["0", "9"]}


def tweet(number: int, text: str, **fields) -> dict:
    """One post of the tea house; `number` is its id and, in minutes of 2024-03-01, its time."""
    return {
        "tweet": {
            "id_str": str(number),
            "id": str(number),
            "full_text": text,
            "created_at": f"Fri Mar 01 {number // 60 % 24:02d}:{number % 60:02d}:00 +0000 2024",
            "source": '<a href="https://x.com" rel="nofollow">X Web App</a>',
            "lang": "en",
            "favorite_count": "2",
            "retweet_count": "1",
            "display_text_range": ["0", str(len(text))],
            "entities": {"user_mentions": [], "urls": [], "hashtags": []},
            **fields,
        }
    }


def reply(number: int, text: str, to: str, author: str, *mentions: dict, **fields) -> dict:
    return tweet(
        number,
        text,
        in_reply_to_status_id_str=to,
        in_reply_to_user_id_str=author,
        entities={"user_mentions": list(mentions), "urls": []},
        **fields,
    )


def link(short: str, address: str) -> dict:
    return {"url": short, "expanded_url": address, "display_url": address[8:20] + "…"}


class XArchive:
    """Builds an archive; every list goes into the file X would put it into."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.files: dict[str, str] = {}
        self.put("account", {"account": {
            "accountId": TEA, "username": "larchtea", "accountDisplayName": "Larch Tea House",
            "createdAt": "2019-05-01T08:00:00.000Z", "email": "never@read.example",
        }})  # fmt: skip
        self.put("profile", {"profile": {
            "description": {"bio": "Tea and talk", "website": "https://larch.example"},
            "avatarMediaUrl": "https://pbs.example/a.jpg",
        }})  # fmt: skip

    def put(self, name: str, *records: object) -> None:
        variable = name.replace("-", "_")
        body = json.dumps(list(records), indent=2)
        self.files[f"data/{name}.js"] = f"window.YTD.{variable}.part0 = {body}"

    def manifest(self, *, is_partial: bool = False, **kinds: list[str]) -> None:
        listed = {
            kind: {"files": [{"fileName": f"data/{name}", "count": "1"} for name in names]}
            for kind, names in kinds.items()
        }
        self.files["data/manifest.js"] = "window.__THAR_CONFIG = " + json.dumps({
            "userInfo": {"accountId": TEA, "userName": "larchtea", "displayName": "Larch"},
            "archiveInfo": {
                "generationDate": "2024-06-01T00:00:00.000Z", "isPartialArchive": is_partial,
            },
            "dataTypes": listed,
        })  # fmt: skip

    def folder(self) -> Path:
        for name, content in self.files.items():
            path = self.home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", errors="surrogatepass")
        return self.home

    def zip(self) -> Path:
        path = self.home / "twitter-2024-06-01.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in self.files.items():
                packed.writestr(name, content)
        return path
