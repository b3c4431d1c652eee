"""The licensed texts of others, and what each lets us say about a post's kinds.

Every source labels some heads and leaves the rest open (absent from `labels`): a Reddit comment
that is annoyed says something about complaints, nothing about requests.
"""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from twoway.language.model import ours
from twoway.language.model.kinds import KINDS

HEADS = (*KINDS, "calls", "negative", "positive", *ours.HEADS.values())
# The files of others, YouTube's comments aside.
SOURCES = ("afrisenti", "banking77", "clinc150", "germeval2018-offensive", "goemotions", "sms-spam",
           "tatoeba-112-languages")  # fmt: skip
LANGUAGES = {"eng": "en", "deu": "de", "spa": "es", "fra": "fr", "por": "pt", "ita": "it"}

_SORE = frozenset({"anger", "annoyance", "disapproval", "disappointment", "disgust"})
_GLAD = frozenset({"admiration", "gratitude", "love", "joy", "excitement", "pride", "relief"})
_SAD = frozenset({"sadness", "grief", "remorse", "embarrassment", "fear", "nervousness"})
_WARM = frozenset({"approval", "caring", "amusement", "optimism", "desire"})
# What a customer of a bank reports as gone wrong, among the 77 reasons to write.
_WRONG = (
    "not_working", "declined", "failed", "wrong", "charged_twice", "extra_charge", "not_showing_up",
    "not_updated", "fee_charged", "unable_to_verify", "not_recognised", "reverted", "swallowed", "unblock",
)  # fmt: skip
_OPEN = (
    "lost_or_stolen",
    "compromised",
    "pending",
    "arrival",
    "delivery",
    "beneficiary",
    "why_verify",
)
# Anger on Reddit is seldom a customer's: of 1, 0.5, 0.25 and 0.1 the smaller ones told invented
# tweets to companies better (benchmarks/language/breadth.py), the larger ones Reddit itself.
_ANGER = {"complaint": 0.3}
_PRICE = re.compile(
    r"\b(?:what|when|where|who|how|why|which|is|are|do|does|did|can|could|will|would)\b",
    re.IGNORECASE,
)
# "Set a timer" asks for nothing; "tell me my balance" may.
_ORDER = re.compile(
    r"(?:please )?(?:set|play|turn|add|remove|cancel|book|call|text|remind|change|transfer|pay|order"
    r"|make|delete|schedule|freeze|report|move|send|update|start|stop|switch|reset|use)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Example:
    """A text, its language, what it is (1), is not (0) or is half (between), and how much it weighs.

    `shares` are of that weight, for heads that the text teaches less about. `source` names what
    may be left out together, to see what it brings.
    """

    text: str
    language: str
    labels: dict[str, float]
    weight: float = 1.0
    shares: Mapping[str, float] = field(default_factory=dict)
    source: str = ""

    def weighs(self, head: str) -> float:
        """Return how much the text weighs for `head`."""
        return self.weight * self.shares.get(head, 1.0)


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    """Return the rows of one file of `folder`."""
    from pyarrow import parquet  # noqa: PLC0415 - only where the licensed texts are there

    found: list[dict[str, Any]] = parquet.read_table(folder / f"{name}.parquet").to_pylist()
    return found


def _unasked(text: str, chance: random.Random) -> str:
    """Take the question mark away in half of the cases: people leave it out."""
    return text.replace("?", "").strip() if chance.random() < 0.5 else text


def emotions(folder: Path, chance: random.Random) -> Iterator[Example]:
    """GoEmotions: Reddit comments with 28 emotions."""
    for row in rows(folder, "goemotions"):
        if row["split"] == "test":
            continue
        yield _emotion(row["text"].replace("[NAME]", "Sam"), set(row["labels"]), chance)


def _emotion(text: str, felt: set[str], chance: random.Random) -> Example:
    asks = "?" in text
    labels: dict[str, float] = {"spam": 0, "withdrawal": 0}
    sore, glad = bool(felt & _SORE), bool(felt & _GLAD)
    labels |= {"complaint": 1.0} if sore and not glad else {}
    labels |= (
        {"complaint": 0.0} if not sore and not felt & (_SAD | {"confusion", "surprise"}) else {}
    )
    labels |= {"praise": 1.0, "statement": 0.0} if glad and not sore else {}
    labels |= {"praise": 0.0} if not felt & (_GLAD | _WARM | {"surprise"}) else {}
    if felt & {"curiosity", "confusion"} and asks:
        labels |= {"question": 1.0, "calls": 1.0, "statement": 0.0}
    elif not asks:
        labels["question"] = 0.0
    if felt == {"neutral"} and not asks:
        labels |= {"statement": 1.0, "calls": 0.0}
    if glad and not asks and not sore:
        labels["calls"] = 0.0
    labels |= _feeling(felt, sore=sore, glad=glad)
    return Example(_unasked(text, chance) if asks else text, "en", labels, 0.5, _ANGER)


def _feeling(felt: set[str], *, sore: bool, glad: bool) -> dict[str, float]:
    bad, good = sore or bool(felt & _SAD), glad or bool(felt & _WARM)
    if bad == good and felt != {"neutral"}:
        return {}
    return {"negative": float(bad and not good), "positive": float(good and not bad)}


def sentences(folder: Path, chance: random.Random) -> Iterator[Example]:
    """Tatoeba: sentences in six languages; their last mark says whether they ask."""
    english = 0
    for row in rows(folder, "tatoeba-112-languages"):
        language = LANGUAGES.get(row["language"])
        if language is None or (language == "en" and (english := english + 1) > 14_000):
            continue
        text, asks = row["text"], row["text"].rstrip().endswith("?")
        labels = {"question": float(asks), "spam": 0.0, "calls": float(asks), "withdrawal": 0.0}
        labels |= {"complaint": 0.0} if asks or chance.random() < 0.5 else {}
        labels |= {"statement": float(not asks)} if asks or text.endswith(".") else {}
        text = (
            _unasked(text, chance) if asks else text.rstrip(".") if chance.random() < 0.5 else text
        )
        yield Example(text, language, labels, 0.25 if language == "en" else 1.0)


def commands(folder: Path, chance: random.Random) -> Iterator[Example]:
    """CLINC150: what people ask a voice assistant, nearly all questions or requests."""
    for row in rows(folder, "clinc150"):
        if row["intent"] in ("thank_you", "goodbye", "yes", "no", "greeting"):
            closes = float(row["intent"] in ("thank_you", "goodbye"))
            yield Example(row["text"], "en", {"closer": closes, "spam": 0.0, "calls": 0.0}, 0.5)
        elif chance.random() < 0.35:
            asks = float(_PRICE.match(row["text"]) is not None)
            labels = {"spam": 0.0, "calls": 1.0, "complaint": 0.0, "withdrawal": 0.0, "statement": 0.0,
                      "praise": 0.0, "closer": 0.0}  # fmt: skip
            if asks or _ORDER.match(row["text"]):
                labels["question"] = asks
            yield Example(row["text"], "en", labels, 0.4)


def bank(folder: Path, chance: random.Random) -> Iterator[Example]:
    """Banking77: what customers of a bank write, by 77 reasons; all call for an answer."""
    for row in rows(folder, "banking77"):
        text, intent = row["text"], row["intent"].lower()
        labels = {
            "calls": 1.0,
            "spam": 0.0,
            "praise": 0.0,
            "statement": 0.0,
            "closer": 0.0,
            "withdrawal": 0.0,
        }
        if any(word in intent for word in _WRONG):
            labels["complaint"] = 1.0
        elif not any(word in intent for word in _OPEN):
            labels["complaint"] = 0.0
        if "?" in text:
            labels["question"] = 1.0
        yield Example(_unasked(text, chance) if "?" in text else text, "en", labels, 0.5)


def spam(folder: Path, youtube: Path) -> Iterator[Example]:
    """SMS Spam Collection and YouTube comments: spam or not, nothing else."""
    for row in rows(folder, "sms-spam")[1:]:  # the first is the original's heading
        yield _spam(row["text"], is_spam=row["label"] == "spam")
    for row in rows(youtube.parent, youtube.stem):
        yield _spam(row["CONTENT"], is_spam=int(row["CLASS"]) == 1)


def _spam(text: str, *, is_spam: bool) -> Example:
    calm = {
        "spam": 1.0,
        "calls": 0.0,
        "statement": 0.0,
        "closer": 0.0,
        "withdrawal": 0.0,
        "story": 0.0,
    }
    return Example(text, "en", calm if is_spam else {"spam": 0.0}, 1.0 if is_spam else 0.7)


def tweets(folder: Path) -> Iterator[Example]:
    """German tweets (GermEval 2018) and Mozambican ones in Portuguese (AfriSenti): tone, and no spam."""
    for row in rows(folder, "germeval2018-offensive"):
        if str(row["label"]).upper().startswith("OFF"):
            yield Example(
                row["text"],
                "de",
                {"negative": 1.0, "positive": 0.0, "praise": 0.0, "spam": 0.0},
                0.5,
            )
        else:
            yield Example(row["text"], "de", {"spam": 0.0}, 0.5)
    for row in rows(folder, "afrisenti"):
        if row["language"] == "por":
            sad, glad = row["label"] == "negative", row["label"] == "positive"
            yield Example(
                row["text"],
                "pt",
                {"negative": float(sad), "positive": float(glad), "spam": 0.0},
                0.5,
            )
