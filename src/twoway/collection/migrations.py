"""Collections written by earlier versions, brought up to date step by step.

A change of `core/tables.py` that old files do not follow raises `manifest.SCHEMA_VERSION` and adds a
function to MIGRATIONS; number n takes a folder from version n to n + 1. It may write new parts into the
folder, must not touch old ones, and returns the new manifest: the old state stays readable
until that one has replaced it.
"""

from collections.abc import Callable
from pathlib import Path

from twoway.collection.manifest import SCHEMA_VERSION, Document

Migration = Callable[[Path, Document], Document]


def _plant_tree(folder: Path, document: Document) -> Document:
    """Write the table `tree`, which folders of November 2026 lack."""
    from twoway.collection.tree import plant_in_folder  # noqa: PLC0415  opening needs no Arrow

    return plant_in_folder(folder, document)


MIGRATIONS: dict[int, Migration] = {1: _plant_tree}


def migrate(folder: Path, document: Document) -> Document:
    """Bring `document` to the current version, writing new parts where a step needs them."""
    for version in range(document["schema_version"], SCHEMA_VERSION):
        document = {**MIGRATIONS[version](folder, document), "schema_version": version + 1}
    return document
