"""What the model's card states, measured anew: `python benchmarks/language/bars.py [--data FOLDER]`.

Prints Markdown. The labelled posts are the project's own; with the folder of licensed texts also
false alarms of spam and what corrections bring. `--half tuning` is for those who change the model.
"""

import argparse
import random
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from statistics import mean

import numpy as np

from twoway.language import Utterance, labelled, read
from twoway.language.adapting import adapt
from twoway.language.evaluation import Labelled, area, assess, evaluate
from twoway.language.learning import anchors
from twoway.language.model import ours
from twoway.language.model.assessor import TrainedModel, shipped, tone_of
from twoway.language.model.kinds import KINDS
from twoway.language.rules.assessor import Rules
from twoway.language.training.sources import _PRICE, rows
from twoway.language.vader import Vader

# From here on a tone is named (as the desk does).
_MOOD = 0.3
LIMITS = (0.03, 0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.3, 0.4, 0.5)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--half", default="held out", choices=("held out", "tuning"))
    parser.add_argument("--second", action="store_true", help="also the second set, kept unseen")
    chosen = parser.parse_args()
    first = labelled.rows("first", chosen.half)
    _theirs(f"{chosen.half} half", first)
    if chosen.second:
        second = labelled.rows("second")
        _theirs("second set", second)
        _addressees(second)
    _ours(labelled.rows("ours", chosen.half))
    if chosen.data:
        _false_alarms(chosen.data)
        _corrections(chosen.data)


def _posts(rows):
    return [Labelled(row["text"], frozenset(row["kinds"]), row["language"]) for row in rows]


def _theirs(title, rows):
    posts = _posts(rows)
    model, rules = evaluate(shipped(), posts, KINDS), evaluate(Rules(), posts, KINDS)
    vader = [evaluate(one, posts, KINDS) for one in Vader.where_installed()]
    print(f"\n## {title}: {len(posts)} posts\n")
    print(
        "| kind | posts | F1 | precision | recall | AUC | calibration error | rules: F1 | VADER: F1 |"
    )
    print("| --- " + "| ---: " * 8 + "|")
    for kind, score in model.kinds.items():
        beside = [one.kinds[kind].f1 for one in (rules, *vader)]
        cells = (score.f1, score.precision, score.recall)
        print(
            f"| {kind} | {score.n} | " + " | ".join(f"{c:.2f}" for c in cells)
            + f" | {score.auc:.3f} | {score.calibration_error:.3f} | "
            + " | ".join(f"{c:.2f}" for c in beside) + " |"
        )  # fmt: skip
    means = " | ".join(f"{one.macro_f1:.3f}" for one in (rules, *vader))
    print(f"| mean | {len(posts)} | {model.macro_f1:.3f} | | | | | {means} |\n")
    _languages(rows)
    _lane(posts)
    _tone(rows)


def _languages(rows):
    print("| language | macro-F1 | calls missed | maybe | cleared | language right |")
    print("| --- " + "| ---: " * 5 + "|")
    for language, own in _by(rows, "language").items():
        found = evaluate(shipped(), _posts(own), KINDS)
        told = [reading.language for reading in read(Utterance(text=r["text"]) for r in own)]
        right = mean(code == language for code in told)
        turns = found.turns
        print(
            f"| {language} | {found.macro_f1:.2f} | {turns.missed:.1%} | {turns.maybe:.1%} "
            f"| {turns.cleared:.1%} | {right:.1%} |"
        )
    print()


def _lane(posts):
    turns = evaluate(shipped(), posts, KINDS).turns
    print(
        f"Turn rule: missed {turns.missed:.1%}, maybe {turns.maybe:.1%}, cleared {turns.cleared:.1%}\n"
    )
    print("| limit | missed | maybe | cleared |\n| ---: | ---: | ---: | ---: |")
    for limit in LIMITS:
        holds = {**shipped().weights.holds, "maybe": limit, "maybe beside": max(limit, 0.3)}
        tried = TrainedModel(replace(shipped().weights, holds=holds), "tried")
        t = evaluate(tried, posts, KINDS).turns
        print(f"| {limit:.2f} | {t.missed:.1%} | {t.maybe:.1%} | {t.cleared:.1%} |")
    print(f"\nshipped: {shipped().weights.holds}\n")


def _tone(rows):
    """Areas under the curve, and macro-F1 of bad, neither and good, also where it is not assessed."""
    found = assess(shipped(), _posts(rows))
    # Assessed or not; nothing is said of a post without a word.
    tones = np.array([tone_of(one.chances) if one.likely else 0.0 for one in found])
    truth = np.array([row["tone"] for row in rows])
    print(
        f"Tone: AUC negative {area(-tones, truth < 0):.2f}, positive {area(tones, truth > 0):.2f}"
    )
    said = np.where(tones >= _MOOD, 1, np.where(tones <= -_MOOD, -1, 0))
    parts = {"all": np.ones(len(rows), dtype=bool)}
    parts |= {
        code: np.array([row["language"] == code for row in rows]) for code in _by(rows, "language")
    }
    each = {
        name: mean(_f1(v, truth[part], said[part])[0] for v in (-1, 0, 1))
        for name, part in parts.items()
    }
    print("Tone: macro-F1 " + ", ".join(f"{name} {f1:.2f}" for name, f1 in each.items()))
    spam = [f for f, row in zip(found, rows, strict=True) if "spam" not in row["kinds"]]
    print(f"Spam: {mean(_is_spam(one) for one in spam):.2%} of genuine posts\n")


def _addressees(rows):
    # The handles of organisations in the set; a desk knows its own.
    told = [
        reading.addressee
        for reading in read(
            Utterance(text=row["text"], language=row["language"], ours=("harbourferries",))
            for row in rows
        )
    ]
    print(
        "## whom a post speaks to\n\n| class | posts | F1 | precision | recall |\n| --- | ---: | ---: | ---: | ---: |"
    )
    truths = [row["to"] for row in rows]
    print("\n".join(_line(name, truths, told) for name in ("organisation", "person", "everyone")))
    for language, own in _by(list(zip(rows, told, strict=True)), None).items():
        scores = [
            _f1(name, [r["to"] for r, _ in own], [t for _, t in own])[0]
            for name in ("organisation", "person", "everyone")
        ]
        print(f"{language}: macro-F1 {mean(scores):.2f}")


def _ours(rows):
    told = [
        {kind.name for kind in reading.ours if kind.holds}
        for reading in read(
            Utterance(text=row["text"], language=row["language"], is_reply=row["is_reply"])
            for row in rows
        )
    ]
    print(
        f"\n## ours: {len(rows)} posts\n\n| kind | posts | F1 | precision | recall |\n| --- | ---: | ---: | ---: | ---: |"
    )
    for kind in ours.KINDS:
        print(
            _line(kind, [kind in row["kinds"] for row in rows], [kind in one for one in told], True)
        )
    print()
    print("| language | macro-F1 | " + " | ".join(ours.KINDS) + " |")
    print("| --- | ---: " + "| ---: " * len(ours.KINDS) + "|")
    for language, own in _by(list(zip(rows, told, strict=True)), None).items():
        each = [
            _f1(True, [kind in r["kinds"] for r, _ in own], [kind in t for _, t in own])[0]
            for kind in ours.KINDS
        ]
        print(
            f"| {language} | {mean(each):.2f} | " + " | ".join(f"{one:.2f}" for one in each) + " |"
        )


def _by(rows, name):
    found = defaultdict(list)
    for row in rows:
        found[row[name] if name else row[0]["language"]].append(row)
    return found


def _line(name, truths, told, value=None):
    value = name if value is None else value
    f1, precision, recall = _f1(value, truths, told)
    count = sum(truth == value for truth in truths)
    return f"| {name} | {count} | {f1:.2f} | {precision:.2f} | {recall:.2f} |"


def _f1(value, truths, told):
    hits = sum(t == s == value for t, s in zip(truths, told, strict=True))
    said, true = sum(s == value for s in told), sum(t == value for t in truths)
    return 2 * hits / max(1, said + true), hits / max(1, said), hits / max(1, true)


def _is_spam(assessed):
    return any(kind.name == "spam" and kind.holds for kind in assessed.theirs)


def _false_alarms(folder):
    reddit = [row["text"] for row in rows(folder, "goemotions") if row["split"] == "test"]
    bank = [row["text"] for row in rows(folder, "banking77")]
    for name, texts in (("GoEmotions test", reddit), ("Banking77", bank)):
        found = assess(shipped(), [Labelled(text, frozenset(), "en") for text in texts])
        print(f"Called spam in {name}: {mean(map(_is_spam, found)):.2%} of {len(texts):,}")


def _corrections(folder):
    """CLINC150 as a team's own posts: what 0 to 400 corrections and confirmations bring."""

    def kinds(row):
        if row["intent"] in ("thank_you", "goodbye"):
            return frozenset({"closer"})
        return frozenset({"question" if _PRICE.match(row["text"]) else "request"})

    posts = [
        Labelled(row["text"], kinds(row), "en")
        for row in rows(folder, "clinc150")
        if row["intent"] not in ("oos", "yes", "no", "greeting")
    ]
    rehearsed, checked = anchors()
    known = labelled.posts("first", "tuning")
    table = defaultdict(list)
    for draw in range(3):
        random.Random(draw).shuffle(posts)
        for count in (0, 50, 100, 200, 400):
            model = shipped()
            if count:
                model = TrainedModel(adapt(shipped(), posts[:count], rehearsed), "local")
            own = evaluate(model, posts[400:1900], ("request", "question", "closer")).macro_f1
            base = evaluate(model, checked, KINDS).macro_f1
            table[count].append((own, base, evaluate(model, known, KINDS).macro_f1))
    print("\n| corrections and confirmations | " + " | ".join(map(str, table)) + " |")
    print("| --- " + "| ---: " * len(table) + "|")
    for place, name in enumerate(
        ("the team's posts", "the base's own posts", "labelled posts, tuning half")
    ):
        print(
            f"| {name} | "
            + " | ".join(f"{mean(pair[place] for pair in found):.3f}" for found in table.values())
            + " |"
        )


if __name__ == "__main__":
    main()
