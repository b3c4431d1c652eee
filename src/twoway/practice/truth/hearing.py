"""What comes in and what is asked: measures 2, 15, 17 and 20's neighbours on the listening side."""

from collections.abc import Iterator

from twoway.practice.truth import alike
from twoway.practice.truth.answering import invitation, returned
from twoway.practice.truth.figures import Truth, ratio, share
from twoway.practice.truth.view import View


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
    lines = alike.compared([told.line for told in view.replies])
    pairs = alike.pairs({line: view.bare_words(line) for line in lines})
    canned = {line for pair in pairs for line in pair}
    return share(line in canned for line in lines)
