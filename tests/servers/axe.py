"""axe-core from npm, kept under var/servers: looks for what keeps people from using a page."""

import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
VERSION = "4.14.1"
FOLDER = ROOT / "var" / "servers" / f"axe-{VERSION}"
SCRIPT = FOLDER / "package" / "axe.min.js"
# Headings may begin with any level where a page is put together from columns.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def script() -> str:
    """Return axe's source, fetched on first use."""
    if not SCRIPT.exists():
        npm = shutil.which("npm")
        if npm is None:
            raise RuntimeError("npm is needed once to fetch axe-core: apt install npm.")
        FOLDER.mkdir(parents=True, exist_ok=True)
        packed = f"axe-core@{VERSION}"
        subprocess.run([npm, "pack", packed], cwd=FOLDER, check=True, capture_output=True)
        with tarfile.open(FOLDER / f"axe-core-{VERSION}.tgz") as package:
            # The one file by hand: Debian 12's Python cannot filter what it extracts yet.
            found = package.extractfile(str(SCRIPT.relative_to(FOLDER)))
            assert found is not None
            SCRIPT.parent.mkdir(exist_ok=True)
            SCRIPT.write_bytes(found.read())
    return SCRIPT.read_text(encoding="utf-8")


def violations(page: Any) -> list[str]:
    """Return what axe finds on a page, one line each: the rule, and the first element it met."""
    page.evaluate(script())
    found = page.evaluate("(rules) => axe.run(document, rules)", RULES)
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:160]} ({one['nodes'][0]['failureSummary'][:160]})"
        for one in found["violations"]
    ]
