"""What pages say again and again, worked out once: by language, addresses by their shape.

A conversation's page asked for 690 texts and 93 addresses, most of them the same on every page.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode, URLNode
from django.template.defaulttags import url as django_url
from django.templatetags.i18n import TranslateNode, do_translate
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

T = TypeVar("T")

_NUMBER = 7_777_777_777_777
"""Stands for a number when an address is asked for its shape."""


def once_a_language(make: Callable[[], T]) -> Callable[[], T]:
    """Decorate what depends on the reader's language alone; nobody may change what it returns."""
    known: dict[str, T] = {}

    def told() -> T:
        language = get_language() or ""
        if language not in known:
            known[language] = make()
        return known[language]

    return told


def address(name: str, *parts: int | str) -> str:
    """Return the address of a page; Django takes 14 µs to find one, a conversation has ninety."""
    numbers = tuple(part for part in parts if isinstance(part, int))
    words = tuple(None if isinstance(part, int) else part for part in parts)
    return _shape(name, words) % numbers


@lru_cache(maxsize=1_024)
def _shape(name: str, words: tuple[str | None, ...]) -> str:
    """Return an address with `%d` where it has numbers, by its words."""
    found = reverse(name, args=[_NUMBER if word is None else word for word in words])
    return found.replace("%", "%%").replace(str(_NUMBER), "%d")


class Words(TranslateNode):
    """`{% translate "…" %}` of a text that stands in the template."""

    def __init__(self, node: TranslateNode) -> None:
        super().__init__(node.filter_expression, node.noop, node.asvar, node.message_context)
        self._known: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """Return what was found the first time."""
        language = get_language()
        if language not in self._known:
            self._known[language] = super().render(context)
        return self._known[language]


@register.tag
def translate(parser: Parser, token: Token) -> TranslateNode:
    """Django's own tag; of a fixed text it looks the words up once."""
    node = do_translate(parser, token)
    text = node.filter_expression
    is_fixed = text.var.literal is not None and not (text.filters or node.asvar)
    return Words(node) if is_fixed else node


class Same(Node):
    """`{% same %} … {% endsame %}`: what depends on the reader's language alone."""

    def __init__(self, inside: NodeList) -> None:
        self._inside = inside
        self._known: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """Return what was drawn the first time."""
        language = get_language()
        if language not in self._known:
            self._known[language] = self._inside.render(context)
        return self._known[language]


@register.tag
def same(parser: Parser, _token: Token) -> Same:
    """Draw a part of a template once for each language."""
    inside = parser.parse(("endsame",))
    parser.delete_first_token()
    return Same(inside)


class Proof(CsrfTokenNode):
    """`{% csrf_token %}`; a conversation has thirty forms."""

    def render(self, context: Context) -> str:
        """Return the field as Django writes it; its value has letters and digits only."""
        told = str(context.get("csrf_token") or "")
        if not told.isalnum() or told == "NOTPROVIDED":
            return super().render(context)
        return mark_safe(f'<input type="hidden" name="csrfmiddlewaretoken" value="{told}">')  # noqa: S308


@register.tag
def csrf_token(_parser: Parser, _token: Token) -> Proof:
    """Django's own tag, written out."""
    return Proof()


class Address(URLNode):
    """`{% url 'name' number %}`."""

    def render(self, context: Context) -> str:
        """Return the address by its shape."""
        parts = [part.resolve(context) for part in self.args]
        found = address(self.view_name.resolve(context), *parts)
        return conditional_escape(found) if context.autoescape else found


@register.tag
def url(parser: Parser, token: Token) -> Any:
    """Django's own tag; where an address has no named parts it is known by its shape."""
    node = django_url(parser, token)
    if node.kwargs or node.asvar:
        return node
    return Address(node.view_name, node.args, node.kwargs, node.asvar)
