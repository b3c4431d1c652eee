"""One account's findings in the order people read them: seven questions, under each its findings."""

from collections.abc import Sequence
from dataclasses import dataclass

from twoway.audit import words
from twoway.audit.findings import AccountReport, Figure, Report
from twoway.audit.report.finding import Finding, Told, finding, measures
from twoway.audit.saying import marked, say

_HEARD = marked(
    "What is heard can become action only where it is heard. Whether something was mended cannot "
    "be read from posts."
)
QUESTIONS = (
    ("answers", marked("Does it answer?"), marked("People ask, complain and praise. What comes back?")),
    ("joins", marked("Does it listen and join in?"), marked("Talking with people is more than answering them.")),
    ("posts", marked("What does it put out?"), marked("What a follower gets to read.")),
    ("people", marked("Are there people?"), marked("Whether readers meet somebody, or “the company”.")),
    ("action", marked("Is everybody heard alike?"), _HEARD),
    ("place", marked("Is it the right place, in public?"), marked("Being found, being reachable, staying in the open.")),
    ("further", marked("What else was measured?"), ""),
)  # fmt: skip
# The group "conversation" holds most measures, so it is asked as three questions.
_LISTENING = frozenset({"talk_listen", "unprompted_comments", "sharing_others", "invitation"})
_POSTING = frozenset(
    {"log_on_routine", "link_only", "repeated_content", "monologue", "volume", "what_posts_do"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One question with its findings, and what could not be found out, with the reason."""

    id: str
    title: str
    about: str
    findings: tuple[Finding, ...]
    unseen: tuple[tuple[str, str], ...]


def chapters(account: AccountReport, report: Report) -> tuple[Chapter, ...]:
    """Return the chapters of an account that have anything to say."""
    grouped: dict[str, list[Figure]] = {}
    for figure in account.measures:
        grouped.setdefault(_question(figure.id), []).append(figure)
    told = Told({post.post for step in account.advice for post in step.evidence[:1]})
    return tuple(
        _chapter(question, grouped[question[0]], account, report, told)
        for question in QUESTIONS
        if question[0] in grouped
    )


def _chapter(
    question: tuple[str, str, str], figures: Sequence[Figure], account: AccountReport, report: Report, told: Told
) -> Chapter:  # fmt: skip
    id_, title, about = question
    seen = [figure for figure in figures if figure.status == "ok"]
    return Chapter(
        id=id_, title=say(title), about=say(about),
        findings=tuple(finding(figure, account, report, told) for figure in seen),
        unseen=_unseen(figures),
    )  # fmt: skip


def _unseen(figures: Sequence[Figure]) -> tuple[tuple[str, str], ...]:
    """Return what could not be found out: names, and the reason they share."""
    reasons: dict[str, list[str]] = {}
    for figure in figures:
        if figure.status != "ok":
            reasons.setdefault(figure.reason, []).append(figure.name)
    return tuple((words.listing(names), reason) for reason, names in reasons.items())


def _question(id_: str) -> str:
    if id_ in _LISTENING:
        return "joins"
    if id_ in _POSTING:
        return "posts"
    if id_ == "response_equity":
        return "action"
    group = measures()[id_].group if id_ in measures() else "further"
    return "answers" if group == "conversation" else group
