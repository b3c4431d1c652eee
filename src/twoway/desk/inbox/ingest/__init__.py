"""Everything a network delivers becomes posts, people, threads and turns here."""

from twoway.desk.inbox.ingest.comparing import compare
from twoway.desk.inbox.ingest.erased import without_theirs
from twoway.desk.inbox.ingest.ours import reconsider_ours
from twoway.desk.inbox.ingest.receive import Received, receive
from twoway.desk.inbox.ingest.rejudging import judge_next_anew
from twoway.desk.inbox.ingest.retention import purge
from twoway.desk.inbox.ingest.ticking import recount, tick

__all__ = [
    "Received",
    "compare",
    "judge_next_anew",
    "purge",
    "receive",
    "reconsider_ours",
    "recount",
    "tick",
    "without_theirs",
]
