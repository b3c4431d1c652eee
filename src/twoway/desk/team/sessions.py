"""Where sessions lie: in the database, asked for with less of Django; signing out holds everywhere."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.utils import timezone

from twoway.desk.database import fetch


class SessionStore(DatabaseSessions):
    """Django's own sessions; each page begins with one of them."""

    def _get_session_from_db(self) -> Session | None:
        for found in fetch(Session, "where session_key = %s", self.session_key or ""):
            if found.expire_date > timezone.now():
                return found
        self._session_key = None
        return None
