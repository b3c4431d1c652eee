"""Say things in a reader's language: English as it stands in the code, others from the catalogues in locale/.

The English template is the code: `say("{hits} of {n} posts", hits=3, n=1204)` stands where it is
said, and what comes of it keeps template and values. So an audit speaks English, which is what is
kept and compared, and a report of it can be told again in any language. A number is given as a
number, and written as the language writes it.
"""

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from math import ceil
from pathlib import Path
from typing import Final, Self

LOCALE: Final = Path(__file__).parent / "locale"
DOMAIN: Final = "audit"
ENGLISH: Final = "en"
Value = str | int | float

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


class _Words(str):
    """Words put into a template: `{lack:small}` begins with a small letter, `{lack:capital}` with a capital."""

    __slots__ = ()

    def __format__(self, way: str) -> str:
        if way == "small":
            return self[:1].lower() + self[1:]
        return self[:1].upper() + self[1:] if way == "capital" else str(self)


class Said(_Words):
    """A template with its values put in, in the language that was spoken."""

    __slots__ = ("plural", "template", "values")
    template: str
    plural: str
    values: Mapping[str, Value]

    def __new__(cls, words: str, template: str, plural: str, values: Mapping[str, Value]) -> Self:
        said = super().__new__(cls, words)
        said.template, said.plural, said.values = template, plural, values
        return said


class _Number(float):
    """A number put into a template, at most one decimal; `{value:.2f}` has two."""

    __slots__ = ()

    def __format__(self, way: str) -> str:
        rounded = round(self, 1)
        is_whole = rounded.is_integer() or abs(self) >= 100
        digits = ".2f" if way == ".2f" else ".0f" if is_whole else ".1f"
        return _written(float.__format__(self, f",{digits}"))


def say(template: str, /, plural: str = "", **values: Value) -> Said:
    """Put values into a template in the language spoken now; where there is a `plural`, by the value `n`."""
    language = _spoken.get()
    if not values:
        return _fixed(template, language)
    number = _whole(values["n"]) if plural else 1
    found = plural if plural and number != 1 else template
    if catalogue := _catalogue(language):
        found = (
            catalogue.ngettext(template, plural, number) if plural else catalogue.gettext(template)
        )
    put = {
        name: _Words(one) if isinstance(one, str) else _Number(one) for name, one in values.items()
    }
    return Said(found.format(**put), template, plural, values)


@lru_cache(maxsize=4_096)
def _fixed(text: str, language: str) -> Said:
    """Say a text without places; a page of 150 accounts says 80,000 of them."""
    catalogue = _catalogue(language)
    return Said(catalogue.gettext(text) if catalogue and text else text, text, "", {})


def ours(words: str) -> Said:
    """Return words of ours as something said: those without a template are one themselves."""
    return words if isinstance(words, Said) else say(words)


def again(said: str) -> Said:
    """Say something of ours once more, in the language spoken now; of words without a template the whole is one."""
    if not isinstance(said, Said):
        return say(said)
    values = {
        name: again(one) if isinstance(one, Said) else one for name, one in said.values.items()
    }
    return say(said.template, said.plural, **values)


def number(value: float) -> Said:
    """Return 1204 as "1,204", 6.4 as "6.4"."""
    return say("{value}", value=value)


def marked(text: str) -> str:
    """Mark a text that is said later, so that it is found and translated."""
    return text


def forms(one: str, many: str) -> tuple[str, str]:
    """Mark a text that is said later of one thing or of many."""
    return one, many


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language: "de"; one that is not known is English."""
    before = _spoken.set(language if language in languages() else ENGLISH)
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> str:
    """Return the language spoken now: "en"."""
    return _spoken.get()


def languages() -> tuple[str, ...]:
    """Return the languages that a report can be told in, English first."""
    return (ENGLISH, *sorted(path.parts[-3] for path in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))


@cache
def _catalogue(language: str) -> gettext.NullTranslations | None:
    """Return a language's catalogue; English needs none, and opens no file."""
    return None if language == ENGLISH else gettext.translation(DOMAIN, LOCALE, [language])


def _written(digits: str) -> str:
    """Return a number that Python wrote as the language writes it: its catalogue says how by this sample."""
    shown = digits.replace("-", "−")
    if catalogue := _catalogue(_spoken.get()):
        sample = catalogue.gettext(marked("1,234.5"))
        return shown.translate({ord(","): sample[1], ord("."): sample[5]})
    return shown


def _whole(value: Value) -> int:
    """Return the whole number by which a form is chosen: 0.5 is as plural as 2."""
    exact = float(value)
    return int(exact) if exact.is_integer() else ceil(exact) + 1
