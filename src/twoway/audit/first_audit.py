"""The audit that everybody asks for first, of all accounts over 90 days: asked beforehand, and its answers kept."""

from collections.abc import Callable

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


def make_ready(collection: Collection, engine: Engine, progress: Progress = lambda _: None) -> None:
    """Make and keep with a collection what an audit of everybody needs, and what it is answered."""
    files = {name: collection.files(name) for name in not_kept(TABLES)}
    preparing.prepare(files, Request(), engine, progress, collection)
    now = Collection.open(collection.path)
    shelf = KeptAnswers.of(engine, now, Kept.of(engine, now).name)
    if not shelf.are_kept():
        asking = Remembering(engine, {})
        assemble(asking, Request(), "", progress)
        shelf.keep(asking.known)
