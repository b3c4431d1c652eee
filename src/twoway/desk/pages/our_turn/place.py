"""Where in the lists a reader is: the box, the filters, the saved view; kept in the address."""

from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any, Self
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, QueryDict

from twoway.desk.inbox.models import SavedView
from twoway.desk.inbox.queries import Filters
from twoway.desk.pages.layout.reading import whole
from twoway.desk.pages.our_turn.boxes import BY_SLUG, Listed
from twoway.desk.pages.stock import address

KINDS = ("complaint", "question", "request")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A list with its filters; every field is small enough to stand in an address."""

    box: str = "ours"
    whose: str = ""
    channel: int | None = None
    kind: str = ""
    tag: str = ""
    language: str = ""
    view: int | None = None

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Read the place from the address, or from what a form says it was sent from."""
        said = request.POST.get("in")
        params = QueryDict(said) if said is not None else request.GET
        match = request.resolver_match
        box = match.kwargs.get("box") if match is not None else None
        return cls.read(params, box or params.get("box") or "ours")

    @classmethod
    def read(cls, params: QueryDict, box: str) -> Self:
        """Take what is understood and leave the rest; raises Http404 for a list that is none."""
        if box not in BY_SLUG:
            raise Http404
        whose = params.get("whose", "")
        return cls(
            box=box, whose=whose if whose in {"mine", "nobody"} or whole(whose) else "",
            channel=whole(params.get("channel")),
            kind=params.get("kind", "") if params.get("kind") in KINDS else "",
            tag=params.get("tag", "")[:40], language=params.get("language", "")[:10],
            view=whole(params.get("view")),
        )  # fmt: skip

    @classmethod
    def kept(cls, view: SavedView) -> Self:
        """Return the place that a saved view keeps."""
        params = QueryDict(mutable=True)
        params.update(
            {name: str(value) for name, value in view.filters.items() if value is not None}
        )
        params["view"] = str(view.pk)
        box = str(view.filters.get("box", "ours"))
        return cls.read(params, box if box in BY_SLUG else "ours")

    @property
    def listed(self) -> Listed:
        return BY_SLUG[self.box]

    @property
    def is_filtered(self) -> bool:
        return bool(self.channel or self.kind or self.tag or self.language)

    @property
    def query(self) -> str:
        """Return the filters as they stand in an address, without the box."""
        return _query(self)

    @property
    def whole_query(self) -> str:
        """Return the filters and the box."""
        return f"box={self.box}&{self.query}" if self.query else f"box={self.box}"

    @property
    def address(self) -> str:
        path = address("our_turn") if self.box == "ours" else address("list", self.box)
        return f"{path}?{self.query}" if self.query else path

    def but(self, **changes: Any) -> Self:
        """Return this place with other filters."""
        return replace(self, **changes)

    def talk(self, conversation: int) -> str:
        """Return the address of a conversation beside this list."""
        return f"{address('conversation', conversation)}?{self.whole_query}"

    def filters(self) -> Filters:
        """Return what inbox.queries wants."""
        whose: str | int | None = whole(self.whose) or self.whose or None
        return Filters(
            box=self.listed.filter, channel=self.channel, assignee=whose, kind=self.kind,
            tag=self.tag, language=self.language,
        )  # fmt: skip


@lru_cache(maxsize=256)
def _query(place: Place) -> str:
    """Every row of a page carries it."""
    return urlencode({n: value for n, value in asdict(place).items() if value and n != "box"})
