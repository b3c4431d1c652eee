"""Java as a small Spark wants it: most of its time would go into compiling what runs but once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

JAVA = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=512m"
"""With these 100,000 posts took 130 s of a processor in two partitions; without, in four, 370 s (2026-11-22)."""


@pytest.fixture(scope="session")
def small_spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Have every Spark of this process start such a Java, told as a cluster's people tell theirs."""
    folder = tmp_path_factory.mktemp("spark")
    told = f"spark.driver.extraJavaOptions {JAVA}\n"
    (folder / "spark-defaults.conf").write_text(told, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(folder))
        yield folder
