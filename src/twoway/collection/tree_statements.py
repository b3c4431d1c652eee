"""The statements that make `tree`: for a folder at import, and for an audit of tables without a folder.

Apart from what writes folders, so that an audit need not wait for Arrow.
"""

from pathlib import Path
from typing import Final

from twoway.core.readings import OUR_KINDS, THEIR_KINDS
from twoway.core.tables import TREE

BITS: Final = "bits"


def statements() -> dict[str, str]:
    """Return what makes the table `bits` and then `tree`, on every engine that audits run on.

    A row of `bits` is a kind and the bit by which `theirs` and `ours` of a post add it up: two to the
    power of its place in core.readings.
    """
    kinds = ", ".join(
        f"('{side}', '{kind}', {1 << place})"
        for side, those in (("theirs", THEIR_KINDS), ("ours", OUR_KINDS))
        for place, kind in enumerate(those)
    )
    return {
        BITS: f"select * from (values {kinds}) as every (side, kind, bit)",
        TREE.name: Path(__file__).with_name("tree.sql").read_text(encoding="utf-8"),
    }
