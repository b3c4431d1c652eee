"""Peer: the eight measures as one hand-written DuckDB script over a collection's Parquet files."""

import json
import sys
from pathlib import Path

import duckdb


def main(folder: Path) -> None:
    """Print the figures as JSON."""
    db = duckdb.connect(config={"threads": 2})
    for table in ("posts", "organisations"):
        db.execute(
            f"create view {table} as select * from read_parquet('{folder}/{table}/*.parquet')"
        )
    *steps, last = Path(__file__).with_name("eight.sql").read_text().split(";\n")[:-1]
    for step in steps:
        db.execute(step)
    rows = db.execute(last).fetchall()
    json.dump({f"{o}/{m}": v for m, o, v in rows}, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
