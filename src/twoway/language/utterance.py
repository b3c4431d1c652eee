"""What is asked of `language`: a text, and what the network says around it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One version of one post, as far as reading it needs.

    `handles` are named in it, without @; `author` is its author's display name and `names` are
    those of the people it answers, where known: likeness leaves them out. `ours` are the handles of
    the organisation, where the reader knows whose page this is. `language` is what the network
    says, a hint only.
    """

    text: str
    handles: tuple[str, ...] = ()
    author: str = ""
    names: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    is_reply: bool = False
    has_media: bool = False
    has_link: bool = False
    has_poll: bool = False
    language: str | None = None
