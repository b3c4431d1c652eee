"""The roles as a page says them: a path that a colleague walks."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from twoway.desk.team.models import ROLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role with its name as a verb, and what it lets one do."""

    value: str
    title: str
    words: str


def roles() -> list[Role]:
    """Return all roles, each may do what those before may, and more."""
    said = {
        "observer": (_("watch"), _("read everything, change nothing")),
        "suggests": (_("suggest"), _("write answers that a colleague sends")),
        "voice": (_("speak"), _("answer in public by name")),
        "approver": (_("read first"), _("let others’ answers go out")),
        "admin": (_("look after the desk"), _("connect channels, invite, set goals")),
    }
    return [Role(value=name, title=said[name][0], words=said[name][1]) for name in ROLES]


def what(role: str) -> str:
    """Say what a role lets one do: "You may write answers that a colleague sends."."""
    words = next(one.words for one in roles() if one.value == role)
    return _("You may %(do)s.") % {"do": words}
