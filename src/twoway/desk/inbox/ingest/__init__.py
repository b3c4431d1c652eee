"""Everything a network delivers becomes posts, people, threads and turns here."""

from twoway.desk.inbox.ingest.receive import Received, receive

__all__ = ["Received", "receive"]
