"""What is said of posts that were counted: of none of them, of one or some, and of all."""

from dataclasses import dataclass
from typing import Final

from twoway.audit.saying import forms, marked


@dataclass(frozen=True, slots=True)
class Counted:
    """Templates of a share: `none` and `every` of `{n}`, `some` where `{n}` of `{all}` were found."""

    none: str
    some: tuple[str, str]
    every: str


INVITED: Final = Counted(
    marked("None of {n} posts asks readers anything"),
    forms("{n} of {all} posts asks readers anything", "{n} of {all} posts ask readers something"),
    marked("All {n} posts ask readers something"),
)
SELLING: Final = Counted(
    marked("None of {n} posts sells or announces"),
    forms("{n} of {all} posts sells or announces", "{n} of {all} posts sell or announce"),
    marked("All {n} posts sell or announce"),
)
SENTENCES: Final = {
    "reply_share": Counted(
        marked("None of {n} posts answers anyone"),
        forms("{n} of {all} posts answers anyone", "{n} of {all} posts answer anyone"),
        marked("All {n} posts answer anyone"),
    ),
    "response_rate": Counted(
        marked("None of {n} questions, complaints and requests was answered within three days"),
        forms(
            "{n} of {all} questions, complaints and requests was answered within three days",
            "{n} of {all} questions, complaints and requests were answered within three days",
        ),
        marked("All {n} questions, complaints and requests were answered within three days"),
    ),
    "answered_within_hour": Counted(
        marked("None of {n} who asked heard back within the hour"),
        forms(
            "{n} of {all} who asked heard back within the hour",
            "{n} of {all} who asked heard back within the hour",
        ),
        marked("All {n} who asked heard back within the hour"),
    ),
    "answers_under_own_posts": Counted(
        marked("None of {n} comments that called for an answer got one below its own posts"),
        forms(
            "{n} of {all} comments that called for an answer got one below its own posts",
            "{n} of {all} comments that called for an answer got one below its own posts",
        ),
        marked("All {n} comments that called for an answer got one below its own posts"),
    ),
    "unprompted_comments": Counted(
        marked("None of {n} posts joins in where nobody had asked for it"),
        forms(
            "{n} of {all} posts joins in where nobody had asked for it",
            "{n} of {all} posts join in where nobody had asked for it",
        ),
        marked("All {n} posts join in where nobody had asked for it"),
    ),
    "sharing_others": Counted(
        marked("None of {n} posts shares or quotes somebody else"),
        forms(
            "{n} of {all} posts shares or quotes somebody else",
            "{n} of {all} posts share or quote somebody else",
        ),
        marked("All {n} posts share or quote somebody else"),
    ),
    "link_only": Counted(
        marked("None of {n} posts is little more than a link"),
        forms(
            "{n} of {all} posts is little more than a link",
            "{n} of {all} posts are little more than a link",
        ),
        marked("All {n} posts are little more than a link"),
    ),
    "repeated_content": Counted(
        marked("None of {n} posts repeats an earlier one"),
        forms("{n} of {all} posts repeats an earlier one", "{n} of {all} posts repeat an earlier one"),
        marked("All {n} posts repeat an earlier one"),
    ),
    "canned_replies": Counted(
        marked("None of {n} replies comes from a template"),
        forms("{n} of {all} replies comes from a template", "{n} of {all} replies come from a template"),
        marked("All {n} replies come from a template"),
    ),
    "monologue": Counted(
        marked("None of {n} posts names nobody, quotes nobody and asks nothing"),
        forms(
            "{n} of {all} posts names nobody, quotes nobody and asks nothing",
            "{n} of {all} posts name nobody, quote nobody and ask nothing",
        ),
        marked("All {n} posts name nobody, quote nobody and ask nothing"),
    ),
    "named_people": Counted(
        marked("Nobody signs: none of {n} replies carries a name"),
        forms("{n} of {all} replies carries a person’s name", "{n} of {all} replies carry a person’s name"),
        marked("All {n} replies carry a person’s name"),
    ),
    "taken_private": Counted(
        marked("None of {n} answers to complaints moves the talk out of sight"),
        forms(
            "{n} of {all} answers to complaints moves the talk out of sight",
            "{n} of {all} answers to complaints move the talk out of sight",
        ),
        marked("All {n} answers to complaints move the talk out of sight"),
    ),
    "members_talk": Counted(
        marked("None of {n} comments under its posts speaks to another member"),
        forms(
            "{n} of {all} comments under its posts speaks to another member",
            "{n} of {all} comments under its posts speak to another member",
        ),
        marked("All {n} comments under its posts speak to another member"),
    ),
}  # fmt: skip
