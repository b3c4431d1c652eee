"""The curtain: nothing is seen beyond the end of observation, and of some less than everything."""

from twoway.practice.dice import Dice
from twoway.practice.facts import Heard, Kindness, Ledger, Talk, Told, Wait
from twoway.practice.lines import Line
from twoway.practice.stage import Stage
from twoway.practice.world import Covered

# Of what people write to an organisation, so much is in a sample.
SAMPLED = 0.7


def cut(stage: Stage, ends: int) -> None:
    """Let nothing be that lies beyond the end of observation: lines, likes, marks and facts."""
    _keep_pieces_together(stage.lines)
    stage.lines = [line for line in stage.lines if line.at <= ends]
    stage.likes = [like for like in stage.likes if like[2] <= ends and like[1].at <= ends]
    stage.marks = [(line, mark) for line, mark in stage.marks if mark.marked_at <= ends]
    _cut_facts(stage.ledger, ends)
    for line in stage.lines:
        for kind, other in (("reply", line.parent), ("share", line.shared)):
            if other is not None:
                other.counts[kind] = other.counts.get(kind, 0) + 1
    for _, line, _ in stage.likes:
        line.counts["like"] = line.counts.get("like", 0) + 1


def _keep_pieces_together(lines: list[Line]) -> None:
    """Send later pieces of ours before anything else the same account says in that thread.

    Pieces reply to the author's own last post; an answer to somebody else may have come between.
    """
    pieces = [line for line in lines if line.piece_of is not None and line.is_ours]
    roots = {piece.root for piece in pieces}
    said: dict[tuple[Line, str], list[int]] = {}
    for line in lines:
        if line.is_ours and line.root in roots:
            said.setdefault((line.root, line.by.id), []).append(line.at)
    for piece in pieces:
        first = piece.parent.at if piece.parent else piece.at
        between = [at for at in said[piece.root, piece.by.id] if first < at < piece.at]
        if between:
            piece.at = (first + min(between)) // 2


def _cut_facts(ledger: Ledger, ends: int) -> None:
    def stands(fact: Told | Heard | Kindness | Talk) -> bool:
        return _stands(fact.line, ends)

    ledger.told = list(filter(stands, ledger.told))
    ledger.heard = list(filter(stands, ledger.heard))
    ledger.kindnesses = list(filter(stands, ledger.kindnesses))
    ledger.talks = list(filter(stands, ledger.talks))
    ledger.waits = [
        wait for wait in ledger.waits if wait.since <= ends and _stands(wait.line, ends)
    ]
    for wait in ledger.waits:
        _cut_wait(wait, ends)
    for heard in ledger.heard:
        _cut_heard(heard, ends)
    for kindness in ledger.kindnesses:
        if _is_beyond(kindness.settled_at, ends):
            kindness.settled_at, kindness.settled_by = None, None
    for told in ledger.told:
        if _is_beyond(told.outcome_at, ends):
            told.outcome_at = None


def _cut_wait(wait: Wait, ends: int) -> None:
    wait.seen_until = ends
    if _is_beyond(wait.ended_at, ends):
        wait.ended_at, wait.ended_by, wait.answer = None, None, None


def _cut_heard(heard: Heard, ends: int) -> None:
    if _is_beyond(heard.answered_at, ends):
        heard.answered_at = None
    if _is_beyond(heard.gone_at, ends):
        heard.gone_at = None
    if heard.before_edit is not None and heard.line.editions[0].replaced_at > ends:
        heard.call, heard.kinds = heard.before_edit, heard.line.editions[0].kinds


def _is_beyond(moment: int | None, ends: int) -> bool:
    return moment is not None and moment > ends


def _stands(line: Line, ends: int) -> bool:
    return line.at <= ends and (line.deleted_at is None or line.deleted_at > ends)


def hide(stage: Stage, covered: dict[str, Covered], dice: Dice) -> None:
    """Take away what people wrote to organisations of which less than everything was seen."""
    seen: set[str] = set()
    unseen: set[str] = set()
    facts: list[Heard | Talk] = [*stage.ledger.heard, *stage.ledger.talks]
    for fact in facts:
        if fact.line.is_ours:
            continue  # a rival's answer, which stands in the rival's own posts
        state = covered.get(fact.who.name, "complete")
        is_seen = state == "complete" or (state == "sampled" and dice.chance(SAMPLED))
        (seen if is_seen else unseen).add(fact.line.id)
    gone = unseen - seen
    stage.lines = [line for line in stage.lines if line.id not in gone]
    stage.likes = [like for like in stage.likes if like[1].id not in gone]
    stage.marks = [(line, mark) for line, mark in stage.marks if line.id not in gone]
