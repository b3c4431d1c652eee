"""A batch of posts in, the rows of their readings out: the part of an import that costs most.

Run as a module it is a reader: batches come in, Arrow streams go out, until its input ends.
"""

import gc
import pickle
import signal
import struct
import sys
from collections.abc import Sequence
from typing import Any, BinaryIO, Final

import pyarrow as pa

from twoway import language
from twoway.collection.reading_rows import ReadPost, to_arrow
from twoway.language.assessor import Assessor

Asked = tuple[Any, ...]
"""Post, version, is_last and digest, then what language.read is asked."""

Tables = dict[str, list[pa.Table]]

_SIZE: Final = struct.Struct("<Q")


def read_batch(batch: Sequence[Asked], assessor: Assessor | None = None) -> Tables:
    """Read some versions of posts, and return the rows by table; without `assessor` by our own model."""
    readings = language.read((_utterance(*asked[4:]) for asked in batch), assessor)
    return to_arrow(
        [
            ReadPost(post, version, is_last, digest, reading)
            for (post, version, is_last, digest, *_), reading in zip(batch, readings, strict=True)
        ],
        assessor.name if assessor else language.MODEL,
    )


def send(stream: BinaryIO, value: object) -> None:
    """Send a value to the other process."""
    data = pickle.dumps(value, protocol=5)
    stream.write(_SIZE.pack(len(data)) + data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Take a value from the other process; EOFError where it has gone."""
    head = stream.read(_SIZE.size)
    if len(head) < _SIZE.size:
        raise EOFError
    data = stream.read(_SIZE.unpack(head)[0])
    return pickle.loads(data)  # noqa: S301  from our own process, over its own pipe


def _utterance(
    text: str, handles: list[str], author: str, names: list[str], *flags: Any
) -> language.Utterance:
    is_reply, has_media, has_link, has_poll, hint = flags
    return language.Utterance(
        text=text, handles=tuple(handles), author=author, names=tuple(names), is_reply=is_reply,
        has_media=has_media, has_link=has_link, has_poll=has_poll, language=hint,
    )  # fmt: skip


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    while True:
        try:
            batch = receive(requests)
        except EOFError:
            return
        send(answers, read_batch(batch))


if __name__ == "__main__":
    gc.disable()  # as in `gather`: a fifth of the time goes into searching rows for cycles
    # An interrupt is the main process's to handle; it then closes our input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _serve(sys.stdin.buffer, sys.stdout.buffer)
