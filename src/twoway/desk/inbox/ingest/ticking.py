"""What time moves: theirs ends after 14 days, a kind word after a week, a snooze when it is over."""

from collections import defaultdict
from functools import partial

from twoway.desk import clock
from twoway.desk.database import again
from twoway.desk.inbox import counts, hooks
from twoway.desk.inbox.models import Conversation
from twoway.desk.inbox.turning.judging import judge
from twoway.desk.inbox.turning.scope import Asked
from twoway.desk.people.models import Account
from twoway.desk.team.models import Organisation

AT_ONCE = 50


def tick(now: int | None = None, limit: int = 500) -> int:
    """Judge the conversations whose time has come; return how many were looked at."""
    now = clock.now() if now is None else now
    due = Conversation.objects.filter(wakes_at__lte=now).order_by("wakes_at")
    groups: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    rows = due.values_list("organisation_id", "network", "thread_id", "person_id")[:limit]
    for organisation, network, thread, person in rows:
        groups[organisation, network].append((thread, person))
    for (organisation, network), pairs in groups.items():
        for begin in range(0, len(pairs), AT_ONCE):
            some = pairs[begin : begin + AT_ONCE]
            again(partial(_wake, organisation, network, some, now))
    return sum(map(len, groups.values()))


def _wake(organisation: int, network: str, pairs: list[tuple[int, int]], now: int) -> None:
    asked = Asked()
    persons = {person for _, person in pairs}
    rows = Account.objects.filter(person_id__among=persons, network=network)
    of = defaultdict(set)
    for person, account in rows.values_list("person_id", "pk"):
        of[person].add(account)
    for thread, person in pairs:
        asked.add(thread, of[person])
    done = judge(organisation, network, asked, now)
    hooks.announce(organisation, sorted(done.conversations))


def recount(organisation: Organisation) -> int:
    """Count an organisation's lists anew; return how many counts were wrong."""
    return again(lambda: counts.recount(organisation.pk))
