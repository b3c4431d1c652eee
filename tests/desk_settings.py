"""The desk's settings in tests: a home that is thrown away, and the database that the run names."""

import os
import tempfile

os.environ["TWOWAY_HOME"] = tempfile.mkdtemp(prefix="twoway-tests-")
os.environ.setdefault("TWOWAY_EMAIL", "console:")

from twoway.desk.settings import *  # noqa: F403  after the home is set

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
]  # 57 ms a teammate are too many
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# pytest listens itself; our own handler would write to what pytest has closed at the end.
LOGGING["root"]["handlers"] = []  # noqa: F405  from the desk's settings
