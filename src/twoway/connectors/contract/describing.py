"""What a network says about itself: its name, form, feeds, limits, checklist and README."""

import re

from twoway.connectors import registry
from twoway.connectors.contract.trial import Trial
from twoway.core.coverage import STREAMS

RULES = 12
_ROW = re.compile(r"^\|([^|]+)\|([^|]+)\|", re.MULTILINE)
_STATES = ("done", "todo", "exempt")


class Describing:
    """Checks of what is declared."""

    trial: Trial

    def test_is_found_by_the_name_of_its_folder(self) -> None:
        network = self.trial.network
        assert network.name == self.trial.folder.name
        assert registry.network(network.name) is network
        assert network.title.strip()

    def test_settings_are_declared(self) -> None:
        settings = self.trial.network.settings
        names = [setting.name for setting in settings]
        assert len(set(names)) == len(names)
        assert all(name.isidentifier() for name in names)
        assert all(setting.label.strip() for setting in settings)
        for setting in settings:
            sounds_secret = re.search("password|token|secret|key$", setting.name)
            assert setting.secret or not sounds_secret, f"{setting.name} would be shown"

    def test_feeds_say_what_they_cover(self) -> None:
        network = self.trial.network
        names = [feed.name for feed in network.feeds]
        assert len(set(names)) == len(names)
        assert set(self.trial.feeds) | set(self.trial.own_feeds) <= set(names)
        for feed in network.feeds:
            assert feed.covers <= set(STREAMS)
            assert feed.every >= 1

    def test_limits_are_stated(self) -> None:
        limits = self.trial.network.limits
        if {"answer", "publish"} & self.trial.network.can:
            assert limits.characters or limits.utf8_bytes, "a text has no limit at all?"
        assert ("media" in self.trial.network.can) == (limits.media > 0)

    def test_checklist_and_readme_are_there(self) -> None:
        text = (self.trial.folder / "checklist.md").read_text("utf-8")
        rows = [(rule.strip(), state.strip()) for rule, state in _ROW.findall(text)][2:]
        assert 0 < len(rows) <= RULES, f"{len(rows)} rules, at most {RULES} are read"
        for rule, state in rows:
            assert state.startswith(_STATES), f"{rule}: {state} is not done, todo or exempt"
        readme = (self.trial.folder / "README.md").read_text("utf-8")
        assert len(readme.split()) > 40, "the README says nothing"

    def test_handles_of_others_are_not_claimed(self) -> None:
        for foreign in ("", " ", "posts.csv", "../posts", "https://", "file:///etc/passwd"):
            assert not self.trial.network.means(foreign)
