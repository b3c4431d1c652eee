"""What to mind about a draft, put together from the talk: what they asked, what we said before."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from twoway.desk.inbox.models import Post
from twoway.desk.inbox.readings import kept
from twoway.desk.outbox import advice, queries
from twoway.desk.pages.words import tongue
from twoway.desk.team.models import Teammate
from twoway.language import Utterance, read

if TYPE_CHECKING:
    from twoway.desk.pages.composer.composer import Setting

_SURE: Final = 0.8
_LONG_ENOUGH: Final = 25
_MOST: Final = 4
_WORD: Final = re.compile(r"\w{4,}")


def advise(
    teammate: Teammate,
    fixed: "Setting",
    exchange: Sequence[Post],
    open_posts: Sequence[int],
    text: str,
    undescribed: int = 0,
) -> list[str]:
    """Return at most four sentences about a draft, what matters most first."""
    theirs = [one for one in exchange if not one.is_ours and one.deleted_at is None]
    asking = [one for one in theirs if one.pk in set(open_posts)]
    draft = advice.Draft(
        text=fixed.public(text) if text.strip() else "", limits=fixed.limits, asked=missed(asking, text),
        before=queries.last_answers_for_observer(teammate, fixed.channel.pk),
        signature=fixed.voice.signature if fixed.voice is not None else "", undescribed=undescribed,
    )  # fmt: skip
    found = [one.sentence for one in advice.advise(draft)]
    if other := another_language(theirs, text):
        found.append(other)
    return list(islice(found, _MOST))


def missed(theirs: Sequence[Post], text: str) -> tuple[str, ...]:
    """Return their questions where the answer shares no word with one of them."""
    asked = advice.questions_in([post.text for post in theirs])
    if len(text.strip()) < _LONG_ENOUGH or all(_stems(one) & _stems(text) for one in asked):
        return ()
    return asked


def _stems(text: str) -> set[str]:
    """Cut words to their beginnings: "bus" and "buses" ask about the same."""
    return {word[:5] for word in _WORD.findall(text.casefold())}


def another_language(theirs: Sequence[Post], text: str) -> str:
    """Mind an answer in a language they did not write."""
    if not theirs or len(text.strip()) < _LONG_ENOUGH:
        return ""
    their, ours = kept(theirs[-1].reading), next(iter(read([Utterance(text=text)])))
    if not their.language or ours.language in {None, their.language}:
        return ""
    if min(their.language_certainty, ours.language_certainty) < _SURE:
        return ""
    return _("They wrote %(theirs)s, this is %(ours)s.") % {
        "theirs": tongue(their.language), "ours": tongue(ours.language),
    }  # fmt: skip
