"""What a view gives back after it has written: a word to the reader, and a way back."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from twoway.connectors.errors import ConnectorError
from twoway.desk.outbox.states import NotAllowed
from twoway.desk.sentences import in_words
from twoway.desk.team.services import Refused

_WRITTEN: Final = ("text", "warning", "word", "words", "remark", "purpose")
"""The fields of our forms that people write sentences in."""

View = Callable[..., HttpResponse]


def back(request: HttpRequest, otherwise: str, words: str = "") -> HttpResponse:
    """Go back to where the form says, if that is a page of ours, else to `otherwise`."""
    if words:
        messages.success(request, words)
    asked = request.POST.get("back", "")
    return SeeOther(asked if is_ours(request, asked) else otherwise)


def is_ours(request: HttpRequest, address: str) -> bool:
    """Tell whether an address from outside stays on this desk."""
    return bool(address) and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


class SeeOther(HttpResponseRedirect):
    """After a form: fetch that page, whatever the method was."""

    status_code = 303


def why(error: Refused | NotAllowed | ConnectorError) -> str:
    """Return the sentence of a refusal in the reader's language."""
    return in_words(error.why) if isinstance(error, ConnectorError) else str(error)


def written(request: HttpRequest) -> list[str]:
    """Return the sentences that somebody wrote into a form of ours."""
    said = (request.POST.get(name, "") for name in _WRITTEN)
    return [words for words in said if words.strip()]


def say_why(request: HttpRequest, error: Refused | NotAllowed | ConnectorError) -> None:
    """Tell the reader of a refusal, and give back what they wrote: nobody writes it twice."""
    back = [_("You had written: “%(words)s”") % {"words": words} for words in written(request)]
    messages.error(request, " ".join([why(error), *back]))


def says_why(otherwise: Callable[[HttpRequest], str]) -> Callable[[View], View]:
    """Turn a refusal with a sentence into that sentence on the page one came from."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
            try:
                return view(request, *given, **named)
            except (Refused, NotAllowed, ConnectorError) as error:
                say_why(request, error)
                return back(request, otherwise(request))

        return answer

    return decorate
