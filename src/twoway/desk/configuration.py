"""The desk's one configuration: a few environment variables, each with a default that works."""

import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class Misconfigured(Exception):
    """A variable that cannot be understood: which, and what it may be."""


_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What whoever runs the desk decides; docs/reference/configuration.md says it for them."""

    home: Path
    database: str
    hosts: tuple[str, ...]
    email: str
    sender: str
    address: str
    """Where teammates open the desk, for links in e-mails: https://desk.example/"""
    mailbox: str
    """Where answers of experts arrive: imaps://user:password@host/folder; empty: nowhere."""
    log_level: str
    pace: float
    """How long between two looks at a network, as a multiple of what is polite there."""
    is_secure: bool
    """Served over HTTPS: cookies are marked so, browsers are told to stay there."""


def read(environment: Mapping[str, str] = os.environ) -> Configuration:
    """Return the configuration of this process. Raises Misconfigured."""
    home = Path(environment.get("TWOWAY_HOME") or _usual_home(environment)).expanduser().resolve()
    hosts = environment.get("TWOWAY_HOSTS", "127.0.0.1,localhost,[::1]")
    return Configuration(
        home=home,
        database=environment.get("TWOWAY_DATABASE") or f"sqlite:///{home / 'desk.sqlite3'}",
        hosts=tuple(host.strip() for host in hosts.split(",") if host.strip()),
        email=environment.get("TWOWAY_EMAIL", "console:"),
        sender=environment.get("TWOWAY_SENDER", "twoway@localhost"),
        address=environment.get("TWOWAY_ADDRESS", "http://127.0.0.1:8765").rstrip("/") + "/",
        mailbox=environment.get("TWOWAY_MAILBOX", ""),
        log_level=_log_level(environment),
        pace=_number(environment, "TWOWAY_PACE", 1.0),
        is_secure=_is_yes(environment, "TWOWAY_SECURE"),
    )


def _usual_home(environment: Mapping[str, str]) -> str:
    if sys.platform == "darwin":
        return "~/Library/Application Support/twoway"
    return f"{environment.get('XDG_DATA_HOME') or '~/.local/share'}/twoway"


def _log_level(environment: Mapping[str, str]) -> str:
    value = environment.get("TWOWAY_LOG_LEVEL") or "INFO"
    if value.upper() not in _LEVELS:
        raise Misconfigured(f"TWOWAY_LOG_LEVEL is {value!r}; it may be {', '.join(_LEVELS)}.")
    return value.upper()


def _number(environment: Mapping[str, str], name: str, usual: float) -> float:
    value = environment.get(name) or str(usual)
    try:
        number = float(value)
    except ValueError:
        number = 0.0
    if not 0 < number <= 100:
        raise Misconfigured(f"{name} is {value!r}; it may be a number above 0, up to 100.")
    return number


def _is_yes(environment: Mapping[str, str], name: str) -> bool:
    value = environment.get(name, "no").lower()
    if value not in {"yes", "no"}:
        raise Misconfigured(f"{name} is {value!r}; it may be yes or no.")
    return value == "yes"


_PREPARED: dict[str, object] = {"server_side_binding": True, "prepare_threshold": 3}
"""PostgreSQL plans a statement that comes again once: of 28 ms for a conversation 8 went into that."""


def database(url: str) -> dict[str, object]:
    """Return Django's settings for `sqlite:///path` or `postgresql://user:password@host:port/name`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(unquote(parts.path.removeprefix("/")) or ":memory:")
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": _PREPARED | dict(parse_qsl(parts.query)),
        }
    raise Misconfigured(
        "TWOWAY_DATABASE has to begin with sqlite:// or postgresql://, such as sqlite:///path or "
        "postgresql://user:password@host/name."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """How e-mail leaves; without a host it is printed in the terminal."""

    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    is_tls: bool = False


def mail(url: str) -> tuple[str, Mail]:
    """Return Django's mail back end for `console:` or `smtp[+tls]://user:password@host:port`."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return "django.core.mail.backends.console.EmailBackend", Mail()
    if parts.scheme not in {"smtp", "smtp+tls"}:
        raise Misconfigured(
            "TWOWAY_EMAIL has to begin with console:, smtp:// or smtp+tls://, such as "
            "smtp+tls://user:password@host:port."
        )
    is_tls = parts.scheme == "smtp+tls"
    return "django.core.mail.backends.smtp.EmailBackend", Mail(
        host=parts.hostname or "localhost",
        port=parts.port or (587 if is_tls else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_tls=is_tls,
    )


def sqlite(path: str) -> dict[str, object]:
    """Return the settings that were measured best: decision 0012 tells of the trial.

    IMMEDIATE, because a transaction that begins by reading cannot wait for another writer.
    """
    pragmas = (
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=NORMAL",
        "PRAGMA cache_size=-65536",
        "PRAGMA mmap_size=2147483648",
        "PRAGMA temp_store=MEMORY",
        "PRAGMA journal_size_limit=67108864",
        "PRAGMA wal_autocheckpoint=2000",
        # What was erased is written over. Debian's SQLite, on which was measured, does so anyway.
        "PRAGMA secure_delete=ON",
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": ";".join(pragmas) + ";",
        },
    }


def secret_key(home: Path) -> str:
    """Return the key that signs sessions, made on first use and readable by its owner alone."""
    path = home / "secret.key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = home / f"secret.{os.getpid()}"
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(50), encoding="ascii")
        try:
            # Linking fails where another process was first; its key is the one to use.
            path.hardlink_to(made)
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return path.read_text(encoding="ascii")
