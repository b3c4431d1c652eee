"""Import of one CSV and one JSON lines file, with and without readings: posts a second of one core.

Processor time counts, not the clock: a busy machine then says nearly the same as an idle one.
"""

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from twoway.collection.gathering import gather
from twoway.collection.readers import readers
from twoway.practice import build

ROOT = Path(__file__).parent.parent.parent
WORLD = 20_000


def main() -> None:
    options = _options()
    if options.source:
        print(json.dumps(_measure(options.source, readings=options.readings)))
        return
    folder = ROOT / "var" / "benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for form in ("csv", "jsonl"):
        source = _written(folder / f"posts-{options.posts}.{form}", options.posts)
        for words in ([], ["--readings"]):
            ran = subprocess.run(
                [sys.executable, __file__, "--source", source, *words],
                capture_output=True, text=True, check=True,
            )  # fmt: skip
            name = f"{form}{', read' if words else ''}"
            found[name] = json.loads(ran.stdout)
            print(f"{name:12}", found[name])
    if options.json:
        options.json.write_text(json.dumps(found, indent=1))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--source", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--readings", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _measure(source: Path, *, readings: bool) -> dict[str, float]:
    """Import in this process, held to one core, so that no helper is started."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    began, clock = time.process_time(), time.perf_counter()
    with TemporaryDirectory() as folder:
        posts = gather([source], Path(folder) / "collection", readers(), language=readings).posts
    used = time.process_time() - began
    return {
        "posts": posts, "posts_a_second": round(posts / used), "processor_s": round(used, 2),
        "wall_s": round(time.perf_counter() - clock, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip


def _written(path: Path, posts: int) -> Path:
    """Write invented posts as a table, once."""
    if path.exists():
        return path
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = None
        for number in range(max(1, posts // WORLD)):
            world = build(number + 1, posts=min(posts, WORLD), number=number)
            for post, _ in world.posts():
                row = {
                    "id": post.id, "author": post.author, "text": post.text,
                    "created_at": datetime.fromtimestamp(post.said_at // 1_000_000, UTC).isoformat(),
                    "in_reply_to_id": post.parent or "", "likes": post.seen_likes,
                }  # fmt: skip
                if path.suffix == ".jsonl":
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
                    continue
                if rows is None:
                    rows = csv.DictWriter(file, row)
                    rows.writeheader()
                rows.writerow(row)
    return path


if __name__ == "__main__":
    main()
