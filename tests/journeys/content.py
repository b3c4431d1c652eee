"""What a desk sees on a long day, for looking at pages: run with the desk's settings.

A post of 500 characters, one emoji, Arabic, Chinese, German, a person without a name, a thread of 400
posts, a private message, a picture and a face, a network that is down.
"""

import struct
import zlib
from dataclasses import replace

from twoway.collection.records import Record
from twoway.core.accounts import Account
from twoway.core.posts import Media, Mention, Post
from twoway.desk.channels import services as channels
from twoway.desk.channels.models import Channel
from twoway.desk.clock import DAY, HOUR, MINUTE, now
from twoway.desk.inbox import services as inbox
from twoway.desk.inbox.ingest import receive
from twoway.desk.inbox.models import Conversation
from twoway.desk.inbox.models import Post as Stored
from twoway.desk.people import services as people
from twoway.desk.pictures import services as pictures
from twoway.desk.pictures.queries import face_for_observer, picture_of_post_for_observer
from twoway.desk.team import services as team
from twoway.desk.team.models import Teammate

LONG = (
    "I have now taken the 12 from Harbour Street every morning for eleven years, and since the new "
    "timetable it has come on time exactly twice. Yesterday my daughter waited forty minutes in the rain "
    "with a broken ankle, the display said “due” all the while, and when a bus came it drove past because "
    "it was full. I wrote to you on Tuesday and again on Thursday and nobody has said a word. I am not "
    "asking for a voucher. I am asking whether anybody reads this, and what you will do about the 12?"
)
PEOPLE = {
    "mira": ("Mira Okafor", "Radio journalist. Buses, bees, Bach.", 41_000),
    "tomas": ("Tomás Rivera", "", 310),
    "layla": ("ليلى حداد", "", 1_250),
    "xiaoming": ("王小明", "", 88),
    "gravel_and_rain": ("", "", 12),
    "pia": ("Pia Lindqvist", "", 540),
    "kulturhaus": ("Kulturhaus Velmouth", "Konzerte, Kino, Kuchen.", 6_300),
}
SAYS = [
    (
        "tomas",
        5.2,
        "¿El autobús 7 para hoy en la estación central? La web dice que sí y el conductor que no.",
    ),
    ("layla", 3.1, "هل يمكنني السفر مع دراجتي في حافلة الصباح؟ لم أجد شيئًا على موقعكم."),
    ("xiaoming", 2.4, "请问周日早上六点以前有去机场的巴士吗？我带着两个大箱子。"),
    ("gravel_and_rain", 1.6, "Card reader on the 31 is broken again. When will it work?"),
    ("pia", 0.9, "😡"),
    (
        "kulturhaus",
        0.2,
        "Könnt ihr am 3. Dezember bis Mitternacht fahren? Wir rechnen mit 600 Leuten.",
    ),
]


def fill() -> None:
    """Let it all come in, and let colleagues do something about it."""
    ana = Teammate.objects.get(role="admin")
    channel = channels.connect(ana, "practice", _us(ana, "larkway"))
    channels.describe(
        ana, channel.pk, purpose="For passengers between two buses: what runs, and who listens."
    )
    Channel.objects.filter(pk=channel.pk).update(succeeded_at=now(), connected_at=now() - 60 * DAY)
    receive(channel, list(_records()))
    down = channels.connect(ana, "mastodon", _us(ana, "larkway@fedi.example", "mastodon"))
    receive(down, list(_with_a_picture(down.remote_id)))
    _fetch_pictures()
    channels.report(down, "reconnect", "Mastodon no longer accepts our key.")
    late = channels.connect(ana, "bluesky", _us(ana, "larkway.example", "bluesky"))
    channels.report(late, "trouble", "Bluesky does not answer.")
    night = team.keep_team(
        ana, None, name="Passengers", time_zone="Europe/Berlin", answer_within=240,
        hours=[[day, 480, 1080] for day in range(7)],
    )  # fmt: skip
    team.put_in_team(ana, ana.pk, night.pk)
    _colleagues(ana)


def _us(ana: Teammate, handle: str, network: str = "practice") -> Account:
    return Account(network=network, id=f"us-{handle}", handle=handle, name=ana.organisation.name)


def _records() -> list[Record]:
    at = now()
    found: list[Record] = [
        Account(
            network="practice", id=handle, handle=handle, name=name, biography=told or None,
            followers=followers, observed_at=at,
        )
        for handle, (name, told, followers) in PEOPLE.items()
    ]  # fmt: skip
    found += [
        Account(
            network="practice",
            id=f"member{n}",
            handle=f"rider_{n}",
            name=f"Rider {n}",
            observed_at=at,
        )
        for n in range(110)
    ]
    found += _long_thread(at)
    found += [
        _said(f"short-{who}", who, at - int(hours * HOUR), f"@larkway {words}")
        for who, hours, words in SAYS
    ]
    private = _said(
        "private", "tomas", at - 20 * MINUTE, "Hi Ana, I sent you my ticket number, did it arrive?"
    )
    return [*found, _changed(private, visibility="private", nesting="chat", root="chat-tomas")]


def _long_thread(at: int) -> list[Record]:
    """Four hundred posts below an announcement of ours, Mira's complaint among them."""
    us = "us-larkway"
    found = [
        _said(
            "root",
            us,
            at - 5 * DAY,
            "From Monday the 12 runs every ten minutes. Tell us how it goes.",
        )
    ]
    asked = "@larkway the 12 did not come at 7:10, 7:20 or 7:30. Is it running today?"
    found.append(_said("mira-1", "mira", at - 120 * HOUR, asked, below="root"))
    ours = "Sorry, Mira. Two buses broke down this morning. The 7:50 is on its way. – Pedro"
    found.append(_said("ours-1", us, at - 118 * HOUR, ours, below="mira-1"))
    picture = Media("image", "the stop at Harbour Street in the rain, the display says “12 due”")
    found.append(
        _changed(_said("mira-2", "mira", at - 51 * HOUR, LONG, below="ours-1"), media=(picture,))
    )
    for n in range(396):
        # Twenty long branches, as below a post that many people share.
        who, below = f"member{n % 110}", "root" if n % 20 == 0 else f"talk-{n - 1}"
        words = f"I take the 12 from stop number {n} every day."
        found.append(_said(f"talk-{n}", who, at - 4 * DAY + n * MINUTE, words, below=below))
    return list(found)


def _with_a_picture(us: str) -> list[Record]:
    """Return what somebody with a face says on Mastodon, a picture beside it."""
    at, place = now() - 7 * HOUR, "https://fedi.example"
    shown = Media("image", "a lift with a red sign: out of order", f"{place}/lift.png")
    words = "@larkway is the lift at Harbour Square working? This is from just now."
    return [
        Account(
            network="mastodon", id="jo", handle="jo@fedi.example", name="Jo Thorsen", followers=77,
            avatar=f"{place}/jo.png", observed_at=at,
        ),
        Post(
            network="mastodon", id="lift", author="jo", said_at=at, text=words, observed_at=at,
            mentions=(Mention(us),), media=(shown,),
        ),
    ]  # fmt: skip


def _fetch_pictures() -> None:
    """Keep what a worker would have fetched: a calm blue square."""
    ana = Teammate.objects.get(role="admin")
    lift = Stored.objects.get(remote_id="lift")
    pictures.ask(picture_of_post_for_observer(ana, lift.pk, 0))
    pictures.ask(face_for_observer(ana, lift.account_id))
    for one in pictures.wanted(5):
        assert pictures.keep(one, _blue(240))


def _blue(width: int) -> bytes:
    rows = (b"\0" + b"\x5b\x8f\xb0" * width) * width
    head = struct.pack(">IIBBBBB", width, width, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    )


def _said(name: str, who: str, at: int, text: str, below: str | None = None) -> Post:
    return Post(
        network="practice", id=f"seen-{name}", author=who, said_at=at, text=text, observed_at=at,
        parent=f"seen-{below}" if below else None, root="seen-root" if below else None,
        parent_author="us-larkway" if below in {"root", "ours-1"} else None,
        mentions=(Mention("us-larkway"),) if "@larkway" in text else (),
    )  # fmt: skip


def _changed(post: Post, **fields: object) -> Post:
    return replace(post, **fields)


def _colleagues(ana: Teammate) -> None:
    mira = Conversation.objects.get(person__accounts__remote_id="mira")
    inbox.note(
        ana,
        mira.pk,
        "The depot says the 12 gets two spare buses from Wednesday. No voucher, she says.",
    )
    inbox.tag(ana, mira.pk, "line 12")
    people.note(
        ana, mira.person_id, "Presents “Velmouth in the morning”. Fair, quick, checks facts."
    )
    inbox.keep_view(
        ana, "Complaints in German", {"box": "ours", "kind": "complaint", "language": "de"}
    )
    tomas = Conversation.objects.filter(person__accounts__remote_id="tomas").first()
    if tomas is not None:
        inbox.assign(ana, tomas.pk, ana.pk)
