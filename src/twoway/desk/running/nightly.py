"""What is done once a night: counting anew, and forgetting whoever is gone."""

import logging
from typing import Final

from twoway.desk.clock import DAY, HOUR, now
from twoway.desk.inbox import ingest
from twoway.desk.insight import services as insight
from twoway.desk.learning import services as learning
from twoway.desk.team.models import Event, Organisation

log = logging.getLogger("twoway.desk.nightly")
_DONE: Final = "counted anew"
# Three in the morning, UTC.
_AT: Final = 3 * HOUR


def each_night() -> None:
    """Count every organisation's lists anew, once between two nights, by one process."""
    night = now() - (now() - _AT) % DAY
    insight.count_everybody_each_night(night)
    if forgotten := learning.forget_who_is_gone():
        log.info("what was learned from %d people who are gone is forgotten", forgotten)
    for organisation in Organisation.objects.all():
        done = Event.objects.filter(organisation=organisation, action=_DONE, at__gte=night)
        if done.exists():
            continue
        wrong = ingest.recount(organisation)
        Event.objects.create(
            organisation=organisation, at=now(), action=_DONE, details={"wrong": wrong}
        )
        if wrong:
            log.error("%d counts of %s were wrong; they are right again", wrong, organisation)
