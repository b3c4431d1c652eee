"""An invented tea house's page, as Facebook would export it."""

import json
from pathlib import Path

HOME = "this_profile's_activity_across_facebook"
TIME = 1_709_251_200  # 2024-03-01


def broken(words: str) -> str:
    """Write each byte of UTF-8 as a letter of its own, as Meta does."""
    return words.encode().decode("latin-1")


def post(minutes: int, words: str, *attached: dict, **fields) -> dict:
    return {
        "timestamp": TIME + minutes * 60,
        "title": "Larch Tea House updated their status.",
        "data": [{"post": broken(words)}, {"update_timestamp": TIME}],
        "attachments": [{"data": list(attached)}] if attached else [],
        **fields,
    }


def comment(minutes: int, words: str, title: str) -> dict:
    said = {"timestamp": TIME + minutes * 60, "comment": broken(words), "author": "Larch Tea House"}
    return {"timestamp": said["timestamp"], "data": [{"comment": said}], "title": broken(title)}


def message(minutes: int, sender: str, words: str, **fields) -> dict:
    at = (TIME + minutes * 60) * 1000 + 7
    return {"sender_name": broken(sender), "timestamp_ms": at, "content": broken(words), **fields}


def thread(*messages: dict, people: tuple[str, ...] = ("Zoë Example", "Larch Tea House")) -> dict:
    named = [{"name": broken(name)} for name in people]
    return {"participants": named, "messages": list(messages), "title": "Zoë", "thread_path": "x"}


PROFILE = {"profile_v2": {
    "name": {"full_name": "Larch Tea House"}, "username": "larchtea",
    "websites": [{"address": "https://larch.example"}], "registration_timestamp": TIME - 86_400,
}}  # fmt: skip


def whole_export() -> dict[str, object]:
    """An export with everything in it that the reader looks at."""
    return {
        f"{HOME}/posts/profile_posts_1.json": [
            post(5, "Grüße 🍵", {"media": {"uri": "a.jpg", "description": "x"}},
                 {"external_context": {"url": "https://larch.example/menu", "name": "Menu"}},
                 tags=[{"name": broken("Zoë Example")}]),
            post(6, "Which?", {"poll": {"options": [{"option": "Green"}, {"option": "Black"}]}}),
        ],
        f"{HOME}/comments_and_reactions/comments.json": {"comments_v2": [
            comment(7, "Gern, Zoë!", "Larch Tea House replied to Zoë Example's comment."),
            comment(8, "More tomorrow", "Larch Tea House commented on its own post."),
            comment(9, "Ja", "Larch Tea House hat geantwortet."),
        ]},
        "messages/inbox/zoe_1/message_1.json": thread(
            message(11, "Larch Tea House", "Yes, till six", photos=[{"uri": "a.jpg"}]),
            message(10, "Zoë Example", "Open today?", share={"link": "https://a.example"}),
        ),
        "profile_information/profile_information.json": PROFILE,
        f"{HOME}/comments_and_reactions/likes_and_reactions_1.json": [
            {"timestamp": TIME, "data": [{"reaction": {"reaction": "LIKE", "actor": "Larch"}}]}
        ],
    }  # fmt: skip


def write(folder: Path, files: dict[str, object]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    return folder
