"""The lists of the desk, in the order of the rail: their addresses, names and first words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from twoway.desk.inbox.models import Box
from twoway.desk.inbox.queries import Counted
from twoway.desk.inbox.queries.lists import KIND_WORD


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One list: `slug` in addresses, `filter` as inbox.queries calls it."""

    slug: str
    filter: int | str
    title: str | Promise
    order: str | Promise
    """By what it is ordered, in words."""
    empty_title: str | Promise
    empty_words: str | Promise
    is_counted: bool = True

    def counted(self, counts: Mapping[int, Counted]) -> int:
        """Return how many lie here; settled ones are nobody's work, so they are not counted."""
        found = self.of(counts) if self.is_counted else None
        return found.all if found is not None else 0

    def of(self, counts: Mapping[int, Counted]) -> Counted | None:
        """Return this list's counts; the lane of kind words counts under 0."""
        return counts.get(self.filter if isinstance(self.filter, int) else 0)


BOXES = (
    Listed(
        slug="ours", filter=Box.OURS, title=_("Our turn"),
        order=_("By how long they wait. A complaint, urgency or asking again counts as extra hours."),
        empty_title=_("Nobody is waiting."),
        empty_words=_("Everyone who asked has heard from us."),
    ),
    Listed(
        slug="promised", filter=Box.PROMISED, title=_("Promised"),
        order=_("By the day we said we would come back."),
        empty_title=_("Nothing is promised."),
        empty_words=_("When an answer says “we will look into it”, it is kept here with a date."),
    ),
    Listed(
        slug="theirs", filter=Box.THEIRS, title=_("Theirs"),
        order=_("We asked something and wait for them; after 14 days it rests."),
        empty_title=_("We wait for nobody."),
        empty_words=_("When we ask somebody back, the conversation waits here for their word."),
    ),
    Listed(
        slug="kind-word", filter=KIND_WORD, title=_("Worth a kind word"),
        order=_("Praise and stories of the last seven days. A like is enough; nobody is waiting."),
        empty_title=_("Nothing here just now."),
        empty_words=_("Praise, stories and thanks turn up here for a week, never as waiting."),
    ),
    Listed(
        slug="maybe", filter=Box.MAYBE, title=_("Maybe"),
        order=_("We could not tell whether they ask something. One look and one key settle it."),
        empty_title=_("Nothing is in doubt."),
        empty_words=_("When we cannot tell whether a post asks for an answer, it comes here."),
    ),
    Listed(
        slug="snoozed", filter=Box.SNOOZED, title=_("Snoozed"),
        order=_("By when they come back. A new post of theirs wakes them at once."),
        empty_title=_("Nothing sleeps."),
        empty_words=_("Snooze what cannot be answered yet; it comes back by itself."),
    ),
    Listed(
        slug="settled", filter=Box.SETTLED, title=_("Settled"), is_counted=False,
        order=_("The latest first."),
        empty_title=_("Nothing is settled yet."),
        empty_words=_("What was answered, or needs no answer, rests here."),
    ),
    Listed(
        slug="before", filter=Box.BEFORE, title=_("Before you came"),
        order=_("Older than 14 days when the channel was connected. Answer one if you like."),
        empty_title=_("Nothing from before."),
        empty_words=_("What was said long before a channel was connected would rest here."),
    ),
)  # fmt: skip

BY_SLUG = {box.slug: box for box in BOXES}
