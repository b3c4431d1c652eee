"""A report for sharing: people outside the audited organisations become "a person, A", "a person, B".

Handles, links, mail addresses, telephone numbers and the names in greetings leave the texts, links
to their posts leave the page. Their words stay, so that a figure can still be checked; the note
that is added says that a search may find them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from twoway.audit.findings import (
    AccountReport,
    Evidence,
    Figure,
    Glance,
    Profile,
    Report,
    Step,
    TakenFor,
)
from twoway.audit.saying import marked, say

_HANDLE = re.compile(r"(?<![\w/])@[\w.-]*\w(?:@[\w.-]*\w)?")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(r"https?://\S+|\bwww\.\S+", re.IGNORECASE)
_TELEPHONE = re.compile(r"(?<!\w)\+?\d(?:[ ()/.-]*\d){7,}(?!\w)")
_GREETED = re.compile(
    r"\b(hi|hey|hello|dear|hallo|liebe[r]?|bonjour|salut|hola|ciao|thanks|thank you|danke|merci|gracias|sorry)"
    r"(,? )(?-i:[A-ZÀ-ÖØ-Þ])[\w'’-]+",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_DAY = 86_400_000_000
NOTE = marked(
    "People outside the audited organisations are not named here, and their posts are not linked. "
    "Their words stand as they were said: a search may find them, and a first name may stand in a sentence."
)


@dataclass(slots=True)
class _Cast:
    """Who appears in the report: our handles and sites, and the initials given to everybody else."""

    ours: frozenset[str]
    sites: frozenset[str]
    known: re.Pattern[str] | None
    people: dict[str, str] = field(default_factory=dict)
    posts: dict[int, int] = field(default_factory=dict)

    def person(self, handle: str) -> str:
        """Return the same initials for the same person throughout the report."""
        letter = _initials(len(self.people))
        return self.people.setdefault(handle.lower(), say("a person, {letter}", letter=letter))

    def post(self, key: int) -> int:
        """Return a number in place of a key, which could be looked up in a collection."""
        return self.posts.setdefault(key, -1 - len(self.posts))

    def text(self, text: str, *, is_ours: bool = True) -> str:
        """Return a text without what leads to a person."""
        without = _LINK.sub(
            lambda found: found[0] if is_ours and self._is_own(found[0]) else "[link]", text
        )
        without = _HANDLE.sub(self._handle, without)
        without = _MAIL.sub("[mail address]", without)
        if self.known:
            without = self.known.sub("someone", without)
        without = _TELEPHONE.sub("[number]", without)
        without = _GREETED.sub(r"\1\2…", without) if is_ours else without
        return (
            text if without == text else without
        )  # as it was made, where nothing leads to anybody

    def names_somebody(self, text: str) -> bool:
        """Tell whether a text of ours leads to somebody else."""
        return self.text(text) != text

    def _handle(self, found: re.Match[str]) -> str:
        name = found[0][1:].lower()
        return found[0] if name in self.ours or name.split("@")[0] in self.ours else "@someone"

    def _is_own(self, link: str) -> bool:
        return _host(link) in self.sites


def redact(report: Report) -> Report:
    """Return the report without people outside the audited organisations."""
    cast = _cast(report)
    return replace(
        report,
        accounts=tuple(_account(account, cast) for account in report.accounts),
        notes=(*report.notes, NOTE),
    )


def _cast(report: Report) -> _Cast:
    profiles = [profile for account in report.accounts for profile in account.profiles]
    ours = frozenset(name for profile in profiles for name in _names(profile.handle))
    sites = frozenset(filter(None, (_host(profile.site) for profile in profiles if profile.site)))
    authors = {post.author for post in _evidence(report) if not post.is_ours}
    # Two letters are too common a word to be taken for somebody's handle.
    found = sorted(
        (name for a in authors - ours for name in _names(a) if len(name) > 2), key=len, reverse=True
    )
    known = (
        re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, found))})(?!\w)", re.IGNORECASE)
        if found
        else None
    )
    return _Cast(ours, sites, known)


def _names(handle: str) -> set[str]:
    """Return a handle with and without its server."""
    return {handle.lower(), handle.lower().split("@")[0]} - {""}


def _host(link: str) -> str:
    try:
        return (urlsplit(link if "//" in link else f"//{link}").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _evidence(report: Report) -> Iterator[Evidence]:
    for account in report.accounts:
        for step in account.advice:
            yield from step.evidence
        yield from _shown((*account.measures, *account.audience))


def _shown(figures: Iterable[Figure]) -> Iterator[Evidence]:
    for figure in figures:
        yield from figure.evidence
        yield from _shown(figure.parts)


def _account(account: AccountReport, cast: _Cast) -> AccountReport:
    return replace(
        account,
        profiles=tuple(_profile(profile, cast) for profile in account.profiles),
        glance=tuple(_glance(post, cast) for post in account.glance),
        advice=tuple(_step(step, cast) for step in account.advice),
        measures=tuple(_figure(figure, cast) for figure in account.measures),
        audience=tuple(_figure(figure, cast) for figure in account.audience),
    )


def _profile(profile: Profile, cast: _Cast) -> Profile:
    biography = cast.text(profile.biography) if profile.biography else profile.biography
    return replace(profile, biography=biography)


def _glance(post: Glance, cast: _Cast) -> Glance:
    """An answer, a share or a quote of ours leads to somebody else's post; so does a text that names them."""
    leads = post.what in ("answer", "share", "quote", "featuring") or cast.names_somebody(post.text)
    text = cast.text(post.text, is_ours=post.what not in ("share", "quote"))
    return replace(
        post, post=cast.post(post.post), text=text, address=None if leads else post.address
    )


def _step(step: Step, cast: _Cast) -> Step:
    return replace(step, evidence=tuple(_post(post, cast) for post in step.evidence))


def _figure(figure: Figure, cast: _Cast) -> Figure:
    return replace(
        figure, text=cast.text(figure.text), evidence=tuple(_post(post, cast) for post in figure.evidence),
        parts=tuple(_figure(part, cast) for part in figure.parts),
        detail=tuple((name, cast.text(text)) for name, text in figure.detail),
    )  # fmt: skip


def _post(post: Evidence, cast: _Cast) -> Evidence:
    text, note = cast.text(post.text, is_ours=post.is_ours), cast.text(post.note)
    key = cast.post(post.post)
    post = replace(post, taken_for=tuple(_without_lost(one, text) for one in post.taken_for))
    if post.is_ours:
        address = None if cast.names_somebody(post.text) else post.address
        return replace(post, post=key, text=text, note=note, address=address)
    day = post.said_at - post.said_at % _DAY  # the minute would lead to the post
    return replace(
        post,
        post=key,
        text=text,
        note=note,
        address=None,
        author=cast.person(post.author),
        said_at=day,
    )


def _without_lost(one: TakenFor, text: str) -> TakenFor:
    """Leave out the words that mattered but no longer stand in the text."""
    left = set(_WORD.findall(text.casefold()))
    return replace(one, why=tuple(word for word in one.why if left.issuperset(_WORD.findall(word))))


def _initials(place: int) -> str:
    """Return A to Z, then AA, AB … as the columns of a sheet are named."""
    before, letter = divmod(place, 26)
    return (_initials(before - 1) if before else "") + chr(ord("A") + letter)
