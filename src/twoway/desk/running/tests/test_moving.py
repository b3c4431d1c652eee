"""A desk moves to another machine while answers go out: none is lost, none goes out twice."""

import shutil
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from twoway.desk.running.tests import outside
from twoway.desk.running.tests.killing import Fire, answers_for
from twoway.desk.running.tests.watching import PATIENCE, until

pytestmark = pytest.mark.slow

FIRST = 12
"""So many answers are sent or being sent when the backup is made; the rest waits for the town."""


def test_what_went_out_after_the_backup_does_not_go_out_again(home, elsewhere, tmp_path):
    outside.ask(home, "prepare_asked", str(answers_for(0)))
    session = outside.ask(home, "session")
    with Fire(home, kills=0, seed=21) as fire, fire.undisturbed():
        answer(fire, slice(FIRST))
        until(
            lambda: fire.watch.states()["seen back"] + fire.watch.states()["sent"],
            fire.watch.states,
        )
        outside.ask(home, "shut")
        answer(fire, slice(FIRST, None))
        backup = outside.back_up(home, tmp_path / "desk.zip")
        outside.ask(home, "reopen")
        until(lambda: not fire.watch.unsent(), fire.watch.unsent)
    gone = Path(home["TWOWAY_HOME"]).rename(tmp_path / "gone")
    restored = outside.twoway(elsewhere, "restore", str(backup))
    assert restored.returncode == 0, restored.stderr
    # The town is elsewhere, too, as networks are, and has forgotten which keys it knew.
    shutil.copytree(gone / "practice", f"{elsewhere['TWOWAY_HOME']}/practice", dirs_exist_ok=True)
    outside.ask(elsewhere, "forget_keys")
    said = fire.colleague.said
    with Fire(elsewhere, kills=0, seed=22) as there:
        assert {"unknown"} < set(there.watch.states()), there.watch.states()
        with there.undisturbed():
            until(lambda: not there.watch.unsent(), there.watch.unsent)
            page = until(lambda: shown(there, session), lambda: "no page came")
            assert page.status_code == 200, "who was signed in still is"
        assert sorted(text for _, text in there.watch.entries()) == sorted(said)
    assert outside.ask(elsewhere, "published") == dict.fromkeys(said, 1)


def shown(fire, session):
    """Return the first page; None while the pages' process, which nobody waited for, still starts."""
    with suppress(httpx.ConnectError):
        return httpx.get(f"{fire.address}/", cookies={"sessionid": session}, timeout=PATIENCE)


def answer(fire, which):
    for number, talk in list(enumerate(fire.questions()))[which]:
        fire.colleague.answers(talk, outside.answer(number))
