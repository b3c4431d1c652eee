"""What menus of a conversation offer: days to snooze until, reasons, kinds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from twoway.desk import clock
from twoway.desk.pages.stock import once_a_language

_MORNING = 9
_AFTERNOON = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One entry of a menu; `line` says more, `is_chosen` where it is so already."""

    value: str
    title: str
    line: str = ""
    is_chosen: bool = False


def snoozes() -> list[Offer]:
    """Return the usual times to come back, in the reader's zone."""
    now = timezone.localtime()
    morning = now.replace(hour=_MORNING, minute=0, second=0, microsecond=0)
    monday = morning + timedelta(days=7 - now.weekday())
    offers = []
    if now.hour < _AFTERNOON - 1:
        offers.append(
            _offer(
                _("This afternoon"), now.replace(hour=_AFTERNOON, minute=0, second=0, microsecond=0)
            )
        )
    offers.append(_offer(_("Tomorrow morning"), morning + timedelta(days=1)))
    if monday.date() != (morning + timedelta(days=1)).date():
        offers.append(_offer(_("Next Monday"), monday))
    offers.append(_offer(_("In two weeks"), morning + timedelta(days=14)))
    return offers


def _offer(title: str, at: datetime) -> Offer:
    value = at.strftime("%Y-%m-%dT%H:%M")
    return Offer(
        value=value,
        title=title,
        line=formats.date_format(at, pgettext("short moment", "D j M, H:i")),
    )


def tomorrow() -> int:
    """Return tomorrow morning in µs."""
    morning = timezone.localtime().replace(hour=_MORNING, minute=0, second=0, microsecond=0)
    return clock.micros(morning + timedelta(days=1))


def in_days(many: int) -> str:
    """Return a day as a date field has it."""
    return (timezone.localdate() + timedelta(days=many)).isoformat()


def reasons() -> list[Offer]:
    """Return why a post may need no answer; the words are kept with the mark."""
    return [
        Offer(value="chat", title=_("they only wanted to say it")),
        Offer(value="elsewhere", title=_("answered elsewhere, by phone or in person")),
        Offer(value="others", title=_("others have answered well")),
        Offer(value="heat", title=_("an answer would only add heat")),
        Offer(value="not us", title=_("it was not meant for us")),
    ]


def kinds(chosen: str) -> list[Offer]:
    """Return what a post may be, with what it was read as chosen."""
    return [
        Offer(value=kind, title=title, is_chosen=kind == chosen)
        for kind, title in kind_titles().items()
    ]


@once_a_language
def kind_titles() -> dict[str, str]:
    """Return what each kind is called after "it is"."""
    return {
        "question": _("a question"), "complaint": _("a complaint"), "request": _("a request"),
        "praise": _("praise"), "story": _("a story"), "statement": _("a remark"),
        "closer": _("thanks, and nothing more"), "withdrawal": _("taken back by themselves"),
        "spam": _("spam"),
    }  # fmt: skip
