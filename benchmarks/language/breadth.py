"""How well the model reads what it was not trained on: `python benchmarks/language/breadth.py --data FOLDER --spam FILE`.

Each source is left out of training once and measured on; beside it two small sets of invented
tweets to companies, as they are and as published sets prepare them. Only heads are fitted here,
with the shipped model's own features; areas under the curve need no calibration.
"""

import argparse
import json
import random
import re
import sys
from collections import defaultdict
from pathlib import Path
from statistics import mean

import numpy as np

from twoway.language import labelled
from twoway.language.evaluation import area
from twoway.language.training.examples import examples
from twoway.language.training.fit import features, fit, rarity, softness
from twoway.language.training.sources import LANGUAGES, Example, bank, rows

TWEETS = Path(__file__).with_name("tweets.jsonl")
_HANDLE, _LINK = re.compile(r"(?<![\w@])@\w+"), re.compile(r"https?://\S+")


def _masked(text):
    """Write as research does: names and links masked, lower case, words and marks apart."""
    text = re.sub(r"([.,!?;:()\"])", r" \1 ", _LINK.sub("URLX", _HANDLE.sub("USERX", text.lower())))
    text = re.sub(r"n't\b", " n't", re.sub(r"\s+", " ", text))
    return re.sub("urlx", "<url>", re.sub("userx", "<user>", text.lower()))


PREPARED = {
    "as they are": lambda text: text,
    "masked, lower case, tokenised": _masked,
    "@USER, HTTPURL": lambda text: _LINK.sub("HTTPURL", _HANDLE.sub("@USER", text)),
    "no marks": lambda text: re.sub(r"[^\w\s@#']", "", text.lower()),
    "first 60 characters": lambda text: text[:60],
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--spam", type=Path, required=True)
    chosen = parser.parse_args()
    known = list(examples(chosen.data, chosen.spam))
    seen = features([one.text for one in known], [one.language for one in known])
    idf = rarity(seen.characters), rarity(seen.words)
    matrix = seen.joined(idf)

    def scores(head, left_out, texts, languages):
        # What is open for a head is left out of its training.
        kept = [
            Example(one.text, one.language, {}) if left_out and one.source == left_out else one
            for one in known
        ]
        made = fit(matrix, kept, head, softness(head))
        return features(texts, languages).joined(idf) @ made.weights + made.bias

    print(
        "| kind | left out of training | measured on | posts | AUC |\n| --- | --- | --- | ---: | ---: |"
    )
    for head, left_out, name, texts, languages, truth in _tests(chosen.data):
        found = area(np.asarray(scores(head, left_out, texts, languages)), np.array(truth))
        print(f"| {head} | {left_out or 'nothing'} | {name} | {len(texts):,} | {found:.3f} |")
        sys.stdout.flush()
    _videos(chosen.spam)


def _tests(folder):
    """Yield head, source left out, what is measured on, its texts, languages and truth."""
    reddit = [row for row in rows(folder, "goemotions") if row["split"] == "test"]
    sore = {"anger", "annoyance", "disapproval", "disappointment", "disgust"}
    open_ = {
        "sadness",
        "grief",
        "remorse",
        "embarrassment",
        "fear",
        "nervousness",
        "confusion",
        "surprise",
    }
    judged = [row for row in reddit if sore & set(row["labels"]) or not open_ & set(row["labels"])]
    yield (
        "complaint", "emotions", "GoEmotions test", [row["text"] for row in judged],
        ["en"] * len(judged), [bool(sore & set(row["labels"])) for row in judged],
    )  # fmt: skip
    wrong = [one for one in bank(folder, random.Random(1)) if "complaint" in one.labels]
    yield (
        "complaint", "bank", "Banking77", [one.text for one in wrong], ["en"] * len(wrong),
        [one.labels["complaint"] > 0.5 for one in wrong],
    )  # fmt: skip
    own = labelled.rows("first", "tuning")
    for head in ("complaint", "question"):
        for left_out in ("patterns", ""):
            yield (
                head, left_out, "labelled posts, tuning half", [row["text"] for row in own],
                [row["language"] for row in own], [head in row["kinds"] for row in own],
            )  # fmt: skip
    tweets = [json.loads(line) for line in TWEETS.read_text("utf-8").splitlines()]
    for part in ("first", "second"):
        some = [row for row in tweets if row["set"] == part]
        truth = [row["complaint"] for row in some]
        for left_out, names in (("patterns", ["as they are"]), ("", list(PREPARED))):
            for name in names:
                texts = [PREPARED[name](row["text"]) for row in some]
                yield (
                    "complaint",
                    left_out,
                    f"{part} tweets, {name}",
                    texts,
                    ["en"] * len(some),
                    truth,
                )
    said = [row for row in rows(folder, "tatoeba-112-languages") if row["language"] in LANGUAGES]
    said = random.Random(2).sample(said, 6000)
    yield (
        "question", "sentences", 'Tatoeba, "?" removed',
        [row["text"].replace("?", "").rstrip(" .!") for row in said],
        [LANGUAGES[row["language"]] for row in said],
        [row["text"].rstrip().endswith("?") for row in said],
    )  # fmt: skip
    for name, text in (("with", lambda t: t), ("without", lambda t: t.replace("?", ""))):
        curious = [
            row
            for row in reddit
            if "?" not in row["text"] or {"curiosity", "confusion"} & set(row["labels"])
        ]
        yield (
            "question", "emotions", f'GoEmotions test {name} "?"', [text(row["text"]) for row in curious],
            ["en"] * len(curious), ["?" in row["text"] for row in curious],
        )  # fmt: skip


def _videos(file):
    """Spam below each video by a model that saw the other four."""
    by_video = defaultdict(list)
    for row in rows(file.parent, file.stem):
        by_video[row["video"]].append(row)
    figures = []
    for video, own in by_video.items():
        others = [row for name, some in by_video.items() if name != video for row in some]
        train = [Example(r["CONTENT"], "en", {"spam": float(r["CLASS"])}) for r in others]
        texts = [row["CONTENT"] for row in own]
        seen = features([one.text for one in train] + texts, ["en"] * (len(train) + len(texts)))
        rare = rarity(seen.characters), rarity(seen.words)
        joined = seen.joined(rare)
        made = fit(joined[: len(train)], train, "spam", softness("spam"))
        said = np.asarray(joined[len(train) :] @ made.weights + made.bias) > 0
        truth = np.array([int(row["CLASS"]) == 1 for row in own])
        each = [
            2 * ((said == v) & (truth == v)).sum() / ((said == v).sum() + (truth == v).sum())
            for v in (True, False)
        ]
        figures.append(mean(each))
    print(
        f"\nYouTube spam, one video left out: macro-F1 {mean(figures):.3f} ({min(figures):.3f} to {max(figures):.3f})"
    )


if __name__ == "__main__":
    main()
