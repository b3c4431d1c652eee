"""Who is audited over which time: a request turned into the tables windows, ours, covered and calendar."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from twoway.audit import calendar
from twoway.audit.engines.interface import Engine
from twoway.audit.errors import AuditError, NothingToAudit
from twoway.audit.handles import Found, find, known_organisations
from twoway.audit.request import Request
from twoway.audit.steps.columns import COVERED, OURS, WINDOWS
from twoway.core.coverage import STREAMS
from twoway.core.tables import BRANDS

SECOND = 1_000_000
DAY = 86_400 * SECOND
HEARD = ("originals", "replies", "shares", "quotes", "comments", "mentions")
"""Streams that say when observation ended; a profile is seen at one moment, likes often without date."""


class Stretch(NamedTuple):
    """One stream of an organisation: from when to when, and whether all of it."""

    begins: int
    ends: int
    is_complete: bool


@dataclass(frozen=True, slots=True)
class _Organisation:
    name: str
    accounts: tuple[int, ...]
    is_peer: bool


def prepare(engine: Engine, request: Request) -> None:
    """Fill windows, ours, covered and calendar; raises AuditError that names what is wrong."""
    zone = zone_of(request.zone)
    audited = _organisations(engine, request)
    covered = _covered(engine, audited, request.covers)
    windows = [_window(o, covered[o.name], request, zone) for o in audited]
    engine.fill(WINDOWS, windows)
    engine.fill(OURS, [(o.name, account) for o in audited for account in o.accounts])
    engine.fill(
        COVERED,
        [
            (name, stream, *stretch)
            for name, streams in covered.items()
            for stream, stretch in streams.items()
        ],
    )
    if request.brands:
        _add_brands(engine, [o.name for o in audited if not o.is_peer], request.brands)
    first = min(s.begins for streams in covered.values() for s in streams.values())
    last = max(s.ends for streams in covered.values() for s in streams.values())
    _demand_within(request.change, first, last, zone)
    calendar.prepare(engine, zone, first, last)


def _demand_within(change: date | None, first: int, last: int, zone: ZoneInfo) -> None:
    """Refuse a day of change with nothing before it or nothing since: its figures would be empty."""
    if change is not None and not first < _midnight(change, zone) < last:
        raise AuditError(
            f"--change {change}: the collection holds {_say(first, zone)} to {_say(last, zone)}. "
            "Choose a day within it."
        )


def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise AuditError(
            f"--timezone {name!r}: there is no such zone. Write one such as Europe/Dublin or UTC."
        ) from None


def _organisations(engine: Engine, request: Request) -> list[_Organisation]:
    """Return who is audited: those asked for, else every organisation whose originals are covered."""
    grouped = [find(engine, handles) for handles in request.ours if handles]
    known = known_organisations(engine)
    peers = [_join(found, grouped, known) for found in find(engine, request.peers)]
    if request.accounts:
        mains = [_join(found, grouped, known) for found in find(engine, request.accounts)]
    elif grouped:
        mains = [_join(group[0], grouped, known) for group in grouped]
    else:
        mains = [_join(found, grouped, known) for found in _covered_accounts(engine)]
    chosen = {name: (accounts, True) for name, accounts in peers}
    chosen |= {
        name: (accounts, False)
        for name, accounts in mains
        if request.accounts or name not in chosen
    }
    if not chosen:
        raise NothingToAudit(
            "This collection covers no account's own posts, so there is nobody to audit. If it does "
            "hold them, say so: --covers originals,replies with --account HANDLE."
        )
    return [_Organisation(name, accounts, peer) for name, (accounts, peer) in chosen.items()]


def _join(
    found: Found,
    groups: Sequence[Sequence[Found]],
    known: Mapping[int, tuple[str, tuple[int, ...]]],
) -> tuple[str, tuple[int, ...]]:
    """Return the organisation an account belongs to: a group of --ours, a known one, or itself."""
    for group in groups:
        if found.account in {member.account for member in group}:
            return group[0].handle, tuple(member.account for member in group)
    return known.get(found.account) or (found.handle, (found.account,))


def _covered_accounts(engine: Engine) -> list[Found]:
    rows = engine.rows(
        "select a.account, a.handle from accounts a "
        "join (select distinct account from coverage where stream = 'originals') c "
        "on c.account = a.account where not a.no_index order by a.handle, a.account"
    )
    return [Found(*row) for row in rows]


def _covered(
    engine: Engine, audited: Sequence[_Organisation], covers: Sequence[str]
) -> dict[str, dict[str, Stretch]]:
    """Return the covered streams of each organisation; `covers` overrules what the collection says."""
    unknown = sorted(set(covers) - set(STREAMS))
    if unknown:
        raise AuditError(f"--covers {unknown[0]!r}: the streams are {', '.join(STREAMS)}.")
    owner = {account: o for o in audited for account in o.accounts}
    found: dict[str, dict[str, dict[int, Stretch]]] = defaultdict(lambda: defaultdict(dict))
    for account, stream, begins, ends, complete in engine.rows(
        "select account, stream, min(begins), max(ends), "
        "min(case when is_complete then 1 else 0 end) from coverage group by account, stream"
    ):
        if account in owner:
            found[owner[account].name][stream][account] = Stretch(begins, ends, bool(complete))
    covered = {
        o.name: {stream: _over(parts, o) for stream, parts in found[o.name].items()}
        for o in audited
    }
    if covers or not all(covered.values()):
        _overrule(engine, covered, covers)
    return covered


def _over(parts: Mapping[int, Stretch], organisation: _Organisation) -> Stretch:
    """Return a stream over all accounts: complete only where it is so for each of them."""
    return Stretch(
        min(part.begins for part in parts.values()),
        max(part.ends for part in parts.values()),
        all(account in parts and parts[account].is_complete for account in organisation.accounts),
    )


def _overrule(
    engine: Engine, covered: dict[str, dict[str, Stretch]], covers: Sequence[str]
) -> None:
    (first, last), *_ = engine.rows("select min(said_at), max(said_at) from posts")
    if first is None:
        raise NothingToAudit("This collection holds no posts. Import a file that has some.")
    for streams in covered.values():
        stretches = [s for name, s in streams.items() if name in HEARD]
        begins = min((s.begins for s in stretches), default=first)
        ends = max((s.ends for s in stretches), default=last)
        if covers:
            streams.clear()
            streams.update({stream: Stretch(begins, ends, True) for stream in covers})
        elif not streams:
            streams["originals"] = Stretch(begins, ends, False)


def _window(
    organisation: _Organisation, streams: Mapping[str, Stretch], request: Request, zone: ZoneInfo
) -> tuple[object, ...]:
    heard = [s for name, s in streams.items() if name in HEARD] or list(streams.values())
    first, last = min(s.begins for s in heard), max(s.ends for s in heard)
    begins, ends = _span(request.window, first, last, zone)
    begins, ends = max(begins, first), min(ends, last)
    if begins > ends:
        raise NothingToAudit(
            f"--window {request.window}: of {organisation.name} the collection holds "
            f"{_say(first, zone)} to {_say(last, zone)}. Choose a time within it, or --window all."
        )
    inbound = streams.get("comments")
    return (
        organisation.name, begins, ends, request.zone, None,
        inbound.begins if inbound else None, organisation.is_peer,
        _midnight(request.change, zone) if request.change else None,
    )  # fmt: skip


def _span(text: str, first: int, last: int, zone: ZoneInfo) -> tuple[int, int]:
    """Read "90d", "all" or "2026-01-01..2026-03-31", both days included."""
    if text == "all":
        return first, last
    if text.endswith("d") and text[:-1].isdecimal() and int(text[:-1]) > 0:
        return last - min(int(text[:-1]), 100_000) * DAY, last
    begin, dots, end = text.partition("..")
    try:
        days = date.fromisoformat(begin), date.fromisoformat(end)
    except ValueError:
        days = None
    if not dots or days is None or days[0] > days[1]:
        raise AuditError(
            f"--window {text!r}: write a number of days such as 90d, all, "
            "or two days such as 2026-01-01..2026-03-31."
        )
    return _midnight(days[0], zone), _midnight(days[1] + timedelta(days=1), zone) - 1


def _midnight(day: date, zone: ZoneInfo) -> int:
    return int(datetime.combine(day, time(), zone).timestamp()) * SECOND


def _say(moment: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(moment // SECOND, UTC).astimezone(zone).strftime("%Y-%m-%d")


def _add_brands(engine: Engine, organisations: Iterable[str], words: Iterable[str]) -> None:
    """Add words that the user calls its own to those the collection knows."""
    rows = {tuple(row) for row in engine.rows("select organisation, kind, value from brands")}
    rows |= {(name, "word", word.lower()) for name in organisations for word in words}
    engine.fill(BRANDS, sorted(rows))
