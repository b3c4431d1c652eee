"""Finds every sentence that is said before its reader is known: its template stands where it is said.

The errors and the health of connectors, what the outbox and an audit note down: a database keeps them,
and the desk says them in the reader's language.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Final

import twoway
from twoway.connectors import errors, registry

SOURCE: Final = Path(twoway.__file__).parent
_ERRORS: Final = frozenset(
    name for name, one in vars(errors).items() if getattr(one, "__module__", "") == errors.__name__
)
SAYING: Final = {
    "connectors": _ERRORS | {"Sentence"},
    "networks": _ERRORS | {"Sentence"},
    "audit": frozenset({"tell"}),
    "desk": frozenset({"tell", "Sentence", "Reconnect"}),
}
"""By room: what is called with a template, or with a sentence that was made of one."""
_MAKING: Final = {SOURCE / "connectors" / name for name in ("errors.py", "sentences.py")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One place where something is said: the template, None where it is none, and what is put in."""

    where: str
    template: str | None
    given: frozenset[str]

    @property
    def asked(self) -> frozenset[str]:
        """Return the names of the places in the template."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self.template or "") if name)


def templates() -> list[str]:
    """Return all templates, each once."""
    found = (one.template for one in everything_said())
    return list(dict.fromkeys(template for template in found if template is not None))


def asked_when_connecting() -> list[str]:
    """Return all labels, explanations and choices of the networks' forms, each once."""
    settings = [one for network in registry.networks() for one in network.settings]
    asked = [(one.label, one.explanation, *one.choices.values()) for one in settings]
    return [text for texts in asked for text in texts if text]


def everything_said() -> Iterator[Said]:
    """Go through the source, room by room and file by file; tests are no part of it."""
    for room, saying in SAYING.items():
        trees = {
            path: ast.parse(path.read_text(encoding="utf-8"))
            for path in sorted((SOURCE / room).rglob("*.py"))
            if not {"tests", "contract"} & set(path.parts) and path not in _MAKING
        }
        derived = {name for tree in trees.values() for name in _derived(tree, saying)}
        for path, tree in trees.items():
            yield from _said_in(tree, saying | derived, path.relative_to(SOURCE))


def _derived(tree: ast.Module, saying: frozenset[str]) -> Iterator[str]:
    """Return the errors that a module derives from those of `connectors.errors`."""
    for one in tree.body:
        if isinstance(one, ast.ClassDef):
            bases = {base.id for base in one.bases if isinstance(base, ast.Name)}
            if bases & saying & _ERRORS:
                yield one.name


def _said_in(tree: ast.Module, saying: frozenset[str], path: Path) -> Iterator[Said]:
    constants = dict(_constants(tree))
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and _name(call.func) in saying and call.args):
            continue
        first = call.args[0]
        if not _is_sentence(first):
            template = constants.get(_name(first)) or _text(first)
            given = frozenset(one.arg for one in call.keywords if one.arg is not None)
            yield Said(where=f"{path}:{call.lineno}", template=template, given=given)


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Return a module's names for texts."""
    for one in tree.body:
        if isinstance(one, ast.Assign | ast.AnnAssign) and (text := _text(one.value)) is not None:
            targets = one.targets if isinstance(one, ast.Assign) else [one.target]
            yield from ((_name(target), text) for target in targets)


def _is_sentence(node: ast.expr) -> bool:
    """Tell what is a sentence already: one made on the spot, or that of another error."""
    made = isinstance(node, ast.Call) and _name(node.func) == "Sentence"
    return made or (isinstance(node, ast.Attribute) and node.attr in {"why", "needs"})


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _text(node: ast.AST | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
