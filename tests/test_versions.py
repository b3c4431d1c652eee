"""Whoever changes how a turn is found raises its version, so that desks judge what they hold anew.

Two fingerprints, since each misses what the other sees. The code's notices every change that is more
than a comment, but not whether it matters; what comes out of 2,000 generated conversations tells that it
matters, but not that it does not (of four changes to the rule in November 2026 it showed two). So a
change of the code asks whoever made it; a change of what comes out demands a higher version.
"""

import ast
import json
from hashlib import blake2b
from pathlib import Path
from random import Random

import pytest

import book
import generated
import one
from twoway.core import turns
from twoway.desk.inbox.turning.version import BOXES

HERE = Path(__file__).parent
SOURCES = HERE.parent / "src" / "twoway"
NOTED = json.loads((HERE / "versions.json").read_text(encoding="utf-8"))
RULE = [*sorted((SOURCES / "core/turns").glob("*.py")),
        SOURCES / "core/threads.py", SOURCES / "core/branches.py"]  # fmt: skip
LAYING = [SOURCES / "desk/inbox/turning/boxes.py", SOURCES / "desk/inbox/order.py"]
MANY = 2_000


def of(told):
    return blake2b(told.encode(), digest_size=8).hexdigest()


def code_of(files):
    """Return a fingerprint of what modules do, the same for every Python: without comments and docstrings."""
    return of(json.dumps([_plain(ast.parse(file.read_text(encoding="utf-8"))) for file in files]))


def _plain(node):
    """Return a piece of code as lists; Pythons differ in how they write it, and in what they leave empty."""
    if isinstance(node, list):
        return [_plain(one) for one in node if not _is_said(one)]
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = dict(ast.iter_fields(node))
    if isinstance(node, ast.Assign | ast.AnnAssign) and _names_a_version(node):
        del fields["value"]
    told = {name: _plain(value) for name, value in fields.items() if value not in (None, [])}
    return [type(node).__name__, *sorted(told.items())]


def _names_a_version(node):
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return isinstance(target, ast.Name) and target.id == "VERSION"


def _is_said(node):
    """Tell whether a statement is a text alone, as docstrings are."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def outcomes():
    """Return fingerprints of generated conversations, and of what the rule says of them."""
    random = Random("versions")
    cases = [generated.case(random, random.randint(3, 12)) for _ in range(MANY)]
    return of(json.dumps(cases)), of("\n".join(_said(case) for case in cases))


def _said(case):
    found = {
        part: sorted(json.dumps(book._plain(entry), sort_keys=True) for entry in entries)
        for part, entries in one.judge(case).items()
    }
    return json.dumps(found, sort_keys=True)


CURE = """{what} has changed. Might a conversation come out otherwise, raise {version}: desks then
judge all they hold anew after the upgrade. Then put this into tests/versions.json: {now}"""


@pytest.mark.parametrize(
    ("what", "version", "name", "files"),
    [
        ("The turn rule", "VERSION in core/turns", "turn rule", RULE),
        ("Where a conversation lies", "BOXES in desk/inbox/turning/version.py", "boxes", LAYING),
    ],
    ids=["turn rule", "boxes"],
)
def test_a_change_of_the_code_is_weighed(what, version, name, files):
    number = {"turn rule": turns.VERSION, "boxes": BOXES}[name]
    now = {"version": number, "code": code_of(files)}
    noted = {part: NOTED[name][part] for part in now}
    assert noted == now, CURE.format(what=what, version=version, now=now)


def test_where_the_rule_says_something_else_its_version_is_another():
    asked, said = outcomes()
    now = {"version": turns.VERSION, "asked": asked, "said": said}
    noted = {part: NOTED["turn rule"][part] for part in now}
    if noted["asked"] == asked and noted["said"] != said:
        assert noted["version"] != turns.VERSION, (
            "The rule says something else of the same conversations: raise VERSION in core/turns."
        )
    assert noted == now, f"Put this into tests/versions.json: {now}"


def test_comments_and_lines_make_no_other_rule(tmp_path):
    plain, other, real = tmp_path / "plain.py", tmp_path / "other.py", tmp_path / "real.py"
    plain.write_text('"""Says."""\n\nLIMIT = 7\n"""Days."""\n')
    other.write_text('"""Says it better."""\n\nLIMIT = (\n    7  # a week\n)\n')
    real.write_text('"""Says."""\n\nLIMIT = 8\n"""Days."""\n')
    assert code_of([plain]) == code_of([other]) != code_of([real])
