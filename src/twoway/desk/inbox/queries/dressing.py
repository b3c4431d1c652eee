"""What a list shows of a conversation besides its own row: three questions for a whole page."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from twoway.desk.database import ask
from twoway.desk.inbox import order
from twoway.desk.inbox.models import Conversation

_LONGEST = 1_000
"""So much of a post is enough for a line."""


class Who(NamedTuple):
    """The account a person speaks from."""

    remote_id: str
    name: str
    handle: str


class Said(NamedTuple):
    """The beginning of a post."""

    text: str
    language: str


@dataclass(slots=True)
class Row:
    """One line of a list, with all that it shows."""

    conversation: Conversation
    account: Who | None
    last: Said | None
    """What waits, else what was said last."""
    assignee: str = ""
    tags: list[str] = field(default_factory=list)
    drafting: list[str] = field(default_factory=list)
    """Who has a draft."""

    @property
    def reasons(self) -> list[str]:
        """Why it stands where it stands, in words."""
        return order.in_words(self.conversation.why)


def dress(conversations: Sequence[Conversation]) -> list[Row]:
    """Return conversations as rows, everything about them asked for at once."""
    if not conversations:
        return []
    posts = _posts({number for c in conversations if (number := _shown(c)) is not None})
    accounts = _accounts({c.person_id for c in conversations})
    words = words_of([c.pk for c in conversations])
    return [
        Row(
            conversation=c,
            account=accounts.get((c.person_id, c.network)),
            last=posts.get(_shown(c) or 0),
            assignee=next(iter(words["assignee", c.pk]), ""),
            tags=words["tag", c.pk],
            drafting=words["draft", c.pk],
        )
        for c in conversations
    ]


def brief(conversations: Sequence[Conversation]) -> list[Row]:
    """Return conversations with the words that were said last, and nothing else."""
    numbers = {number for c in conversations if (number := _shown(c)) is not None}
    posts = _posts(numbers) if numbers else {}
    return [
        Row(conversation=c, account=None, last=posts.get(_shown(c) or 0)) for c in conversations
    ]


def words_of(conversations: Sequence[int]) -> defaultdict[tuple[str, int], list[str]]:
    """Return the tags of conversations, who has a draft there, and the assignee, each by name."""
    found: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    rows = ask(
        "select 'tag', l.conversation_id, t.name from inbox_conversationtag l "
        "join inbox_tag t on t.id = l.tag_id where l.conversation_id in (%s) "
        "union all select 'draft', d.conversation_id, m.name from inbox_draft d "
        "join team_teammate m on m.id = d.teammate_id "
        "where d.text <> '' and d.conversation_id in (%s) "
        "union all select 'assignee', c.id, m.name from inbox_conversation c "
        "join team_teammate m on m.id = c.assignee_id where c.id in (%s) order by 3",
        *[conversations] * 3,
    )
    for what, conversation, word in rows:
        found[what, conversation].append(word)
    return found


def _shown(conversation: Conversation) -> int | None:
    waiting = conversation.open_posts or conversation.maybe_posts or conversation.kind_word_posts
    return waiting[-1] if waiting else conversation.last_post


def _posts(numbers: set[int]) -> dict[int, Said]:
    rows = ask(
        f"select id, substr(text, 1, {_LONGEST}), language from inbox_post where id in (%s)",
        numbers,
    )
    return {number: Said(text, language) for number, text, language in rows}


def _accounts(persons: set[int]) -> dict[tuple[int, str], Who]:
    rows = ask(
        "select person_id, network, remote_id, name, handle from people_account "
        "where person_id in (%s) order by id",
        persons,
    )
    return {(person, network): Who(*who) for person, network, *who in rows}
