"""Bigger models that somebody names: at an address, or a Python object on this machine."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    from twoway.language.assessor import Assessor
    from twoway.language.plugins.trial import Verdict

Command = Callable[..., Any]


class Named(NamedTuple):
    """What somebody named; all empty where our own model is meant."""

    endpoint: str | None
    model: str | None
    plug_in: str | None


def bigger_model(command: Command) -> Command:
    """Add the options that name a bigger model."""
    for option in reversed((
        click.option(
            "--endpoint", metavar="URL",
            help="A bigger model's address that speaks as OpenAI's does; the posts are sent there.",
        ),
        click.option("--model", "bigger", metavar="NAME", help="Which model the endpoint is to use."),
        click.option(
            "--plug-in", metavar="MODULE:NAME",
            help="A model of your own on this machine: a Python object with `name` and `assess`.",
        ),
    )):  # fmt: skip
        command = option(command)
    return command


def find(named: Named) -> "Assessor | None":
    """Return the model that was named, None where none was; nothing is asked of it yet."""
    if named.plug_in:
        return _imported(named.plug_in)
    if not named.endpoint:
        return None
    if not named.model:
        raise click.UsageError("--endpoint needs --model, the name of the model there.")
    from twoway.cli._endpoint import ask  # noqa: PLC0415 - reaches the internet only when asked
    from twoway.language.plugins.endpoint import Endpoint  # noqa: PLC0415 - as above

    return Endpoint(partial(ask, named.endpoint), named.model)


def admitted(named: Named) -> "Assessor | None":
    """Return the model that was named, once it has passed its trial; None where none was named."""
    found = find(named)
    if found is None:
        return None
    from twoway.language.plugins.trial import Admitted  # noqa: PLC0415 - NumPy only when asked

    verdict = tried(found)
    if not verdict.is_admitted:
        raise click.ClickException(
            f"{found.name} did not pass the trial and is not used.\n" + "\n".join(verdict.failures)
        )
    click.echo(f"{found.name} passed the trial in {', '.join(verdict.languages)}.", err=True)
    return Admitted(found, verdict.languages)


def tried(assessor: "Assessor") -> "Verdict":
    """Put a model to the trial: 624 labelled posts in six languages, none of them anybody's."""
    from twoway.language import labelled  # noqa: PLC0415 - NumPy only when asked
    from twoway.language.plugins.trial import admit  # noqa: PLC0415 - as above

    return admit(assessor, labelled.posts("first", "held out"))


def _imported(name: str) -> "Assessor":
    """Return the object at MODULE:NAME, made by calling it where it is a class or a function."""
    module, _, attribute = name.partition(":")
    try:
        found = getattr(import_module(module), attribute or "assessor")
        made: Any = found() if callable(found) else found
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise click.UsageError(
            f"--plug-in {name}: {error}. It names a module that Python can import, and an object in it."
        ) from None
    if not (
        isinstance(getattr(made, "name", None), str) and callable(getattr(made, "assess", None))
    ):
        raise click.UsageError(
            f"--plug-in {name}: it has no `name` and `assess`, and is no assessor."
        )
    assessor: Assessor = made
    return assessor
