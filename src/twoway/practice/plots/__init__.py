"""How waiting goes on: what happens meanwhile, how it ends, and what is said afterwards.

The end of every wait was drawn when it began; here it is acted out, in one of many ways that mean
the same to the clock. What people say afterwards may open the next wait.
"""

from twoway.practice.exchange import Exchange, Open
from twoway.practice.facts import Wait
from twoway.practice.lines import Line
from twoway.practice.plots import answering, elsewhere, meanwhile, moving


def play_out(play: Exchange, wait: Wait, call: Line, *, quiet: bool = False) -> None:
    """Act out a wait to its end, and those that follow from it.

    `call` is the person's line that an answer goes to; while they wait `quiet`, nothing happens.
    """
    still = [Open(play, wait, call, quiet=quiet)]
    while still:
        scene = still.pop()
        if not (scene.quiet or scene.wait.is_private):
            scene = meanwhile.pass_time(scene)
        match scene.wait.fate.by:
            case None:
                continue
            case "answer":
                still.extend(answering.answer(scene))
            case "taken_private" if scene.wait.is_private:
                still.extend(answering.answer(scene))
            case "taken_private":
                still.extend(moving.take_private(scene))
            case _:
                still.extend(elsewhere.end(scene))
