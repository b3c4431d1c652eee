"""The order of the shared steps: what is made side by side needs nothing of each other."""

import re

from twoway.audit.steps.columns import STEPS
from twoway.audit.steps.prepare import ORDER, query

SCOPE = {"ours", "covered", "calendar"}
NAMES = [name for names in ORDER for name in names]


def _reads(name):
    said = re.sub("--.*", "", query(name))
    read = set(re.findall(r"(?:from|join) (\w+)", said)) - set(re.findall(r"(\w+) as \(", said))
    return (read - {name}) & set(NAMES)


def test_a_step_needs_only_what_lines_before_it_made():
    made = {"windows"}
    for names in ORDER:
        for name in names:
            assert _reads(name) <= made, name
        made |= set(names)


def test_every_step_of_the_contract_is_made():
    assert {table.name for table in STEPS} == SCOPE | {
        name for name in NAMES if name in {table.name for table in STEPS}
    }
