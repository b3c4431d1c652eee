"""Reports as an audit would find them, made by hand: every state a figure can be in, invented people."""

from dataclasses import replace

from twoway.audit.findings import (
    AccountReport,
    Band,
    Change,
    CoverageLine,
    Evidence,
    Figure,
    Glance,
    Profile,
    Report,
    Step,
    TakenFor,
    Verdict,
)  # fmt: skip
from twoway.audit.statistics import wilson

HOUR = 3_600_000_000
DAY = 24 * HOUR
BEGINS = 1_767_225_600_000_000  # 1 January 2026
ENDS = BEGINS + 90 * DAY - HOUR - 1
LONG = (
    "I ordered the waxed jacket on 12 February as a present for my father, paid for the express delivery, and have since "
    "written two mails and left one message on your answering machine. The tracking page still says that the label was "
    "printed. His birthday was yesterday. I do not mind that things go wrong, they do everywhere, but I would like to "
    "know whether it is on its way, lost, or was never packed at all, so that I can decide what to tell him. Could "
    "somebody look at order 20418 today, please?"
)
ARABIC = "متى يصل طلبي؟ رقم الطلب ٢٠٤١٨ ولم يرد أحد على رسالتي منذ أسبوع."
CHINESE = "请问这双靴子可以换大一号吗？我上周已经发过消息了。"
_SAID = (
    ("mira.holt", LONG, "open for 41 days"),
    ("tomasz_w", "Is the Leeds shop open on Good Friday?", "open for 12 days"),
    ("layla.h", ARABIC, "open for 9 days"),
    ("chen_wei", CHINESE, "open for 6 days"),
    ("bo", "🥺", "open for 4 days"),
)


_TAKEN = (
    (TakenFor(kind="complaint", certainty=0.83, why=("express", "still", "answering")), TakenFor(kind="question", certainty=0.71, why=("could", "?"))),
    (TakenFor(kind="question", certainty=0.96, why=("?", "open")),),
    (TakenFor(kind="unsure", certainty=0.5, why=("طلبي",)),),
    (TakenFor(kind="question", certainty=1.0, is_decided=True),),
    (),
)  # fmt: skip


def said(number: int = 0, *, ours: bool = False, text: str = "", note: str = "") -> Evidence:
    """Return a post: one of the five above, or a given one of ours."""
    author, words, why = _SAID[number % 5]
    post = 7_000_000_000_000_000_000 + number
    return Evidence(
        post=post, address=f"https://social.example/@{'harbourandpine' if ours else author}/{post}",
        author="harbourandpine" if ours else author, said_at=ENDS - (41 - 7 * (number % 5)) * DAY,
        text=text or words, note=note or ("" if ours else why), is_ours=ours,
        taken_for=() if ours or text else _TAKEN[number % 5],
    )  # fmt: skip


def share(id_: str, name: str, hits: int, n: int, **more) -> Figure:
    """Return a share as the shape of shares makes it."""
    if n < 5:
        return Figure(id=id_, name=name, unit="share", n=n, hits=hits, status="too_little_data",
                      reason=f"{n} observations, and it takes five.")  # fmt: skip
    low, high = wilson(hits, n)
    return Figure(
        id=id_, name=name, unit="share", value=hits / n, n=n, hits=hits, low=low, high=high, **more
    )


def plain(id_: str, name: str, unit: str, value: float | None = None, n: int = 0, **more) -> Figure:
    return Figure(id=id_, name=name, unit=unit, value=value, n=n, **more)


def unseen(id_: str, name: str, reason: str, unit: str = "share") -> Figure:
    return Figure(id=id_, name=name, unit=unit, status="not_observable", reason=reason)


def band(label: str, meaning: str, source: str, year: str, lower=None, upper=None, **more) -> Band:
    return Band(
        label=label, meaning=meaning, source=source, year=year, lower=lower, upper=upper, **more
    )


THEIRS = tuple(said(number) for number in range(5))
OURS = (
    said(
        0,
        ours=True,
        text="The spring collection is here. Shop now: https://harbourandpine.example/spring",
    ),
    said(
        1, ours=True, text="20 % off all rainwear until Sunday. https://harbourandpine.example/sale"
    ),
    said(
        2,
        ours=True,
        text="New in: the Skerry boot, in three colours. https://harbourandpine.example/skerry",
    ),
    said(3, ours=True, text="Good morning! ☀️"),
)
SHARED_BAND = band(
    "broadcast",
    "replies among originals, replies and quotes",
    "limits set by this project",
    "2026",
    None,
    0.05,
)


def measures() -> tuple[Figure, ...]:
    """Return all measures of a shop that posts a lot and answers little."""
    return (
        share("reply_share", "Reply share", 41, 1204, band=SHARED_BAND, evidence=(
            said(0, ours=True, text="@tomasz_w Hi Tomasz, we open at 10. ^Jo"), said(1, ours=True, text="@bo So sorry! Please send us a DM.")),
            series=tuple((f"2026-0{m}", v, n) for m, v, n in ((1, 0.05, 400), (2, 0.031, 402), (3, 0.02, 402)))),
        plain("talk_listen", "Talking and listening", "ratio", parts=(
            plain("outsiders_per_original", "People spoken to per original", "ratio", 0.032, 1130, text="36 : 1,130"),
            plain("received_per_given", "Replies received per reply given", "ratio", 43.2, 41, text="1,771 : 41"))),
        share("response_rate", "Response rate", 54, 640, bound=(0.071, 0.169), band=band(
            "below the average brand", "answers among all messages", "Sprout Social", "2015", 0.12, None),
            evidence=THEIRS, parts=(
                share("questions", "Questions", 38, 402, evidence=THEIRS[1:3]),
                share("complaints", "Complaints", 9, 190, evidence=THEIRS[:1]),
                share("requests", "Requests", 7, 71),
                share("praise", "Praise, a kind word within 7 days", 61, 210),
                share("without_canned", "Without canned and automatic answers", 22, 640),
                share("within_24h", "Within a day", 31, 652))),
        plain("good_bad_gap", "Good and bad alike", "points", -0.243, 400, low=-0.31, high=-0.176, band=band(
            "complaints are ducked", "difference of the two rates", "limits set by this project", "2026", -0.1, 0.1),
            parts=(plain("median_gap", "Difference of the median times", "minutes", 412.0, 70),)),
        plain("left_unanswered", "Left unanswered", "count", 511, 640, evidence=THEIRS, parts=(
            plain("after_72h", "Still open after three days", "count", 498, 640),
            plain("oldest", "The oldest has waited", "minutes", 83 * 24 * 60, 511))),
        plain("first_response_time", "Time to the first answer", "minutes", None, 640, low=None, high=None,
            text="more than half are still waiting", evidence=THEIRS, parts=(
                plain("median_all", "Half of all who asked", "minutes", None, 640, text="not reached: more than half are still waiting"),
                plain("p90_all", "Nine in ten of all who asked", "minutes", None, 640, text="not reached"),
                plain("median_answered", "Half of those answered", "minutes", 194.0, 54, low=120.0, high=320.0),
                plain("p90_answered", "Nine in ten of those answered", "minutes", 2880.0, 54, low=1900.0, high=4400.0))),
        share("answered_within_hour", "Answered within the hour", 12, 640, parts=(
            share("answered", "Among those answered", 12, 54, band=band(
                "slower than most desks", "among answered; quartiles of 75 brands", "measured on public collections", "2017", 0.41, 0.92)),)),
        plain("response_equity", "Who is answered", "odds", parts=(
            plain("popular_author", "Followers above the median", "odds", 3.1, 640, low=1.7, high=5.6, evidence=THEIRS[:2]),
            plain("other_handles", "Other accounts named as well", "odds", 0.7, 640, low=0.3, high=1.6),
            plain("other_language", "Another language than ours", "odds", 0.08, 640, low=0.005, high=1.3),
            plain("night_weekend", "Nights and weekends", "odds", 0.21, 640, low=0.09, high=0.5))),
        share("answers_under_own_posts", "Answers under own posts", 6, 431, evidence=THEIRS[:3], parts=(
            share("all_comments", "Over all comments", 9, 1771, band=band(
                "between McDonald's and Spotify", "over all comments", "measured on public collections", "2023", 0.009, 0.417)),
            share("no_return_24h", "Posts we never came back to", 388, 402, evidence=OURS[:2]))),
        plain("log_on_routine", "Log on, post, log off", "score", 0.41, 1129, low=0.35, high=0.46, band=band(
            "in bursts", "burstiness of pages; middle half", "measured on Facebook pages", "2016", -0.07, 0.24), parts=(
                share("rapid", "Within 5 minutes of the last", 214, 1129),
                share("silent_sessions", "Visits without an answer", 284, 309, evidence=OURS),
                plain("active_hours", "Hours of the day with posts", "count", 9, 1204))),
        unseen("unprompted_comments", "Joining in elsewhere", "The posts it replied to are not in the collection."),
        share("sharing_others", "Sharing others", 22, 1320, parts=(
            share("family", "Sister accounts", 75, 1320), share("featuring", "What people said to us", 3, 1320))),
        share("link_only", "Only a link", 316, 1130, band=band(
            "more than nine in ten pages", "link-only posts of pages; median 1.8 %", "measured on Facebook pages", "2016", 0.018, 0.15),
            evidence=OURS[:3], parts=(
                share("any_link", "Any link", 1011, 1130), share("own_site", "Link to the own site", 988, 1130))),
        share("repeated_content", "Repeated posts", 131, 1042, evidence=OURS[1:2],
            detail=(("Most repeated", "20 % off all rainwear until Sunday."), ("Dates", "2, 3, 4, 9, 10 and 11 March 2026, and 25 more")),
            parts=(share("exact", "Word for word", 97, 1042, band=band(
                "more than nine in ten pages", "exact repetitions; median 0.6 %", "measured on Facebook pages", "2016", 0.006, 0.051)),)),
        share("canned_replies", "Canned replies", 14, 41, evidence=(said(1, ours=True, text="@bo So sorry! Please send us a DM."),)),
        share("monologue", "Monologue", 1071, 1130, evidence=OURS, band=band(
            "more than the literature's information share", "posts that only inform", "Lovejoy & Saxton", "2012", 0.59, None),
            parts=(share("names_brand", "Names its own brand", 702, 1130),)),
        share("invitation", "Invitations", 58, 1130, evidence=(said(2, ours=True, text="Which coast do you walk on Sundays?"),),
            parts=(share("returned", "Invitations we came back to", 2, 41),)),
        share("named_people", "Signed by a person", 6, 41, parts=(
            plain("signers", "Different people", "count", 2, 41), plain("profile_names", "The profile names people", "text", text="no"),
            share("first_person", "Speaks as I or we", 30, 41))),
        plain("volume", "Volume", "ratio", 12.6, 90, text="12.6 originals a day", parts=(
            share("busiest_hour", "In the busiest hour", 330, 1130), share("heavy_days", "Days over twice the median", 11, 90))),
        share("taken_private", "Taken out of sight", 5, 9, evidence=(said(1, ours=True, text="@bo So sorry! Please send us a DM."),),
            parts=(share("public_outcome", "With a public outcome", 1, 3),)),
        plain("reachability", "Reachability", "text", n=7, parts=tuple(
            plain(id_, name, "text", text=text) for id_, name, text in (
                ("replies_open", "Anybody may reply", "yes"), ("contact", "A way to reach them", "yes"), ("hours", "Hours", "no"),
                ("people", "Names of people", "no"), ("site", "Site linked both ways", "yes"),
                ("biography", "Biography", "yes"), ("messages_open", "Private messages open", "unknown")))),
        unseen("where_people_are", "Where people are", "It takes accounts on several networks; the collection holds one.", "points"),
        share("members_talk", "Members talk with each other", 120, 1771, parts=(
            share("member_answers", "Questions answered by members", 31, 402), share("mutual_pairs", "Pairs who talk both ways", 14, 96))),
        share("core_voices", "Core voices", 610, 1771, parts=(
            plain("regulars", "People present in three weeks or more", "count", 63, 902),
            share("response_regulars", "Answers to regulars", 20, 120), share("response_newcomers", "Answers to newcomers", 0, 3))),
        unseen("change_over_time", "Change over time", "It takes six covered months; the window holds three.", "text"),
        share("what_posts_do", "What posts do", 780, 1130, parts=(
            share("offer", "Offer or sale", 402, 1130), share("launch", "Launch or announcement", 378, 1130),
            share("own_link", "Link to the own site", 231, 1130), share("featuring", "Featuring others", 3, 1130),
            share("question", "Question", 58, 1130), share("daily_life", "Daily life of people", 9, 1130),
            share("information", "Information", 49, 1130))),
    )  # fmt: skip


def audience() -> tuple[Figure, ...]:
    return (
        plain("applause_per_post", "Likes per post", "ratio", 3.1, 1130), plain("amplification_per_post", "Shares per post", "ratio", 0.4, 1130),
        plain("conversation_per_post", "Comments per post", "ratio", 1.6, 1130),
        plain("never_answer", "People who said “you never answer”", "count", 17, 902, evidence=(
            replace(said(1), text="You never answer anyone here, do you?", note=""),)),
    )  # fmt: skip


WHATS = ("own_link", "offer", "offer", "launch", "own_link", "answer", "offer", "own_link", "question", "offer",
         "launch", "own_link", "share", "offer", "information", "own_link", "offer", "launch", "own_link", "offer")  # fmt: skip


def glance(whats=WHATS) -> tuple[Glance, ...]:
    return tuple(
        Glance(post=900 + place, address=f"https://social.example/@harbourandpine/{900 + place}",
               said_at=ENDS - (20 - place) * 9 * HOUR, text=OURS[place % 4].text, what=what)
        for place, what in enumerate(whats)
    )  # fmt: skip


PROFILE = Profile(
    handle="harbourandpine", name="Harbour & Pine", network="mastodon", followers=41_000, following=38,
    biography="Clothes for weather. Since 1974. Shop our collections below.", site="https://harbourandpine.example",
)  # fmt: skip
VERDICT = Verdict(
    name="notworking", firm=True, rule="2a", sentence="@harbourandpine talks to itself: 41 of 1,204 posts answer anyone.",
    reasons=(
        "41 of 1,204 posts answer anyone (3.4 %); below 5 % is broadcasting, a limit of this project.",
        "54 of 640 questions, complaints and requests were answered within three days (8.4 %); brands answered 12 % on average (Sprout 2015).",
        "6 of 431 comments under its own posts that called for an answer got one within three days (1.4 %); below 5 % nobody is heard.",
    ),
)  # fmt: skip
STEPS = (
    Step(do="Answer these five first", why="511 questions and complaints have been open for more than a day; the oldest for 83 days. Begin with the newest, who can still be helped.",
         figure="left_unanswered", evidence=THEIRS),
    Step(do="Come back to the posts that people comment on", why="Under 388 of 402 commented posts nobody of yours came back within a day.",
         figure="answers_under_own_posts", evidence=OURS[:2]),
    Step(do="Say it, or move it to a feed", why="316 of 1,130 posts are little more than a link; people who want those take a feed or a newsletter.",
         figure="link_only", evidence=OURS[:3]),
)  # fmt: skip
COVERAGE = tuple(
    CoverageLine(stream=stream, begins=BEGINS, ends=ENDS, state=state, how=how)
    for stream, state, how in (
        ("originals", "complete", "the archive holds every post of its owner"), ("replies", "complete", "the archive holds every post of its owner"),
        ("shares", "complete", "the archive holds every post of its owner"), ("likes", "no", ""), ("comments", "sampled", "from a search, one in two"),
        ("mentions", "no", ""), ("quotes", "no", ""), ("profile", "complete", "read with the posts"))
)  # fmt: skip


def account(**more) -> AccountReport:
    """Return the shop that posts a lot and answers little."""
    made = AccountReport(
        organisation="harbourandpine", profiles=(PROFILE,), begins=BEGINS, ends=ENDS, own_posts=1320, coverage=COVERAGE,
        glance=glance(), verdict=VERDICT, advice=STEPS, measures=measures(), audience=audience(),
    )  # fmt: skip
    return replace(made, **more)


def rival(number: int, *, talks: bool, is_peer: bool = True) -> AccountReport:
    """Return another shop with fewer figures."""
    handle = (
        "saltmarsh",
        "fellandfern",
        "northgate_outfitters",
        "kittiwake.supply",
        "brackenandsons",
        "tarnhows",
    )[number % 6]
    handle = handle if number < 6 else f"{handle}{number}"
    replies = 300 + 20 * number if talks else 4 + number
    verdict = Verdict(
        name="networking" if talks else "mixed", firm=talks, rule="3" if talks else "4",
        sentence=f"@{handle} talks with people: it answers 88.9 % of questions within three days." if talks
        else f"@{handle} answers now and then: {replies} of {400 + replies} posts answer anyone.",
        reasons=("40 of 45 questions were answered within three days (88.9 %; 65 % is enough).",),
    )  # fmt: skip
    figures = (
        share("reply_share", "Reply share", replies, 400 + replies, band=SHARED_BAND),
        share("response_rate", "Response rate", 40 if talks else 9, 45),
        plain("first_response_time", "Time to the first answer", "minutes", 62.0 + 30 * number if talks else None, 45, text="",
              parts=(plain("median_answered", "Half of those answered", "minutes", 41.0 + 30 * number, 40, low=30.0, high=90.0 + 30 * number),)),
        share("monologue", "Monologue", 100 + 12 * number, 420),
        share("named_people", "Signed by a person", 30 * talks, max(replies, 30)),
        share("link_only", "Only a link", 12 + number, 420),
    )  # fmt: skip
    whats = (
        ("answer", "answer", "question", "share", "daily_life")
        if talks
        else ("own_link", "information", "offer", "answer")
    )
    return AccountReport(
        organisation=handle, profiles=(replace(PROFILE, handle=handle, name=handle.title(), followers=900 * (number + 1)),),
        begins=BEGINS, ends=ENDS, own_posts=420, coverage=COVERAGE, verdict=verdict, advice=STEPS[:1] if not is_peer else (), measures=figures,
        glance=glance(tuple(whats[place % len(whats)] for place in range(20))), is_peer=is_peer,
    )  # fmt: skip


def report(*accounts: AccountReport, **more) -> Report:
    made = Report(
        engine="duckdb", model="rules 1", made_at=ENDS + 2 * DAY, window="90d", zone="Europe/Dublin", accounts=accounts,
        notes=("Comments are a sample, so what is said to the account is known in part.",),
    )  # fmt: skip
    return replace(made, **more)


def with_peers(count: int = 4) -> Report:
    return report(account(), *(rival(number, talks=number % 2 == 0) for number in range(count)))


def many(count: int = 5) -> Report:
    return report(
        account(),
        *(rival(number, talks=number % 2 == 0, is_peer=False) for number in range(count - 1)),
    )


def trend() -> Figure:
    """Return the figure of seven months: one share that rises, one time without clear trend."""
    months = ("2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03")
    shares, times = (
        (0.02, 0.031, 0.03, 0.045, 0.06, 0.071, 0.09),
        (300.0, 190.0, 410.0, None, 95.0, 240.0, 260.0),
    )
    since = plain("change", "Since 1 January 2026", "points", 0.042, 2100, low=0.03, high=0.055)
    return plain("change_over_time", "Change over time", "odds", parts=(
        plain("reply_share", "Reply share", "odds", 1.28, 2800, low=1.2, high=1.36, text="odds rise by 28 % a month", parts=(since,),
              series=tuple((month, value, 400) for month, value in zip(months, shares, strict=True))),
        plain("first_response_time", "First response time", "minutes", -4.0, 310, low=-60.0, high=44.0, text="no clear trend",
              series=tuple((month, value, 44) for month, value in zip(months, times, strict=True))),
    ))  # fmt: skip


def changed() -> Report:
    change = Change(id="reply_share", before=0.09, after=0.034, low=-0.08, high=-0.03, comparable=True,
                    sentence="Reply share fell from 9 % to 3.4 % (by 3 to 8 points).")  # fmt: skip
    other = Change(id="monologue", before=0.8, after=0.948, low=None, high=None, comparable=False,
                   sentence="Monologue cannot be compared: posts were read by rules 0 then and by rules 1 now.")  # fmt: skip
    then = Change(id="verdict", before=None, after=None, low=None, high=None, comparable=True,
                  sentence="1 October to 31 December 2025: @harbourandpine answers now and then: 108 of 1,200 posts answer anyone.")  # fmt: skip
    measured = tuple(trend() if one.id == "change_over_time" else one for one in measures())
    return report(account(changes=(then, change, other), measures=measured))


def nothing() -> Report:
    """Return a report about an account of which hardly anything is known."""
    verdict = Verdict(name="too_little_data", firm=None, rule="1", sentence="Too little to judge @quiet: 3 posts and replies in this window.",
                      reasons=("A verdict needs at least 10 posts and replies of its own; there are 3.",))  # fmt: skip
    bare = (
        share("reply_share", "Reply share", 0, 3),
        unseen("response_rate", "Response rate", "What people say to it is not in the collection."),
    )
    return report(account(
        organisation="quiet", profiles=(Profile(handle="quiet", name="", network="bluesky"),), own_posts=3, coverage=(),
        glance=glance()[:3], verdict=verdict, advice=(), measures=bare, audience=(),
    ), notes=())  # fmt: skip


EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'{{7*7}} [bold red]x[/] | `code` **b**"
HANDLE = "a" * 240


def hostile() -> Report:
    """Return a report in which every text from outside tries to break out."""
    bad = Evidence(
        post=1,
        address="javascript:alert(1)",
        author=EVIL,
        said_at=ENDS,
        text=f"{EVIL}\n\x1b[31mred\x07\u202egnp.exe\u2066",
        note=EVIL,
    )
    spaced = replace(
        bad, post=2, address='https://social.example/" onmouseover="alert(1)', author="\u202eevil"
    )
    data = replace(
        bad,
        post=3,
        address="data:text/html,<script>alert(1)</script>",
        author=HANDLE,
        text="x" * 5000,
    )
    verdict = replace(VERDICT, sentence=f"@{EVIL} talks to itself.", reasons=(EVIL,))
    profile = Profile(
        handle=HANDLE, name=EVIL, network=EVIL, biography=EVIL, site="javascript:alert(1)"
    )
    figures = (
        share("reply_share", EVIL, 3, 50, evidence=(bad, spaced, data), reason=EVIL, detail=((EVIL, EVIL),),
              band=band(EVIL, EVIL, EVIL, EVIL, 0.1, 0.2)),
        unseen(EVIL, EVIL, EVIL),
        plain("unknown_measure", EVIL, "text", text=EVIL),
    )  # fmt: skip
    strip = (Glance(post=1, address="javascript:alert(1)", said_at=ENDS, text=EVIL, what="answer"),
             Glance(post=2, address=None, said_at=ENDS, text="", what="not a class"))  # fmt: skip
    return report(account(
        organisation=EVIL, profiles=(profile,), verdict=verdict, measures=figures, glance=strip,
        advice=(Step(do=EVIL, why=EVIL, figure=EVIL, evidence=(bad,)),),
        coverage=(CoverageLine(stream=EVIL, begins=None, ends=None, state="no", how=EVIL),),
    ), notes=(EVIL,), model=EVIL)  # fmt: skip
