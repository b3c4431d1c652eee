"""Everything a network is held to, in one class to subclass."""

from collections.abc import Mapping
from typing import ClassVar

import pytest

from twoway.connectors.contract.describing import Describing
from twoway.connectors.contract.failing import Failing
from twoway.connectors.contract.parsing import Parsing
from twoway.connectors.contract.reading import Reading
from twoway.connectors.contract.sending import Sending


class Contract(Describing, Reading, Failing, Parsing, Sending):
    """Subclass it as TestContract with `trial`; `exempt` names checks with the reason why not."""

    exempt: ClassVar[Mapping[str, str]] = {}

    @pytest.fixture(autouse=True)
    def _skip_what_is_exempt(self, request: pytest.FixtureRequest) -> None:
        name = request.function.__name__.removeprefix("test_")
        if name in self.exempt:
            pytest.skip(self.exempt[name])
