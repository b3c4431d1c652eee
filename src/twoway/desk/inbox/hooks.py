"""What the rooms above ask to be told; they add their functions when they are loaded."""

from collections.abc import Callable, Sequence

from django.db import transaction

from twoway.desk.inbox.models import Post

seen_back: list[Callable[[Post], None]] = []
"""Called in the transaction in which a post of ours came in, from whichever client."""

changed: list[Callable[[int, Sequence[int]], None]] = []
"""Called after the commit, with the organisation and the conversations that changed."""


def announce(organisation: int, conversations: Sequence[int]) -> None:
    """Tell that conversations changed, once this is written."""
    if conversations:
        transaction.on_commit(lambda: _tell(organisation, conversations))


def _tell(organisation: int, conversations: Sequence[int]) -> None:
    for hook in changed:
        hook(organisation, conversations)
