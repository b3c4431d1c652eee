"""Where to begin: four ways in, and the guide "start small"."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from twoway.desk.channels.models import Channel
from twoway.desk.team import queries as team
from twoway.desk.team.models import Teammate


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to begin; a verb says what its button does."""

    icon: str
    title: str
    words: str
    verb: str
    address: str
    is_post: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of the guide, done or not."""

    title: str
    words: str
    address: str
    is_done: bool


def ways(teammate: Teammate, channels: Sequence[Channel]) -> list[Way]:
    """Return the ways to begin that a teammate may take."""
    look = Way(
        icon="chart-no-axes-column", title=_("Look at any account"), verb=_("Look at an account"),
        words=_("How conversational is it? Yours, a rival’s, one you admire. Public posts are enough."),
        address=reverse("how_we_are_doing") + "#handle",
    )  # fmt: skip
    if teammate.may("admin"):
        return [*_connecting(), look]
    return [_listening(), look] if channels else [look]


def lead(teammate: Teammate, channels: Sequence[Channel]) -> str:
    """Say how many ways there are, or what is still missing."""
    if teammate.may("admin"):
        return _("Four ways to begin. Each takes a few minutes, none binds you.")
    if channels:
        return _("Two ways to begin. Each takes a few minutes, neither binds you.")
    return _("No channel is connected yet. Whoever looks after the desk can do that.")


def _listening() -> Way:
    return Way(
        icon="messages-square", title=_("See who waits"), verb=_("Our turn"),
        words=_("Read what people say to us, and why they stand in this order."),
        address=reverse("our_turn"),
    )  # fmt: skip


def _connecting() -> list[Way]:
    return [
        Way(
            icon="sprout", title=_("Try with people who are not real"),
            words=_(
                "A practice town writes to you: asks, complains, waits, thanks. You learn the desk in "
                "five minutes and nobody is hurt."
            ),
            verb=_("Open the practice network"), address=reverse("practise"), is_post=True,
        ),
        Way(
            icon="plug", title=_("Connect Bluesky"), verb=_("Connect Bluesky"),
            words=_("Read what people say to your account, and answer from here."),
            address=reverse("connect", args=["bluesky"]),
        ),
        Way(
            icon="plug", title=_("Connect Mastodon"), verb=_("Connect Mastodon"),
            words=_("Any server of the fediverse. You say yes there, and can take it back there."),
            address=reverse("connect", args=["mastodon"]),
        ),
    ]  # fmt: skip


def steps(teammate: Teammate, channels: Sequence[Channel]) -> list[Step]:
    """Return the guide with what is done."""
    real = [one for one in channels if one.state != "disconnected"]
    has_goal = any(one.answer_within for one in team.teams_for_observer(teammate))
    described = next((one for one in real if not one.purpose), real[0] if real else None)
    return [
        Step(
            title=_("Connect one channel"), words=_("the one where most people already talk to you"),
            address=reverse("channels"), is_done=bool(real),
        ),
        Step(
            title=_("Say whom it is for"), words=_("one sentence, kept above its figures"),
            address=reverse("channel", args=[described.pk]) if described else reverse("channels"),
            is_done=any(one.purpose for one in real),
        ),
        Step(
            title=_("Invite two colleagues who care"),
            words=_("they need no training, the practice network is enough"),
            address=reverse("team"), is_done=len(team.teammates_for_observer(teammate)) >= 3,
        ),
        Step(
            title=_("Set your hours and a goal you can keep"), words="",
            address=reverse("team"), is_done=has_goal,
        ),
    ]  # fmt: skip
