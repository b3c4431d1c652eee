"""A practice world: simulated organisations and people, with known truth."""

from twoway.practice.building import build
from twoway.practice.world import World

__all__ = ["World", "build"]
