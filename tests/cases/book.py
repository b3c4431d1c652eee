"""Run a file of worked cases through a form of the turn rule, or through the verdict rule.

    scripts/cases tests/cases/conversations.json --rule one

`one` is the pure rule, `many` the rule over whole tables. A file of verdicts is known by its cases'
`counts`. Ends with "N agree, M differ" and exit code 1 where M > 0, 2 where the file cannot be read.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

Case = Mapping[str, Any]
Judge = Callable[[Sequence[Case]], list[dict[str, Any]]]

PARTS = ("conversations", "intervals", "pieces", "community")


class UnreadableBook(Exception):
    """A file that is not a book of cases; the message names the place and the cure."""


def read(path: Path) -> list[Case]:
    """Return the cases of a file."""
    try:
        cases = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableBook(f"{path}: cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise UnreadableBook(f"{path}: is not JSON ({error}).") from error
    if not isinstance(cases, list) or not all(isinstance(c, dict) and "id" in c for c in cases):
        raise UnreadableBook(f"{path}: must be a list of cases, each with an id.")
    return cases


def judge_of(rule: str, cases: Sequence[Case]) -> Judge:
    """Return what judges such cases; imported late, since each needs a different room."""
    if cases and "counts" in cases[0]:
        import verdicts  # noqa: PLC0415  the audit, needed for verdicts alone

        return lambda many: [verdicts.judge(case) for case in many]
    if rule == "one":
        import one  # noqa: PLC0415  the pure rule, needed for this form alone

        return lambda many: [one.judge(case) for case in many]
    import many  # noqa: PLC0415  starts an engine

    return many.judge_all


def differences(expected: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
    """Return a line per difference; the order of lists says nothing, save within pieces."""
    if "verdict" in expected:
        return [
            f"{name}: expected {expected[name]!r}, found {found.get(name)!r}"
            for name in ("verdict", "firm")
            if expected[name] != found.get(name)
        ]
    lines = []
    for part in PARTS:
        missing = [_plain(e) for e in expected.get(part, ())]
        surplus = []
        for entry in (_plain(f) for f in found.get(part, ())):
            if entry in missing:
                missing.remove(entry)
            else:
                surplus.append(entry)
        lines += [f"{part}: expected {_show(e)}" for e in missing]
        lines += [f"{part}: found    {_show(e)}" for e in surplus]
    return lines


def _plain(entry: Any) -> Any:
    """Return an entry with its lists of ids in one order."""
    if not isinstance(entry, Mapping):
        return entry
    return {
        name: sorted(value) if isinstance(value, list) else value for name, value in entry.items()
    }


def _show(entry: Any) -> str:
    return json.dumps(entry, ensure_ascii=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a file and print each disagreement."""
    parser = argparse.ArgumentParser(prog="scripts/cases", description=__doc__)
    parser.add_argument("file", type=Path, help="conversations.json, verdicts.json or one alike")
    parser.add_argument("--rule", choices=("one", "many"), default="one", help="default: one")
    asked = parser.parse_args(arguments)
    try:
        cases = read(asked.file)
    except UnreadableBook as error:
        sys.stderr.write(f"{error}\n")
        return 2
    agree = 0
    for case, found in zip(cases, judge_of(asked.rule, cases)(cases), strict=True):
        lines = differences(case["expect"], found)
        agree += not lines
        if lines:
            says = case.get("says", "")
            sys.stdout.write("\n".join([f"\n{case['id']}: {says}", *(f"  {x}" for x in lines), ""]))
    sys.stdout.write(f"{agree} agree, {len(cases) - agree} differ\n")
    return 1 if agree < len(cases) else 0


if __name__ == "__main__":
    sys.exit(main())
