"""What `language` says of the texts that came in, asked before a transaction holds anybody up."""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from twoway.core.posts import Post
from twoway.core.readings import Reading
from twoway.desk import courtesy
from twoway.desk.inbox.told import Told
from twoway.language import MODEL, Utterance

Read = Callable[[Iterable[Utterance]], Iterator[Reading]]

Held = tuple[int, tuple[str, ...], tuple[str, ...]]
"""Since when (µs), the kinds as if theirs, the kinds as if ours."""

_FEW = 10
"""Texts read before a page has its turn: 2 ms."""

_DECODE_HELD = msgspec.json.Decoder(tuple[Held, ...]).decode
_ENCODE = msgspec.json.Encoder().encode


class Kept(msgspec.Struct, omit_defaults=True, frozen=True):
    """What the desk keeps of a reading: kinds with their certainty, and what pages show."""

    theirs: tuple[tuple[str, float, bool], ...] = ()
    ours: tuple[tuple[str, float, bool], ...] = ()
    language: str = ""
    language_certainty: float = 0.0
    tone: float | None = None
    urgency: float = 0.0
    signature: str = ""
    says_never_answer: bool = False
    model: str = ""


_DECODE_KEPT = msgspec.json.Decoder(Kept).decode


def kept(reading: str) -> Kept:
    """Open the `reading` of a post."""
    return _DECODE_KEPT(reading)


def held(text: str) -> tuple[Held, ...]:
    """Open the `held` of a post."""
    return _DECODE_HELD(text)


class Readings:
    """Readings of one delivery, each text read once."""

    def __init__(self, read: Read, model: str = MODEL) -> None:
        self._read, self._model = read, model
        self._known: dict[Utterance, Reading] = {}
        self._last: tuple[Post, str, Reading] | None = None

    def prepare(self, posts: Iterable[Told]) -> None:
        """Read many at once, the model being quick in batches; a few where somebody waits."""
        asked = {
            utterance: None
            for post in posts
            for text in post.texts
            if (utterance := _utterance(post.post, text.text)) not in self._known
        }
        left = [*asked]
        while left:
            many = _FEW if courtesy.somebody_waits() else len(left)
            self._known.update(zip(left[:many], self._read(left[:many]), strict=True))
            del left[:many]
            courtesy.rest()

    def of(self, post: Post, text: str) -> Reading:
        """Return the reading of one text of a post; of the latest one it is asked twice."""
        if self._last is None or self._last[0] is not post or self._last[1] != text:
            self._last = (post, text, self._find(_utterance(post, text)))
        return self._last[2]

    def _find(self, utterance: Utterance) -> Reading:
        if utterance not in self._known:
            self._known[utterance] = next(iter(self._read([utterance])))
        return self._known[utterance]

    def history(self, told: Told, before: dict[str, Held]) -> str:
        """Return the `held` of a post; `before` are the entries of texts that were read already."""
        entries = []
        for nth, text in enumerate(told.texts):
            since = told.post.said_at if nth == 0 else text.first
            if text.text in before:
                _, theirs, ours = before[text.text]
            else:
                reading = self.of(told.post, text.text)
                theirs = tuple(sorted(kind.name for kind in reading.theirs if kind.holds))
                ours = tuple(sorted(kind.name for kind in reading.ours if kind.holds))
            entries.append((since, theirs, ours))
        return _ENCODE(entries).decode()

    def latest(self, told: Told) -> tuple[Kept, str]:
        """Return the reading of the text that stands, and as it is stored."""
        reading = self.of(told.post, told.texts[-1].text)
        found = Kept(
            theirs=tuple((k.name, round(k.certainty, 3), k.holds) for k in reading.theirs),
            ours=tuple((k.name, round(k.certainty, 3), k.holds) for k in reading.ours),
            language=reading.language or "",
            language_certainty=round(reading.language_certainty, 3),
            tone=None if reading.tone is None else round(reading.tone, 3),
            urgency=round(reading.urgency or 0.0, 3),
            signature=reading.signature or "",
            says_never_answer=reading.says_never_answer,
            model=self._model,
        )
        return found, _ENCODE(found).decode()


def _utterance(post: Post, text: str) -> Utterance:
    return Utterance(
        text=text,
        handles=tuple(m.account.removeprefix("@") for m in post.mentions if m.account[:1] == "@"),
        is_reply=post.parent is not None or post.is_reply,
        has_media=bool(post.media),
        has_link=bool(post.links),
        has_poll=bool(post.poll),
        language=post.language,
    )
