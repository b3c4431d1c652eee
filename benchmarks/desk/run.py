"""Seeds a desk, then times pages, the running server and ingest, and shows the plans.

`pages` is the server time of whole pages through Django's test client, one request after another;
cold is the first request of each kind. `serving` is what clients see of the server in a process of
its own. A folder that was kept is found again. Tables are printed as Markdown.
"""

import argparse
import json
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

PARTS = ("pages", "plans", "serving", "ingest")
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "tests")]


def main() -> int:
    """Run everything asked for."""
    options = _options()
    with ExitStack() as stack:
        home = options.folder and options.folder.resolve()
        if home is None:
            home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="twoway-bench-")))
        home.mkdir(parents=True, exist_ok=True)
        os.environ["TWOWAY_HOME"] = str(home)
        os.environ["TWOWAY_HOSTS"] = "testserver,127.0.0.1"
        os.environ["DJANGO_SETTINGS_MODULE"] = "twoway.desk.settings"
        if options.database == "postgresql":
            from servers.postgres import kept_cluster  # noqa: PLC0415  where it is asked for

            tuned = {"shared_buffers": "2GB", "max_wal_size": "8GB", "work_mem": "32MB"}
            os.environ["TWOWAY_DATABASE"] = stack.enter_context(kept_cluster(home, tuned))
        import django  # noqa: PLC0415  the home is known only now

        django.setup()
        return _measure(options)


def _measure(options: argparse.Namespace) -> int:
    from django.core.management import call_command  # noqa: PLC0415  Django is up only now
    from ingesting import ingest  # noqa: PLC0415
    from pages import plans, time_pages  # noqa: PLC0415
    from seeding import note_judged, seed  # noqa: PLC0415
    from serving import serving  # noqa: PLC0415
    from world import Size  # noqa: PLC0415

    from twoway.desk.team.models import Organisation  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    size = Size(options.posts)
    found = {"posts": options.posts, "database": options.database, "load": os.getloadavg()[0]}
    if not Organisation.objects.exists():
        found["seeding"] = seed(size)
    note_judged()
    print(json.dumps(found), flush=True)
    if "pages" in options.parts:
        found["pages"] = time_pages(size, options.requests)
        _show_pages(found["pages"])
    if "plans" in options.parts:
        found["plans"] = plans()
        for name, plan in found["plans"].items():
            print(f"\n{name}\n    " + "\n    ".join(plan), flush=True)
    if "serving" in options.parts:
        found["serving"] = serving(size, options.requests)
        _show_serving(found["serving"])
    if "ingest" in options.parts:
        found["ingest"] = ingest(options.ingest)
        for name, value in found["ingest"].items():
            print(f"{name}: {value:,.0f}")
    found["load at the end"] = os.getloadavg()[0]
    if options.json:
        Path(options.json).write_text(json.dumps(found, indent=1), encoding="utf-8")
    return 0


def _show_pages(times: dict[str, tuple[float, ...]]) -> None:
    print("| page | cold | p50 / p95 / p99 | of which processor |\n| --- | --- | --- | --- |")
    for name, (cold, *warm) in times.items():
        wall, processor = (" / ".join(f"{ms:.1f}" for ms in part) for part in (warm[:3], warm[3:]))
        print(f"| {name} | {cold:.1f} | {wall} | {processor} |", flush=True)


def _show_serving(found: dict[str, Any]) -> None:
    for name, value in found.items():
        if not isinstance(value, dict):
            print(f"{name}: {value:,.2f}")
            continue
        print(f"\n| {name} | p50 / p95 / p99 |\n| --- | --- |")
        for page, times in value.items():
            print(f"| {page} | {' / '.join(f'{ms:.1f}' for ms in times)} |", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--ingest", type=int, default=10_000, help="posts to take in")
    parser.add_argument(
        "--parts", nargs="+", choices=PARTS, default=PARTS, help="all of it if not said"
    )
    parser.add_argument("--json", help="a file for all figures")
    parser.add_argument("--folder", type=Path, help="keep the desk here, and find it again")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
