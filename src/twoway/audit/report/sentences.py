"""What a figure says, as one sentence a community manager would say; a function per measure, named after it.

A measure without a function here is told by its name and value, so that adding one needs no line.
"""

from collections.abc import Callable

from twoway.audit import words
from twoway.audit.findings import Figure
from twoway.audit.report import values

Say = Callable[[Figure], str]
_BY_CHANCE = 0.15
"""Burstiness up to which no rhythm is named: three in four pages lie within it of the median 0.09."""


def say(figure: Figure) -> str:
    """Return the sentence of a figure that has a value or parts."""
    teller: Say | None = globals().get(f"_{figure.id}")
    told = teller(figure) if teller else ""
    return told or plainly(figure)


def plainly(figure: Figure) -> str:
    """Return the name and what was found."""
    value = values.short(figure)
    if not value:
        found = [f"{part.name.lower()} {values.short(part)}" for part in figure.parts if _has(part)]
        value = words.listing(found)
    counted = f" ({values.counted(figure)})" if figure.hits is not None else ""
    return words.sentence(f"{figure.name}: {value}{counted}" if value else figure.name)


def _has(figure: Figure | None) -> bool:
    return figure is not None and figure.status == "ok" and bool(values.short(figure))


def _part(figure: Figure, id_: str) -> Figure | None:
    """Return a part that has something to say."""
    part = next((part for part in figure.parts if part.id == id_), None)
    return part if _has(part) else None


def _said(figure: Figure, noun: str, verb: str, alone: str = "") -> str:
    """Return "3 of 1,204 posts answer anyone"; "none of …" where nothing was found."""
    if figure.hits is None or figure.value is None:
        return ""
    if figure.hits == 0:
        return f"None of {words.count(figure.n)} {noun} {alone or verb}"
    if figure.hits == figure.n:
        return f"All {words.count(figure.n)} {noun} {verb}"
    return (
        f"{words.of(figure.hits, figure.n, noun)} {alone if figure.hits == 1 and alone else verb}"
    )


def _reply_share(figure: Figure) -> str:
    return words.sentence(_said(figure, "posts", "answer anyone", "answers anyone"))


def _talk_listen(figure: Figure) -> str:
    received = _part(figure, "received_per_given")
    spoken = _part(figure, "outsiders_per_original")
    lines = []
    if received and (sides := _sides(received)):
        lines.append(f"it got {sides[0]} replies and gave {sides[1]}")
    if spoken and (sides := _sides(spoken)):
        lines.append(f"it spoke to {sides[0]} people in the time of {sides[1]} originals")
    return words.sentence("; ".join(lines))


def _sides(figure: Figure) -> tuple[str, str] | None:
    left, colon, right = values.short(figure).partition(" : ")
    return (left, right) if colon else None


def _response_rate(figure: Figure) -> str:
    return words.sentence(
        _said(figure, "questions, complaints and requests", "were answered within three days", "was answered within three days")
    )  # fmt: skip


def _good_bad_gap(figure: Figure) -> str:
    if figure.value is None:
        return ""
    gap = words.count(abs(round(figure.value * 100, 1)))
    sure = figure.low is not None and figure.high is not None and figure.low * figure.high > 0
    if abs(figure.value) < 0.1 or not sure:
        return "Complaints and praise are heard about alike."
    if figure.value < 0:
        return f"Complaints are answered {gap} points less often than praise is returned."
    return f"Complaints are answered {gap} points more often than praise is returned."


def _left_unanswered(figure: Figure) -> str:
    if figure.value is None:
        return ""
    if figure.value == 0:
        return "Nobody has been waiting for more than a day."
    oldest = _part(figure, "oldest")
    asked = words.plural(round(figure.value), "question or complaint", "questions and complaints")
    since = f", the oldest for {values.short(oldest)}" if oldest else ""
    verb = "has" if figure.value == 1 else "have"
    return f"{asked} {verb} been open for more than a day{since}."


def _first_response_time(figure: Figure) -> str:
    answered, everyone = _part(figure, "median_answered"), _part(figure, "median_all")
    slow = everyone is not None and everyone.value is None
    if not answered:
        if everyone and not slow:
            return f"Half of all who asked heard back within {values.short(everyone)}."
        return "More than half of those who asked are still waiting." if everyone else ""
    heard = f"Half of those who were answered heard back within {values.short(answered)}"
    if slow:
        return f"{heard}; more than half were never answered."
    if everyone:
        return f"{heard}; of all who asked, half within {values.short(everyone)}."
    return f"{heard}."


def _answered_within_hour(figure: Figure) -> str:
    return words.sentence(_said(figure, "who asked", "heard back within the hour"))


def _response_equity(figure: Figure) -> str:
    whom = {
        "popular_author": "people with many followers", "other_handles": "posts that name other accounts too",
        "other_language": "people who write another language", "night_weekend": "people who write at night or on weekends",
    }  # fmt: skip
    found = []
    for part in figure.parts:
        if part.value is None or part.low is None or part.high is None or part.id not in whom:
            continue
        if part.low > 1 or part.high < 1:
            found.append(f"{whom[part.id]} are {values.short(part)} to be answered")
    if not found and any(_has(part) for part in figure.parts):
        return "Nobody is clearly preferred when it answers."
    return words.sentence("; ".join(found))


def _answers_under_own_posts(figure: Figure) -> str:
    return words.sentence(
        _said(figure, "comments that called for an answer", "got one below its own posts", "got one below its own posts")
    )  # fmt: skip


def _log_on_routine(figure: Figure) -> str:
    silent = _part(figure, "silent_sessions")
    if silent and silent.hits is not None:
        return f"Log on, post, log off: {words.of(silent.hits, silent.n, 'visits')} passed without answering anyone."
    if figure.value is None:
        return ""
    if figure.value < -_BY_CHANCE:
        return "It posts at regular intervals, like a clock."
    return (
        "It posts in bursts."
        if figure.value > _BY_CHANCE
        else "It posts about as chance would have it."
    )


def _unprompted_comments(figure: Figure) -> str:
    return words.sentence(
        _said(
            figure,
            "posts",
            "join in where nobody had asked for it",
            "joins in where nobody had asked for it",
        )
    )


def _sharing_others(figure: Figure) -> str:
    return words.sentence(
        _said(figure, "posts", "share or quote somebody else", "shares or quotes somebody else")
    )


def _link_only(figure: Figure) -> str:
    return words.sentence(
        _said(figure, "posts", "are little more than a link", "is little more than a link")
    )


def _repeated_content(figure: Figure) -> str:
    return words.sentence(_said(figure, "posts", "repeat an earlier one", "repeats an earlier one"))


def _canned_replies(figure: Figure) -> str:
    return words.sentence(_said(figure, "replies", "come from a template", "comes from a template"))


def _monologue(figure: Figure) -> str:
    return words.sentence(
        _said(
            figure,
            "posts",
            "name nobody, quote nobody and ask nothing",
            "names nobody, quotes nobody and asks nothing",
        )
    )


def _invitation(figure: Figure) -> str:
    asked = _said(figure, "posts", "ask readers something", "asks readers anything")
    returned = _part(figure, "returned")
    if asked and returned and returned.hits is not None:
        came = words.count(returned.hits) if returned.hits else "none"
        return f"{asked}; of the {words.count(returned.n)} that people took up, it came back to {came}."
    return words.sentence(asked)


def _named_people(figure: Figure) -> str:
    if figure.hits == 0 and figure.n:
        return f"Nobody signs: none of {words.count(figure.n)} replies carries a name."
    return words.sentence(
        _said(figure, "replies", "carry a person’s name", "carries a person’s name")
    )


def _volume(figure: Figure) -> str:
    if figure.value is None:
        return ""
    return f"It posts {words.plural(round(figure.value, 1), 'original')} a day."


def _taken_private(figure: Figure) -> str:
    return words.sentence(
        _said(
            figure,
            "answers to complaints",
            "move the talk out of sight",
            "moves the talk out of sight",
        )
    )


def _reachability(figure: Figure) -> str:
    known = [part for part in figure.parts if values.short(part) in ("yes", "no")]
    if not known:
        return ""
    found = sum(values.short(part) == "yes" for part in known)
    return f"A visitor finds {found} of {len(known)} ways to reach the people behind it."


def _members_talk(figure: Figure) -> str:
    return words.sentence(
        _said(
            figure,
            "comments under its posts",
            "speak to another member",
            "speaks to another member",
        )
    )


def _core_voices(figure: Figure) -> str:
    if figure.value is None:
        return ""
    return f"A tenth of the people wrote {words.share(figure.value)} of what it received."


def _where_people_are(figure: Figure) -> str:
    found = [part for part in figure.parts if _has(part) and part.value is not None]
    most = max(found, key=lambda part: part.value or 0, default=None)
    if most is None or (most.value or 0) < 0.1:
        return (
            "It is about as present on each network as people there speak to it." if found else ""
        )
    return f"People speak to it on {most.name} more than it is there itself: {values.short(most)}."


def _change_over_time(figure: Figure) -> str:
    clear = [
        part for part in figure.parts if _has(part) and part.value is not None and _is_clear(part)
    ]
    if not clear:
        return "No figure has clearly risen or fallen over these months."
    moved = [f"{part.name.lower()} has {'risen' if _rises(part) else 'fallen'}" for part in clear]
    return words.sentence(f"Month by month, {words.listing(moved)}")


def _is_clear(figure: Figure) -> bool:
    """Tell whether a trend's whole interval lies on one side: of 1 for odds, of 0 for times."""
    even = 1.0 if figure.unit == "odds" else 0.0
    return (
        figure.low is not None
        and figure.high is not None
        and (figure.low > even or figure.high < even)
    )


def _rises(figure: Figure) -> bool:
    return (figure.value or 0.0) > (1.0 if figure.unit == "odds" else 0.0)


def _what_posts_do(figure: Figure) -> str:
    sells = _said(figure, "posts", "sell or announce", "sells or announces")
    daily = _part(figure, "daily_life")
    if sells and daily and daily.hits is not None:
        return f"{sells}; {words.count(daily.hits) if daily.hits else 'none'} show the people behind it."
    return words.sentence(sells)
