"""Why posts of a collection were read as they were: the words that mattered to the model that read them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from twoway import language

# Text, kind, and whether it was read as a post of ours; up to three words.
Why = Callable[[str, str, bool], tuple[str, ...]]


def is_ours(model: str | None) -> bool:
    """Tell whether our own model read the posts, so that there is something to tell."""
    return model == language.MODEL


def why(model: str | None) -> Why:
    """Return what tells the words that mattered; it says none where another model than ours read.

    The model takes 0.2 s to load, in a thread: ask for it before what needs it.
    """
    if not is_ours(model):
        return lambda _text, _kind, _is_ours: ()
    loading = ThreadPoolExecutor(1).submit(_load)

    def told(text: str, kind: str, is_ours: bool) -> tuple[str, ...]:
        return loading.result()(text, kind, is_ours)

    return told


def _load() -> Why:
    from twoway.language.model.assessor import shipped  # noqa: PLC0415  NumPy only where posts are shown
    from twoway.language.why import mattered  # noqa: PLC0415  the same

    assessor = shipped()
    return lambda text, kind, is_ours: mattered(assessor, text, kind, is_ours=is_ours)
