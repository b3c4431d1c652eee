"""Posts read per second and core, cold start and memory: `python benchmarks/language/run.py [--json FILE]`.

Measured on posts of the practice kind (invented from the training patterns); process time, one thread.
"""

import argparse
import json
import os
import platform
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

COLD = "from twoway.language import Utterance, read; list(read([Utterance(text='Are you open on Sunday?')]))"


def _posts(count):
    from twoway.language.training.examples import KINDS  # noqa: PLC0415 - after the threads are set
    from twoway.language.training.patterns import invent  # noqa: PLC0415 - after the threads are set

    chance = random.Random(3)
    languages = ("en", "de", "es", "fr", "pt", "it")
    return [
        invent(chance.choice(languages), chance.choice(KINDS), chance).text for _ in range(count)
    ]


def _cold_start():
    begins = time.perf_counter()
    subprocess.run([sys.executable, "-c", COLD], check=True)
    return time.perf_counter() - begins


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    cold = min(_cold_start() for _ in range(3))
    from twoway.language import MODEL, Utterance, read  # noqa: PLC0415 - after the threads are set
    from twoway.language.model.assessor import shipped  # noqa: PLC0415 - after the threads are set
    from twoway.language.reader import BATCH, hear  # noqa: PLC0415 - after the threads are set

    texts = _posts(chosen.posts)
    list(read([Utterance(text="warm")]))
    begins = time.process_time()
    for _ in read(Utterance(text=text) for text in texts):
        pass
    whole = chosen.posts / (time.process_time() - begins)
    begins = time.process_time()
    for start in range(0, len(texts), BATCH):
        shipped().assess([hear(Utterance(text=text))[0] for text in texts[start : start + BATCH]])
    kinds = chosen.posts / (time.process_time() - begins)
    found = {
        "model": MODEL,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "posts": chosen.posts,
        "characters_per_post": round(sum(map(len, texts)) / len(texts), 1),
        "readings_per_second_a_core": round(whole),
        "kind_tone_language_per_second_a_core": round(kinds),
        "cold_start_seconds": round(cold, 3),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    print(json.dumps(found, indent=1))
    if chosen.json:
        chosen.json.write_text(json.dumps(found))


if __name__ == "__main__":
    main()
