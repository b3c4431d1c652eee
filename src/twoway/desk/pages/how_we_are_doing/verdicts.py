"""A report as the page says it: the verdict, what it stands on, and the conversations behind figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from twoway.audit.findings import AccountReport, Evidence, Figure
from twoway.audit.report import values
from twoway.audit.saying import ENGLISH, speaking
from twoway.desk.channels.models import Channel
from twoway.desk.insight import queries as insight
from twoway.desk.insight.models import Audit
from twoway.desk.pages.our_turn.place import Place
from twoway.desk.pages.our_turn.rows import first_words
from twoway.desk.team.models import Teammate

SHOWN: Final = (
    "response_rate", "first_response_time", "answers_under_own_posts", "good_bad_gap", "named_people", "reply_share",
)  # fmt: skip
"""Figures worth a look every day, where they could be observed; the report has all."""
_BEHIND: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """A conversation that shows a figure, and what its post shows."""

    address: str
    title: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureShown:
    """One figure with its n, and conversations behind it."""

    title: str
    value: str
    n: str
    behind: list[Behind]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountShown:
    """One account of ours with its verdict."""

    number: int
    look: str
    label: str
    firmness: str
    purpose: str
    sentence: str
    reasons: Sequence[str]
    figures: list[FigureShown]
    report: str


def accounts(teammate: Teammate, audit: Audit, channels: Sequence[Channel]) -> list[AccountShown]:
    """Return what an audit found about us, account by account."""
    address = reverse("report", args=[audit.pk])
    with speaking(get_language() or ENGLISH):
        found = insight.report_of(audit)
        return [
            _account(teammate, one, number, channels, address)
            for number, one in enumerate(found.accounts) if not one.is_peer
        ]  # fmt: skip


def labels() -> Mapping[str, str]:
    """Return what each verdict is called."""
    return {
        "networking": _("Social networking"), "mixed": _("A bit of both"),
        "notworking": _("Social notworking"), "too_little_data": _("Too little to tell yet"),
    }  # fmt: skip


def _account(
    teammate: Teammate, one: AccountReport, number: int, channels: Sequence[Channel], address: str,
) -> AccountShown:  # fmt: skip
    firm = {True: _("firm, allowing for chance"), False: _("provisional"), None: ""}
    handles = {profile.handle.removeprefix("@").casefold() for profile in one.profiles}
    purposes = [
        c.purpose
        for c in channels
        if c.purpose and c.handle.removeprefix("@").casefold() in handles
    ]
    return AccountShown(
        number=number, look=one.verdict.name, label=labels()[one.verdict.name], firmness=firm[one.verdict.firm],
        purpose=" · ".join(purposes), sentence=values.spaced(one.verdict.sentence),
        reasons=[values.spaced(reason) for reason in one.verdict.reasons],
        figures=_figures(teammate, one), report=address,
    )  # fmt: skip


def _figures(teammate: Teammate, one: AccountReport) -> list[FigureShown]:
    known = {figure.id: figure for figure in one.measures if figure.status == "ok"}
    chosen = [known[name] for name in SHOWN if name in known]
    moments = [post.said_at for figure in chosen for post in figure.evidence[:_BEHIND]]
    said = insight.posts_said_at(teammate, moments)
    talks: dict[str, int] = {}
    for network in {network for network, _post in said.values()}:
        posts = [post for its, post in said.values() if its == network]
        talks |= insight.conversations_behind(teammate, network, posts)
    by_moment = {at: talks[post] for at, (_network, post) in said.items() if post in talks}
    return [_figure(figure, by_moment) for figure in chosen]


def _title(post: Evidence) -> str:
    """Name a post: theirs by who wrote it, ours by how it begins."""
    words = first_words(post.text)
    return (
        (f"{words[:24]}…" if len(words) > 24 else words) or post.author
        if post.is_ours
        else post.author
    )


def _figure(figure: Figure, talks: Mapping[int, int]) -> FigureShown:
    behind = []
    for post in figure.evidence[:_BEHIND]:
        talk = talks.get(post.said_at)
        if talk is not None:
            behind.append(Behind(address=Place().talk(talk), title=_title(post), note=post.note))
    return FigureShown(
        title=figure.name,
        value=values.spaced(values.short(figure)),
        n=values.spaced(values.counted(figure)),
        behind=behind,
    )
