"""What happens in a practice world, one scene at a time; every module here is a sort of scene.

A scene is a function of a `Cue`; `@scene(sort, weight)` puts it among those of its sort. How often
each sort is played is the organisation's character (`Character.scenes`).
"""

from importlib import import_module
from pkgutil import iter_modules

from twoway.practice.dice import Urn
from twoway.practice.scenes.cue import SCENES, Scene


def urns() -> dict[str, Urn[Scene]]:
    """Return the scenes of every sort, to be drawn by weight."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return {sort: Urn(weights) for sort, weights in SCENES.items()}
