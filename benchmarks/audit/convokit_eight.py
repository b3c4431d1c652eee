"""Peer: the eight measures with ConvoKit, the field's toolkit for conversations, over the same files.

ConvoKit builds a corpus of utterances and threads and offers no such measures of its own; what
follows uses its objects the way its documentation does. Runs in an environment of its own.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

import duckdb
from convokit import Corpus, Speaker, Utterance

DAY = 86_400_000_000


def main(folder: Path) -> None:
    """Print the figures as JSON."""
    corpus, whose = load(folder)
    json.dump(measure(corpus, whose), sys.stdout)


def load(folder: Path) -> tuple[Corpus, dict[str, str]]:
    """Return the corpus and which speaker belongs to which organisation."""
    db = duckdb.connect(config={"threads": 2})
    rows = db.execute(
        "select p.post, p.author, p.text, coalesce(p.parent, -1), t.thread, p.said_at, p.shared is not null "
        f"from read_parquet('{folder}/posts/*.parquet') p "
        f"join read_parquet('{folder}/threads/*.parquet') t on t.post = p.post"
    )
    speakers: dict[int, Speaker] = {}
    utterances = []
    while batch := rows.fetchmany(50_000):
        for post, author, text, parent, thread, said_at, shared in batch:
            speaker = speakers.setdefault(author, Speaker(id=str(author)))
            utterances.append(
                Utterance(
                    id=str(post),
                    speaker=speaker,
                    conversation_id=str(thread),
                    reply_to=None if parent == -1 else str(parent),
                    timestamp=said_at,
                    text=text,
                    meta={"shared": shared},
                )
            )
    owners = db.execute(
        f"select account, organisation from read_parquet('{folder}/organisations/*.parquet')"
    ).fetchall()
    return Corpus(utterances=utterances), {str(account): name for account, name in owners}


def measure(corpus: Corpus, whose: dict[str, str]) -> dict[str, float]:
    """Return all figures by organisation and measure."""
    own: dict[str, list[Utterance]] = defaultdict(list)
    answers: dict[tuple[str, str], list[int]] = defaultdict(list)
    for said in corpus.iter_utterances():
        organisation = whose.get(said.speaker.id)
        if organisation is not None:
            own[organisation].append(said)
            if said.reply_to is not None:
                answers[organisation, said.reply_to].append(said.timestamp)
    by_id = {said.id: organisation for organisation, posts in own.items() for said in posts}
    heard: dict[str, list[Utterance]] = defaultdict(list)
    for said in corpus.iter_utterances():
        if said.reply_to in by_id and said.speaker.id not in whose:
            heard[by_id[said.reply_to]].append(said)
    figures: dict[str, float] = {}
    for name, posts in own.items():
        figures |= {
            f"{name}/{measure}": value
            for measure, value in of_one(name, posts, heard[name], answers).items()
        }
    return figures


def of_one(
    name: str,
    posts: list[Utterance],
    heard: list[Utterance],
    answers: dict[tuple[str, str], list[int]],
) -> dict[str, float]:
    """Return the eight figures of one organisation."""
    originals = [p for p in posts if p.reply_to is None and not p.meta["shared"]]
    replies = [p for p in posts if p.reply_to is not None]
    asked = [h for h in heard if "?" in h.text]
    waits = [
        min(answers[name, h.id]) - h.timestamp if answers.get((name, h.id)) else None for h in asked
    ]
    known = sorted(w for w in waits if w is not None)
    below = {h.reply_to for h in heard}
    people: dict[str, bool] = defaultdict(bool)
    for said in heard:
        people[said.speaker.id] |= (name, said.id) in answers
    sessions = in_sessions(posts)
    loud = [s for s in sessions if any(p.reply_to is None and not p.meta["shared"] for p in s)]
    return {
        "reply_share": len(replies) / (len(replies) + len(originals)),
        "response_rate": sum(w is not None and w <= 3 * DAY for w in waits) / max(len(asked), 1),
        "response_median": known[(len(known) - 1) // 2] / 60_000_000 if known else 0.0,
        "unanswered_questions": sum(w is None for w in waits),
        "repetition": 1 - len({p.text.lower() for p in originals}) / max(len(originals), 1),
        "silent_sessions": sum(all(p.reply_to is None for p in s) for s in loud)
        / max(len(loud), 1),
        "left_alone": sum(p.id not in below for p in originals) / max(len(originals), 1),
        "reciprocity": sum(people.values()) / max(len(people), 1),
    }


def in_sessions(posts: list[Utterance]) -> list[list[Utterance]]:
    """Return the posts in runs without a gap of over half an hour."""
    runs: list[list[Utterance]] = []
    for said in sorted(posts, key=lambda p: (p.timestamp, int(p.id))):
        if runs and said.timestamp - runs[-1][-1].timestamp <= 1_800_000_000:
            runs[-1].append(said)
        else:
            runs.append([said])
    return runs


if __name__ == "__main__":
    main(Path(sys.argv[1]))
