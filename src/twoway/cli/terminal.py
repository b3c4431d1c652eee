"""How commands speak in a terminal: errors with their cure, progress on what takes longer."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import click

from twoway.audit.errors import AuditError
from twoway.collection.errors import CollectionError
from twoway.connectors.errors import ConnectorError, StoreError

DONE, FAULT, BAD_INPUT, TOO_LITTLE_DATA, NETWORK = 0, 1, 2, 3, 4
INTERRUPTED = 130
BROKEN_PIPE = 141

STOPPED = "Stopped. What was finished is kept."
QUERY_INTERRUPTED = "Query interrupted"
"""What DuckDB 1.5 says, as a RuntimeError, when Ctrl-C meets a running query."""


@contextmanager
def failing_plainly() -> Iterator[None]:
    """Turn every failure into one message on standard error and the exit code that scripts read."""
    try:
        yield
    except (AuditError, CollectionError, StoreError) as error:
        _stop(str(error), BAD_INPUT)
    except ConnectorError as error:
        _stop(str(error), NETWORK)
    except (click.ClickException, click.exceptions.Exit):
        raise  # click says it well, and ends with 2, or 0 after --help
    except BrokenPipeError:
        # The reader went away (`| head`): nothing to say, and nothing more to flush.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(BROKEN_PIPE)
    except KeyboardInterrupt:
        _stop(STOPPED, INTERRUPTED)
    except MemoryError:
        _stop("Out of memory. A smaller --memory makes the audit use the disk instead.", BAD_INPUT)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _stop(f"{place}{error.strerror or error}.", BAD_INPUT)
    # The last line of defence: a user sees a sentence.
    except Exception as error:
        if str(error) == QUERY_INTERRUPTED:
            _stop(STOPPED, INTERRUPTED)
        if os.environ.get("TWOWAY_TRACE"):
            raise
        _stop(
            f"This is a fault in Twoway, not in what you gave it ({type(error).__name__}: {error}). "
            "Nothing was changed. TWOWAY_TRACE=1 shows where; please report it with that.",
            FAULT,
        )


def _stop(message: str, code: int) -> None:
    click.echo(click.style("twoway: ", bold=True) + message, err=True)
    sys.exit(code)


class Place(click.Path):
    """A file or folder; an empty name is a script's unset variable, and not the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; fails on an empty one."""
        if not str(value):
            self.fail("An empty name names no file and no folder.", param, ctx)
        return super().convert(value, param, ctx)


class Source(Place):
    """A file or folder that exists, or else the text as it was typed: it may name an account."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return a path, or a text that no file is called."""
        path = super().convert(value, param, ctx)
        return path if path.exists() else str(value)


class Progress:
    """Says on standard error what is being done and how far it is, once it takes over a second."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._say: Callable[[str], None] = _nothing

    @contextmanager
    def showing(self) -> Iterator["Progress"]:
        """Draw until the work is done, then leave no trace."""
        if not self._is_terminal:
            yield self
            return
        from rich.console import Console  # noqa: PLC0415  only where somebody looks
        from rich.status import Status  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        with Status("Starting …", console=Console(stderr=True)) as status:
            self._say = lambda words: status.update(Text(words, no_wrap=True, overflow="ellipsis"))
            yield self
            self._say = _nothing

    def __call__(self, doing: str, done: int | None = None, total: int | None = None) -> None:
        """Tell what is being done, and where known how much of it."""
        far = "" if done is None else f" {done:,}" + ("" if total is None else f" of {total:,}")
        self._say(f"{doing}{far}")


def _nothing(words: str) -> None:
    """Where nobody looks."""
