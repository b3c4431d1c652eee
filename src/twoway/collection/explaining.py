"""Why posts of a collection were read as they were: the words that mattered to the model that read them."""

from collections.abc import Callable

from twoway import language

# Text, kind, and whether it was read as a post of ours; up to three words.
Why = Callable[[str, str, bool], tuple[str, ...]]


def why(model: str | None) -> Why:
    """Return what tells the words that mattered; it says none where another model than ours read."""
    if model != language.MODEL:
        return lambda _text, _kind, _is_ours: ()
    from twoway.language.model.assessor import shipped  # noqa: PLC0415  NumPy only where posts are shown
    from twoway.language.why import mattered  # noqa: PLC0415  the same

    return lambda text, kind, is_ours: mattered(shipped(), text, kind, is_ours=is_ours)
