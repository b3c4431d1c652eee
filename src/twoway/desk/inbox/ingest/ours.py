"""An account turns out to be ours, or no longer is: what it said is judged anew."""

from functools import partial

from twoway.core.identity import key
from twoway.core.turns.machines import sameness
from twoway.desk import clock
from twoway.desk.channels.queries import our_accounts
from twoway.desk.database import again
from twoway.desk.inbox import hooks
from twoway.desk.inbox.models import Post, Reference, Signal
from twoway.desk.inbox.turning.judging import judge
from twoway.desk.inbox.turning.scope import Asked
from twoway.desk.people.models import Account


def reconsider_ours(organisation: int, network: str) -> int:
    """Bring what is stored to the accounts that are ours now; return how many changed sides.

    Call it after a channel was connected or disconnected, or an account of ours named.
    """
    ours = our_accounts(organisation, network)
    rows = Account.objects.filter(organisation_id=organisation, network=network)
    joined = list(rows.filter(remote_id__among=ours, is_ours=False))
    left = list(rows.filter(is_ours=True).exclude(remote_id__among=ours))
    for account in [*joined, *left]:
        again(partial(_change_sides, account, is_ours=account in joined))
    return len(joined) + len(left)


def _change_sides(account: Account, *, is_ours: bool) -> None:
    organisation, network = account.organisation_id, account.network
    Account.objects.filter(pk=account.pk).update(is_ours=is_ours)
    posts = Post.objects.filter(account=account)
    threads = set(posts.values_list("thread_id", flat=True))
    posts.update(is_ours=is_ours, is_quick=False, is_machine=False, sameness=None)
    if is_ours:
        for number, text in posts.exclude(text="").values_list("pk", "text"):
            words = sameness(text)
            same = key(f"same {network}", words) if words else None
            Post.objects.filter(pk=number).update(sameness=same)
    Signal.objects.filter(
        organisation_id=organisation, network=network, account=account.remote_id
    ).update(is_ours=is_ours)
    names = list(posts.values_list("remote_id", flat=True))
    leading = Reference.objects.filter(
        organisation_id=organisation, network=network, target__among=names
    )
    threads |= set(leading.values_list("post__thread_id", flat=True))
    asked = Asked(dict.fromkeys(threads))
    if asked:
        done = judge(organisation, network, asked, clock.now())
        hooks.announce(organisation, sorted(done.conversations))
