"""People of two servers that federate, and of the double."""

from collections.abc import Iterator
from functools import partial

import pytest
from servers.mastodon_mock import Mock
from servers.patience import until
from servers.snac import Fediverse

from twoway.connectors.interface import Credentials, FollowAccount
from twoway.networks.mastodon.connector.tests.stage import Stage


@pytest.fixture(scope="session")
def talk(snac: Fediverse) -> Stage:
    """Connect @larchtea and @cleo on our server, @ann and @ben on theirs, who follow Larch Tea."""
    stage = Stage(snac.hosts, tries=4)
    for instance in (snac.ours, snac.theirs):
        for name in instance.people:
            stage.connect(name, instance.host, partial(instance.say_yes, name=name))
    handle = f"@{snac.ours.handle('larchtea')}"
    for number, name in enumerate(("ann", "ben"), 1):
        account = stage.run(name, lambda connector: connector.resolve(handle)).account.id
        stage.do(name, FollowAccount(account=account))
        until(partial(_has_heard, snac, number))
    return stage


@pytest.fixture
def town(mock_server: Mock) -> Iterator[Stage]:
    """Connect @larchtea, @ann and @ben on a double that has forgotten everything else."""
    mock_server.recover()
    mock_server.reset()
    stage = Stage([mock_server.host])
    for name, token in mock_server.tokens.items():
        stage.people[name] = Credentials(
            network="mastodon",
            account=f"{mock_server.address}/@{name}",
            handle=f"{name}@{mock_server.host}",
            server=mock_server.address,
            secrets={"token": token},
        )
    yield stage
    mock_server.recover()


def _has_heard(snac: Fediverse, count: int) -> bool:
    return len(snac.ours.call("larchtea", "GET", "/api/v1/notifications")) >= count
