"""What can be seen of an organisation: a measure whose streams are not covered is never 0."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from twoway.audit.catalogue import Part
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Figure
from twoway.audit.saying import marked, say
from twoway.audit.words import listing, together

STREAMS = {
    "O": ("originals", marked("its own posts")),
    "R": ("replies", marked("its replies")),
    "S": ("shares", marked("what it shared of others")),
    "L": ("likes", marked("the likes it gave")),
    "C": ("comments", marked("the comments and replies it received")),
    "M": ("mentions", marked("posts that mention it")),
    "Q": ("quotes", marked("posts that quote it")),
    "P": ("profile", marked("its profile")),
}
MISSING = {
    "parents": marked("The posts that it replied to are not in this collection."),
    "networks": marked("Only one network of this organisation is in the collection."),
    "brand": marked("No word of its brand is known; name one with --brand."),
    "90d": marked("It takes 90 days of comments before the window to know who is new."),
}


@dataclass(frozen=True, slots=True)
class Sight:
    """What one organisation's data lets us see: streams and whether each is complete, and `others`."""

    streams: Mapping[str, bool] = field(default_factory=dict)
    others: frozenset[str] = frozenset()

    def lacks(self, needs: Iterable[str]) -> str:
        """Return why something cannot be observed, in words; empty where nothing is missing."""
        missing = [
            say(STREAMS[n][1]) for n in needs if n in STREAMS and STREAMS[n][0] not in self.streams
        ]
        if missing:
            return say("This collection does not hold {what}.", what=listing(missing, "or"))
        return next((say(MISSING[n]) for n in needs if n in MISSING and n not in self.others), "")

    def samples(self, needs: Iterable[str]) -> str:
        """Return which needed streams are samples, in words; empty where all are complete."""
        sampled = [
            say(STREAMS[n][1]) for n in needs if n in STREAMS and not self.streams[STREAMS[n][0]]
        ]
        if not sampled:
            return ""
        return say("Of {what} the collection holds a sample.", what=listing(sampled))


def look(engine: Engine, organisations: Sequence[str]) -> dict[str, Sight]:
    """Return what can be seen of each organisation."""
    streams: dict[str, dict[str, bool]] = {}
    for organisation, stream, is_complete in engine.rows(
        "select organisation, stream, is_complete from covered"
    ):
        streams.setdefault(organisation, {})[stream] = is_complete
    others: dict[str, set[str]] = {}
    for organisation, what in engine.rows(_OTHERS):
        others.setdefault(organisation, set()).add(what)
    return {
        organisation: Sight(streams.get(organisation, {}), frozenset(others.get(organisation, ())))
        for organisation in organisations
    }


def judged(figure: Figure, part: Part, sight: Sight) -> Figure:
    """Return the figure, or what is left of it where its streams are not covered."""
    if reason := sight.lacks(part.needs):
        return Figure(
            id=figure.id, name=figure.name, unit=figure.unit, parts=figure.parts,
            status="not_observable", reason=reason,
        )  # fmt: skip
    said = [part.empty if part.empty and not figure.n else figure.reason]
    if part.unless and (lack := sight.lacks(part.unless.streams)):
        said.append(say("{note}: {lack:small}", note=say(part.unless.note), lack=lack))
    if lack := sight.lacks(part.flag):
        figure = replace(figure, band=None)
        said.append(say("No flag: {lack:small}", lack=lack))
    said.append(sight.samples(part.needs))
    return replace(figure, reason=together(said))


# Replies of which no parent is known say nothing about whose threads they stand in; without any
# reply there is nothing to know.
_OTHERS = """
select organisation, 'parents'
from own_posts
group by organisation
having count(case when class = 'reply' and is_unprompted is not null then 1 end) > 0
    or count(case when class = 'reply' then 1 end) = 0
union all
select o.organisation, 'networks'
from ours o
join accounts a on a.account = o.account
group by o.organisation
having count(distinct a.network) > 1
union all
select organisation, 'brand'
from brands
where kind = 'word'
group by organisation
union all
select organisation, '90d'
from windows
where inbound_begins <= ends - (90 * 24 + 72) * 3600000000"""
