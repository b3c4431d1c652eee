"""What a figure says, as one sentence a community manager would say; a function per measure, named after it.

A measure without a function here is told by its name and value, so that adding one needs no line.
"""

from collections.abc import Callable
from typing import Final

from twoway.audit import words
from twoway.audit.findings import Figure
from twoway.audit.report import counted, values
from twoway.audit.report.counted import Counted
from twoway.audit.saying import marked, say

Say = Callable[[Figure], str]
_BY_CHANCE = 0.15
"""Burstiness up to which no rhythm is named: three in four pages lie within it of the median 0.09."""
_PREFERRED: Final = {
    "popular_author": marked("people with many followers are {odds} to be answered"),
    "other_handles": marked("posts that name other accounts too are {odds} to be answered"),
    "other_language": marked("people who write another language are {odds} to be answered"),
    "night_weekend": marked("people who write at night or on weekends are {odds} to be answered"),
}


def told(figure: Figure) -> str:
    """Return the sentence of a figure that has a value or parts."""
    said = ""
    if figure.id in counted.SENTENCES:
        said = _counted(figure, counted.SENTENCES[figure.id])
    elif teller := _TELLERS.get(figure.id):
        said = teller(figure)
    return words.sentence(said) if said else plainly(figure)


def plainly(figure: Figure) -> str:
    """Return the name and what was found."""
    value = values.short(figure)
    if not value:
        found = [
            say("{name:small} {value}", name=part.name, value=values.short(part))
            for part in figure.parts
            if _has(part)
        ]
        value = words.listing(found)
    said = values.counted(figure) if figure.hits is not None else ""
    if value and said:
        return words.sentence(say("{name}: {value} ({counted})", name=figure.name, value=value, counted=said))  # fmt: skip
    return words.sentence(say("{name}: {value}", name=figure.name, value=value) if value else figure.name)  # fmt: skip


def _has(figure: Figure | None) -> bool:
    return figure is not None and figure.status == "ok" and bool(values.short(figure))


def _part(figure: Figure, id_: str) -> Figure | None:
    """Return a part that has something to say."""
    part = next((part for part in figure.parts if part.id == id_), None)
    return part if _has(part) else None


def _counted(figure: Figure, sentence: Counted) -> str:
    """Return "3 of 1,204 posts answer anyone"; "None of …" where nothing was found."""
    if figure.hits is None or figure.value is None:
        return ""
    if figure.hits == 0:
        return say(sentence.none, n=figure.n)
    if figure.hits == figure.n:
        return say(sentence.every, n=figure.n)
    return say(*sentence.some, n=figure.hits, all=figure.n)


def _talk_listen(figure: Figure) -> str:
    received = _part(figure, "received_per_given")
    spoken = _part(figure, "outsiders_per_original")
    lines = []
    if received and (sides := _sides(received)):
        lines.append(say("it got {got} replies and gave {gave}", got=sides[0], gave=sides[1]))
    if spoken and (sides := _sides(spoken)):
        lines.append(
            say(
                "it spoke to {people} people in the time of {originals} originals",
                people=sides[0],
                originals=sides[1],
            )
        )
    return "; ".join(lines)


def _sides(figure: Figure) -> tuple[str, str] | None:
    left, colon, right = values.short(figure).partition(" : ")
    return (left, right) if colon else None


def _good_bad_gap(figure: Figure) -> str:
    if figure.value is None:
        return ""
    gap = abs(round(figure.value * 100, 1))
    sure = figure.low is not None and figure.high is not None and figure.low * figure.high > 0
    if abs(figure.value) < 0.1 or not sure:
        return say("Complaints and praise are heard about alike.")
    if figure.value < 0:
        return say(
            "Complaints are answered {gap} points less often than praise is returned.", gap=gap
        )
    return say("Complaints are answered {gap} points more often than praise is returned.", gap=gap)


def _left_unanswered(figure: Figure) -> str:
    if figure.value is None:
        return ""
    if figure.value == 0:
        return say("Nobody has been waiting for more than a day.")
    number, oldest = round(figure.value), _part(figure, "oldest")
    return words.open_calls(number, values.short(oldest) if oldest else None)


def _first_response_time(figure: Figure) -> str:
    answered, everyone = _part(figure, "median_answered"), _part(figure, "median_all")
    slow = everyone is not None and everyone.value is None
    if not answered:
        if everyone and not slow:
            return say("Half of all who asked heard back within {time}.", time=values.short(everyone))  # fmt: skip
        return say("More than half of those who asked are still waiting.") if everyone else ""
    time = values.short(answered)
    if slow:
        return say(
            "Half of those who were answered heard back within {time}; more than half were never answered.", time=time
        )  # fmt: skip
    if everyone:
        return say(
            "Half of those who were answered heard back within {time}; of all who asked, half within {all}.",
            time=time, all=values.short(everyone),
        )  # fmt: skip
    return say("Half of those who were answered heard back within {time}.", time=time)


def _response_equity(figure: Figure) -> str:
    found: list[str] = []
    for part in figure.parts:
        if part.value is None or part.low is None or part.high is None or part.id not in _PREFERRED:
            continue
        if part.low > 1 or part.high < 1:
            found.append(say(_PREFERRED[part.id], odds=values.short(part)))
    if not found and any(_has(part) for part in figure.parts):
        return say("Nobody is clearly preferred when it answers.")
    return "; ".join(found)


def _log_on_routine(figure: Figure) -> str:
    silent = _part(figure, "silent_sessions")
    if silent and silent.hits is not None:
        return say(
            "Log on, post, log off: {hits} of {n} visits passed without answering anyone.",
            hits=silent.hits, n=silent.n,
        )  # fmt: skip
    if figure.value is None:
        return ""
    if figure.value < -_BY_CHANCE:
        return say("It posts at regular intervals, like a clock.")
    if figure.value > _BY_CHANCE:
        return say("It posts in bursts.")
    return say("It posts about as chance would have it.")


def _invitation(figure: Figure) -> str:
    asked, returned = _counted(figure, counted.INVITED), _part(figure, "returned")
    if not (asked and returned and returned.hits is not None):
        return asked
    if not returned.hits:
        return say("{asked}; of the {n} that people took up, it came back to none", asked=asked, n=returned.n)  # fmt: skip
    return say(
        "{asked}; of the {n} that people took up, it came back to {came}",
        asked=asked, n=returned.n, came=returned.hits,
    )  # fmt: skip


def _volume(figure: Figure) -> str:
    if figure.value is None:
        return ""
    return say("It posts {n} original a day.", "It posts {n} originals a day.", n=round(figure.value, 1))  # fmt: skip


def _reachability(figure: Figure) -> str:
    known = [part for part in figure.parts if part.status == "ok" and part.value is not None]
    if not known:
        return ""
    found = sum(bool(part.value) for part in known)
    return say("A visitor finds {found} of {n} ways to reach the people behind it.", found=found, n=len(known))  # fmt: skip


def _core_voices(figure: Figure) -> str:
    if figure.value is None:
        return ""
    return say("A tenth of the people wrote {share} of what it received.", share=words.share(figure.value))  # fmt: skip


def _where_people_are(figure: Figure) -> str:
    found = [part for part in figure.parts if _has(part) and part.value is not None]
    most = max(found, key=lambda part: part.value or 0, default=None)
    if most is None:
        return ""
    if (most.value or 0) < 0.1:
        return say("It is about as present on each network as people there speak to it.")
    return say(
        "People speak to it on {network} more than it is there itself: {points}.",
        network=most.name, points=values.short(most),
    )  # fmt: skip


def _change_over_time(figure: Figure) -> str:
    clear = [
        part for part in figure.parts if _has(part) and part.value is not None and _is_clear(part)
    ]
    if not clear:
        return say("No figure has clearly risen or fallen over these months.")
    moved = [
        say("{name:small} has risen", name=part.name)
        if _rises(part)
        else say("{name:small} has fallen", name=part.name)
        for part in clear
    ]
    return say("Month by month, {moved}", moved=words.listing(moved))


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
    sells, daily = _counted(figure, counted.SELLING), _part(figure, "daily_life")
    if not (sells and daily and daily.hits is not None):
        return sells
    if not daily.hits:
        return say("{sells}; none show the people behind it", sells=sells)
    return say("{sells}; {daily} show the people behind it", sells=sells, daily=daily.hits)


_TELLERS: Final[dict[str, Say]] = {
    teller.__name__.removeprefix("_"): teller
    for teller in (
        _talk_listen, _good_bad_gap, _left_unanswered, _first_response_time, _response_equity, _log_on_routine,
        _invitation, _volume, _reachability, _core_voices, _where_people_are, _change_over_time, _what_posts_do,
    )
}  # fmt: skip
