"""What comes in and what is asked: measures 2, 15, 17 and 20's neighbours on the listening side."""

from collections.abc import Iterator

from twoway.core.identity import key
from twoway.practice.truth.answering import invitation, returned
from twoway.practice.truth.figures import Truth, ratio, share
from twoway.practice.truth.view import View

COMPARED = 300


def counts(view: View) -> Iterator[tuple[str, Truth]]:
    """Count who was spoken to and who spoke."""
    spoken_to = {who.id for told in view.told for who in told.speaks_to}
    yield "talk_listen.outsiders_per_original", ratio(len(spoken_to), len(view.originals))
    received = [heard for heard in view.heard if heard.how in ("reply", "goes_on", "flat")]
    yield "talk_listen.received_per_given", ratio(len(received), len(view.replies))
    yield "invitation", invitation(view)
    yield "invitation.returned", returned(view)
    yield "canned_replies", _canned(view)


def _canned(view: View) -> Truth:
    """Count near-duplicates among the 300 replies whose ids hash lowest."""
    replies = sorted(
        (told.line for told in view.replies), key=lambda line: key(line.by.network, line.id)
    )
    compared = set(replies[:COMPARED])
    alike = set()
    for same, others in view.world.stage.replies[view.who.name].groups():
        here = [line for line in same if line in compared]
        if len(here) > 1 or (here and any(line in compared for line in others)):
            alike.update(here)
    return share(line in alike for line in compared)
