"""Finds every text that a report may say, where it stands: for `scripts/translate`, and for tests.

In the code what `say`, `marked` and `forms` are given; in templates what `say` is; in measures what
their heads say to readers; and what the rooms below and above note down about a collection.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from jinja2 import Environment
from jinja2.ext import extract_from_ast

from twoway.audit import catalogue
from twoway.audit.catalogue import Measure, Part

Text = tuple[str, str]
"""A template, and the one for many things, or empty."""
ROOM: Final = Path(__file__).parent
_SAYING: Final = {"say", "marked", "forms", "said"}
# How a stream came to be covered: said in English by networks and the desk, and kept with a collection.
FROM_ELSEWHERE: Final = (
    "a practice world shows all that happened",
    "a practice world, sampled",
    "inferred: the file holds them",
    "inferred: the file holds some by other people",
    "inferred: the file holds originals that nobody answered, so it does not hold conversations only",
    "inferred: the file holds conversations; what was said outside of them may be missing",
    "inferred: the file holds at least 90% of the replies that the network counted",
    "the practice network tells everything that happens",
    "the desk receives it since the channel was connected",
    "its feed at Bluesky's app view, read to the end",
    "the trees below all it wrote, back to two weeks before",
    "the quotes of all it wrote, back to two weeks before",
    "the list of likes in its own repository",
    "its profile as it was then",
    "its notifications",
    "the account's own repository",
    "the X archive of the account's owner",
    "the Mastodon archive of the account's owner",
    "the Facebook export",
    "the Instagram export",
    "the LinkedIn export of the member",
    "Google Takeout of the account",
    "Reddit's answer to the account's data request",
)


def texts() -> list[Text]:
    """Return all texts, each once."""
    found = [*_in_code(), *_in_templates(), *_in_measures(), *((one, "") for one in FROM_ELSEWHERE)]
    return list(dict.fromkeys(found))


def template() -> str:
    """Return all texts as msgmerge reads them: a .pot file."""
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"'
    return "\n\n".join([head, *(_entry(one, many) for one, many in texts())]) + "\n"


def _entry(one: str, many: str) -> str:
    if not many:
        return f'msgid {_quoted(one)}\nmsgstr ""'
    return f'msgid {_quoted(one)}\nmsgid_plural {_quoted(many)}\nmsgstr[0] ""\nmsgstr[1] ""'


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _in_code() -> Iterator[Text]:
    for path in sorted(ROOM.rglob("*.py")):
        if "tests" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _name(node.func) in _SAYING:
                    yield from _given(node)


def _given(call: ast.Call) -> Iterator[Text]:
    """Yield the templates of a call; of a choice between two, both."""
    given = [list(_constants(one)) for one in call.args[:2]]
    if len(given) == 2 and given[0] and given[1]:
        yield given[0][0], given[1][0]
    elif given:
        yield from ((text, "") for text in given[0])


def _constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_constants(node.body), *_constants(node.orelse))


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _in_templates() -> Iterator[Text]:
    environment = Environment(autoescape=True)
    for path in sorted((ROOM / "report" / "templates").glob("*.j2")):
        tree = environment.parse(path.read_text(encoding="utf-8"))
        for _, _, said in extract_from_ast(tree, ("say",)):
            given = [said] if isinstance(said, str) else [text for text in said or () if text]
            if given:
                yield given[0], given[1] if len(given) > 1 else ""


def _in_measures() -> Iterator[Text]:
    for measure in catalogue.read():
        for text in _of_measure(measure):
            if text:
                yield text, ""


def _of_measure(measure: Measure) -> Iterator[str]:
    yield from (measure.name, measure.question, measure.whole.formula)
    for part in (measure.whole, *measure.parts):
        yield from _of_part(part)


def _of_part(part: Part) -> Iterator[str]:
    yield from (part.name, part.empty, *part.sides)
    yield from (part.evidence.note,) if part.evidence else ()
    yield from (part.unless.note,) if part.unless else ()
    for line in part.bands:
        yield from (*line.labels, line.meaning, line.source)
