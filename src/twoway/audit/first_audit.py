"""The audit that everybody asks for first, of all accounts over 90 days: asked beforehand, and its answers kept."""

from collections.abc import Callable
from contextlib import closing

from twoway.audit import preparing
from twoway.audit.engines.interface import Engine
from twoway.audit.engines.remembering import Remembering
from twoway.audit.kept import Kept
from twoway.audit.kept_answers import KeptAnswers
from twoway.audit.request import Request
from twoway.audit.run import assemble
from twoway.collection.folder import Collection
from twoway.collection.keeping import not_kept
from twoway.core.tables import TABLES

Progress = Callable[[str], None]


def make_ready(
    collection: Collection,
    opened: Callable[[], Engine],
    progress: Progress = lambda _: None,
) -> None:
    """Make and keep with a collection what an audit of everybody needs, and what it is answered.

    An engine is `opened` for either, since what the first one still holds would take memory beside the second.
    """
    files = {name: collection.files(name) for name in not_kept(TABLES)}
    with closing(opened()) as engine:
        preparing.prepare(files, Request(), engine, progress, collection)
    with closing(opened()) as engine:
        now = Collection.open(collection.path)
        if preparing.prepare(files, Request(), engine, progress, now) is engine:
            asking = Remembering(engine, {})
            assemble(asking, Request(), now.manifest.model or "", progress)
            KeptAnswers.of(engine, now, Kept.of(engine, now).name).keep(asking.known)
