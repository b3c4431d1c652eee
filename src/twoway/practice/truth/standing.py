"""How an organisation stands before people: measures 21 and 22, its profile, and what posts draw."""

from collections import Counter
from collections.abc import Iterator

from twoway.practice.lines import Line
from twoway.practice.truth.figures import Truth, count, share
from twoway.practice.truth.view import View


def counts(view: View) -> Iterator[tuple[str, Truth]]:
    """Count what a visitor sees, where people are, and how they react."""
    yield from _profile(view)
    yield from _networks(view)
    yield from _reactions(view)


def _profile(view: View) -> Iterator[tuple[str, Truth]]:
    """Read the profile that the cast was given; a desk that was written to in private is open."""
    who, profile = view.who, view.who.profile
    names = any(account.person_name for account in who.accounts)
    bio = profile.get("biography", "")
    signers = {told.line.signature for told in view.replies if told.line.signature}
    names = names or any(len(signer) > 1 and signer in bio for signer in signers)
    open_ = who.character.name != "broadcaster" or any(
        heard.line.is_private for heard in view.all_heard
    )
    answers = {
        "reachability.replies_open": True, "reachability.contact": "contact" in profile,
        "reachability.hours": "hours" in profile, "reachability.people": names,
        "reachability.site": "contact" in profile, "reachability.biography": bool(bio),
        "reachability.messages_open": open_, "named_people.profile_names": names,
    }  # fmt: skip
    for name, answer in answers.items():
        yield name, Truth(float(answer), text="yes" if answer else "no")


def _networks(view: View) -> Iterator[tuple[str, Truth]]:
    """Set, network by network, what was received against what was done."""
    if len({account.network for account in view.who.accounts}) < 2:
        return
    received = Counter(heard.line.by.network for heard in view.heard)
    done = Counter(told.line.by.network for told in view.told)
    for network in sorted({*received, *done}):
        value = received[network] / received.total() - done[network] / done.total()
        yield f"where_people_are.{network}", Truth(value, received.total())


def _reactions(view: View) -> Iterator[tuple[str, Truth]]:
    originals = [told.line for told in view.originals]
    for measure, kind in (
        ("conversation_per_post", "reply"), ("amplification_per_post", "share"), ("applause_per_post", "like"),
    ):  # fmt: skip
        total = sum(line.counts.get(kind, 0) for line in originals)
        yield measure, Truth(total / len(originals) if originals else None, len(originals))
    yield "conversation_depth", share(_is_deep(below) for below in _threads(view).values())
    told_so = {heard.line.by.id for heard in view.heard if heard.line.says_never_answer}
    yield "never_answer", count(told_so)


def _threads(view: View) -> dict[Line, list[Line]]:
    """Return what stands below each original that somebody else replied to, where replies nest."""
    found: dict[Line, list[Line]] = {
        told.line: [] for told in view.originals if told.line.nesting == "threaded"
    }
    for line in view.world.lines():
        is_gone = line.deleted_at is not None and line.deleted_at <= view.ends
        if line.parent is not None and line.root in found and line.piece_of is None and not is_gone:
            found[line.root].append(line)
    return {
        original: below
        for original, below in found.items()
        if any(line.parent is original and line.by not in view.who.accounts for line in below)
    }


def _is_deep(below: list[Line]) -> bool:
    """Tell whether a reply stands below a reply; a later piece of the original is the original."""
    return any(line.parent is not None and _first(line.parent).parent is not None for line in below)


def _first(line: Line) -> Line:
    return line.piece_of or line
