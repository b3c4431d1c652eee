"""How commands speak in a terminal: errors with their cure, progress on what takes longer."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

from twoway.audit.errors import AuditError
from twoway.collection.errors import CollectionError

DONE, FAULT, BAD_INPUT, TOO_LITTLE_DATA, NETWORK = 0, 1, 2, 3, 4
INTERRUPTED = 130
BROKEN_PIPE = 141


@contextmanager
def failing_plainly() -> Iterator[None]:
    """Turn every failure into one message on standard error and the exit code that scripts read."""
    try:
        yield
    except (AuditError, CollectionError) as error:
        _stop(str(error), BAD_INPUT)
    except BrokenPipeError:
        # The reader went away (`| head`): nothing to say, and nothing more to flush.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(BROKEN_PIPE)
    except KeyboardInterrupt:
        _stop("Stopped. What was finished is kept.", INTERRUPTED)
    except MemoryError:
        _stop("Out of memory. A smaller --memory makes the audit use the disk instead.", BAD_INPUT)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _stop(f"{place}{error.strerror or error}.", BAD_INPUT)
    # The last line of defence: a user sees a sentence.
    except Exception as error:
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


class Progress:
    """Says on standard error what is being done and how far it is, once it takes over a second."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._bar: object | None = None

    @contextmanager
    def showing(self) -> Iterator["Progress"]:
        """Draw until the work is done, then leave no trace."""
        if not self._is_terminal:
            yield self
            return
        from rich.console import Console  # noqa: PLC0415  only where somebody looks
        from rich.status import Status  # noqa: PLC0415

        with Status("Starting …", console=Console(stderr=True)) as status:
            self._bar = status
            yield self
            self._bar = None

    def __call__(self, doing: str, done: int | None = None, total: int | None = None) -> None:
        """Tell what is being done, and where known how much of it."""
        if self._bar is None:
            return
        far = "" if done is None else f" {done:,}" + ("" if total is None else f" of {total:,}")
        self._bar.update(f"{doing}{far}")  # type: ignore[attr-defined]
