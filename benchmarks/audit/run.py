"""Time the audit of a practice world of N posts beside ConvoKit and hand-written SQL, as whole processes.

Every run is a process of its own, timed by the kernel (wall and processor time, peak memory), and
held to two cores, so that figures of a large machine and of a small one can be compared.
"""

import argparse
import json
import math
import os
import platform
import resource
import shutil
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

from twoway.audit.kept_answers import ANSWERS
from twoway.collection.folder import Collection
from twoway.collection.keeping import not_kept
from twoway.core.tables import LIKENESS
from twoway.practice import build
from twoway.practice.writing import write_all

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
VAR = ROOT / "var" / "benchmarks"
TWOWAY = Path(sys.executable).with_name("twoway")
CORES = 2
PAIRS = {LIKENESS.name}
# What of ours asks what the eight of the peers ask, in their order; left_alone asks how many comments
# a post gets, reciprocity how many people are spoken to.
EIGHT = (
    "reply_share", "response_rate", "first_response_time", "left_unanswered", "repeated_content",
    "log_on_routine", "conversation_per_post", "talk_listen",
)  # fmt: skip


def main() -> None:
    """Make the world once, run everything, print a table, write JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posts", type=int, default=300_000)
    parser.add_argument("--peers", action="store_true", help="also ConvoKit and hand-written SQL")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    asked = parser.parse_args()
    world = make_world(asked.posts)
    runs = ours(world) | {"twoway, one account, 9,000 posts": one_account()}
    same = same_figures(VAR / "report.json", VAR / "report-500MB.json")
    if asked.peers:
        runs |= peers(world)
    result = {
        "date": time.strftime("%Y-%m-%d"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, held to {CORES}",
        "python": platform.python_version(),
        "duckdb": version("duckdb"),
        "posts": asked.posts,
        "runs": runs,
        "same_figures_under_500MB": same,
    }
    show(result)
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def ours(world: Path) -> dict:
    """Time our audit: prepared as by an import, then with less and less of it made before."""
    audit = [TWOWAY, "audit", world, "--memory", "2GB", "--format", "json", "--output"]
    eight = ["--only", ",".join(EIGHT)]
    forget(world, kept(world))
    runs = {
        "to prepare it, at import": timed([sys.executable, HERE / "prepare.py", world]),
        "twoway, prepared": timed([*audit, VAR / "report.json"]),
        "twoway, prepared, the eight": timed([*audit, VAR / "eight.json", *eight]),
    }
    forget(world, {ANSWERS.name})
    runs["twoway, turns kept, the eight"] = timed([*audit, VAR / "eight.json", *eight])
    runs["twoway, turns kept"] = timed([*audit, VAR / "counted.json"])
    forget(world, kept(world) - PAIRS)
    runs["twoway, pairs kept, the eight"] = timed([*audit, VAR / "eight.json", *eight])
    forget(world, kept(world) - PAIRS)
    runs["twoway, pairs kept"] = timed([*audit, VAR / "turns.json"])
    forget(world, kept(world) - PAIRS)
    runs["twoway, pairs kept, 500 MB"] = timed(
        [*audit, VAR / "report-500MB.json", "--memory", "500MB"]
    )
    forget(world, kept(world))
    return runs | {"twoway, nothing kept": timed([*audit, VAR / "first.json"])}


def make_world(posts: int) -> Path:
    """Return the folder of a practice world of that size, made once, in today's form."""
    world = VAR / f"world-{posts}"
    if not (world / "manifest.json").exists():
        VAR.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [TWOWAY, "practice", "--posts", str(posts), "--into", world, "--anew"], check=True
        )
    Collection.open(world)
    return world


def kept(world: Path) -> set[str]:
    """Name the tables that earlier audits kept."""
    tables = Collection.open(world).manifest.tables
    return {*tables} - {*not_kept(tables)}


def forget(world: Path, tables: set[str]) -> None:
    """Forget what earlier audits kept, so that the next one makes it."""
    manifest = world / "manifest.json"
    known = json.loads(manifest.read_text(encoding="utf-8"))
    for table in tables & known["tables"].keys():
        del known["tables"][table]
        shutil.rmtree(world / table)
    manifest.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


def one_account() -> dict:
    """Return the median of five audits of a collection of one account, start included, on all cores."""
    world = VAR / "one-account"
    if not (world / "manifest.json").exists():
        write_all([build(1, organisations=1, posts=9_000)], world)
    forget(world, kept(world))
    timed([sys.executable, HERE / "prepare.py", world])
    command = [TWOWAY, "audit", world, "--format", "json", "--output", VAR / "small.json"]
    tries = [timed(command, os.cpu_count()) for _ in range(5)]
    return sorted(tries, key=lambda run: run["wall_s"])[2]


def timed(command: list, cores: int | None = CORES) -> dict:
    """Run a command and return wall seconds, processor seconds and peak memory in MB."""
    before = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        preexec_fn=lambda: os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:cores])),  # noqa: PLW1509  one thread
    )
    printed = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    run = {
        "wall_s": round(time.perf_counter() - before, 2),
        "cpu_s": round(used.ru_utime + used.ru_stime, 2),
        "peak_MB": round(used.ru_maxrss / 1024),
        "exit": os.waitstatus_to_exitcode(status),
    }
    print(*(Path(str(part)).name for part in command[:3]), run, file=sys.stderr, flush=True)
    return run | {"printed": printed.decode(errors="replace") if len(printed) < 1_000_000 else ""}


def peers(world: Path) -> dict:
    """Run ConvoKit and hand-written SQL; they must agree with each other."""
    python = convokit_python()
    runs = {
        "hand-written SQL, 8 measures": timed([sys.executable, HERE / "duckdb_eight.py", world]),
        "ConvoKit, 8 measures": timed([python, HERE / "convokit_eight.py", world]),
    }
    sql, kit = (json.loads(run.pop("printed") or "{}") for run in runs.values())
    differing = [
        name
        for name, value in kit.items()
        if not math.isclose(value, sql.get(name) or 0, rel_tol=1e-9, abs_tol=1e-9)
    ]
    for run in runs.values():
        run["differing_figures"] = len(differing)
    return runs


def convokit_python() -> Path:
    """Return a Python that has ConvoKit, in an environment of its own."""
    folder = VAR / "convokit"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run(
            [python, "-m", "pip", "install", "-q", "convokit==5.0.0", "duckdb"], check=True
        )
    return python


def same_figures(one: Path, other: Path) -> bool:
    """Tell whether two reports hold the same figures and evidence, within 1e-9."""
    return _alike(_figures(one), _figures(other))


def _figures(path: Path) -> list:
    report = json.loads(path.read_text(encoding="utf-8"))
    return [
        [account["handle"], account["verdict"], account["measures"]]
        for account in report["accounts"]
    ]


def _alike(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_alike(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    return one == other


def show(result: dict) -> None:
    """Print the runs as a table, each beside the first run of ours."""
    ours = result["runs"]["twoway, prepared"]
    print(f"{result['posts']:,} posts, {result['machine']}")
    for name, run in result["runs"].items():
        run.pop("printed", None)
        ratio = run["wall_s"] / ours["wall_s"]
        memory = run["peak_MB"] / ours["peak_MB"]
        print(
            f"{name:32} {run['wall_s']:9.2f} s  {run['cpu_s']:9.2f} s cpu  {run['peak_MB']:7,} MB"
            f"   {ratio:7.2f} x time  {memory:6.2f} x memory  exit {run['exit']}"
        )
    print(f"the same figures under 500 MB: {result['same_figures_under_500MB']}")
    if kit := result["runs"].get("ConvoKit, 8 measures"):
        for name in [name for name in result["runs"] if "the eight" in name]:
            times = (kit[key] / result["runs"][name][key] for key in ("wall_s", "cpu_s", "peak_MB"))
            print(
                "ConvoKit beside {}: {:.1f} x wall, {:.1f} x processor, {:.1f} x memory".format(
                    name, *times
                )
            )


if __name__ == "__main__":
    if not shutil.which(str(TWOWAY)):
        sys.exit("Run benchmarks/audit/run, which sets everything up.")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
