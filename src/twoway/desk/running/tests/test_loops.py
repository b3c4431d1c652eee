"""What the desk does by itself keeps nobody waiting for something else that is due all the time."""

import asyncio
from types import SimpleNamespace

from twoway.desk.outbox.sending import Outcome
from twoway.desk.outbox.states import State
from twoway.desk.running import loops


def test_an_undo_ends_in_time_though_there_is_always_something_to_look_up(monkeypatch):
    looked_up = [Outcome(entry=1, state=State.UNKNOWN)] * 3
    told = []
    monkeypatch.setattr(loops.claiming, "let_go_of_the_held", told.append)

    async def send_next(*_):
        assert len(told) == 4 - len(looked_up), "those whose undo is over come first"
        return looked_up.pop() if looked_up else None

    monkeypatch.setattr(loops, "send_next", send_next)
    assert asyncio.run(loops.send_all(SimpleNamespace(open=None))) == 3
