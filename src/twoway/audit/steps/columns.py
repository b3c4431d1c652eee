"""The columns of the tables that the measures share; made once per audit, in this order.

`organisation` is who is audited: one post may address two audited rivals, so it is part of every
identity. Times are microseconds UTC. Merged pieces appear once, as their first piece.
"""

from twoway.core.tables import Column, Table, Type


def _columns(*rows: tuple[str, Type, str]) -> tuple[Column, ...]:
    """Columns; a meaning that ends in "?" may be empty."""
    return tuple(Column(n, t, m.removesuffix("?"), optional=m.endswith("?")) for n, t, m in rows)


WINDOWS = Table("windows", "one audited organisation", ("organisation",), _columns(
    ("organisation", "text", "name"),
    ("begins", "bigint", "first moment of the window, included"),
    ("ends", "bigint", "last moment, included: where the coverage ends, not today"),
    ("zone", "text", "time zone of the account, such as Europe/Dublin"),
    ("language", "text", "commonest language of its own posts?"),
    ("inbound_begins", "bigint", "since when comments received are covered?"),
    ("is_peer", "boolean", "audited only to compare with"),
    ("change_at", "bigint", "local midnight of the date that --change compares before and after?"),
))  # fmt: skip

OURS = Table("ours", "one account of one audited organisation", ("organisation", "account"), _columns(
    ("organisation", "text", "name"),
    ("account", "bigint", "speaks for it"),
))  # fmt: skip

COVERED = Table("covered", "one stream of one audited organisation that is covered", ("organisation", "stream"), _columns(
    ("organisation", "text", "whose stream"),
    ("stream", "text", "core.coverage.STREAMS; one without a row is not covered"),
    ("begins", "bigint", "since when, over all its accounts"),
    ("ends", "bigint", "until when"),
    ("is_complete", "boolean", "everything of that time, or a sample"),
))  # fmt: skip

CALENDAR = Table("calendar", "one local quarter of an hour of all that is covered", ("zone", "slot"), _columns(
    ("zone", "text", "time zone"),
    ("slot", "bigint", "floor(µs / 900,000,000): joins any time to its local calendar"),
    ("day", "text", "local date, 2026-03-29"),
    ("hour", "integer", "local hour, 0 to 23"),
    ("weekday", "integer", "1 Monday to 7 Sunday"),
    ("week", "text", "ISO week, 2026-W13"),
    ("month", "text", "2026-03"),
    ("is_night", "boolean", "22 to 7"),
))  # fmt: skip

PIECES = Table("pieces", "one piece of a post that is written in several", ("piece",), _columns(
    ("piece", "bigint", "a post, the first piece included"),
    ("post", "bigint", "first piece, under which the whole is known"),
))  # fmt: skip

SAID = Table("said", "one post, its pieces merged", ("post",), _columns(
    ("post", "bigint", "first piece"),
    ("author", "bigint", "account"),
    ("said_at", "bigint", "of the first piece"),
    ("deleted_at", "bigint", "when the first piece was deleted?"),
    ("thread", "bigint", "its thread"),
    ("parent", "bigint", "as in posts, as a first piece where we have it?"),
    ("pieces", "integer", "how many posts it is made of"),
    ("is_private", "boolean", "visibility private or nesting chat"),
    ("is_flat", "boolean", "stands where replies do not nest, private exchanges included"),
    ("is_share", "boolean", "a plain share"),
    ("is_automatic", "boolean", "by an account or a client marked as a bot"),
    ("theirs", "integer", "kinds that hold at the end of observation, added up as in the table tree"),
    ("ours", "integer", "the same, if it is ours"),
))  # fmt: skip

HELD = Table("held", "one kind that holds for a merged post today", ("post", "side", "kind"), _columns(
    ("post", "bigint", "first piece"),
    ("side", "text", "theirs or ours"),
    ("kind", "text", "union over its pieces, last version, a teammate's correction instead"),
    ("certainty", "double", "the highest of its pieces"),
))  # fmt: skip

OWN_POSTS = Table("own_posts", "one own post inside the window, public, not deleted", ("organisation", "post"), _columns(
    ("organisation", "text", "whose"),
    ("post", "bigint", "first piece"),
    ("author", "bigint", "which of its accounts"),
    ("said_at", "bigint", "time"),
    ("class", "text", "original, reply, self_thread, quote or share"),
    ("person", "bigint", "the first person a reply speaks to?"),
    ("names_whom", "boolean", "a reply of which we know to whom"),
    ("thread", "bigint", "its thread"),
    ("parent", "bigint", "as in said?"),
    ("above", "bigint", "the parent where we have it?"),
    ("is_unprompted", "boolean", "a reply that stands in no thread of ours and below no mention of us; empty where the parents are unknown?"),
    ("is_machine", "boolean", "design 2.4.7"),
    ("slot", "bigint", "floor(said_at / 900,000,000), for calendar"),
))  # fmt: skip

OWN_HISTORY = Table("own_history", "one own post of any time, public, not deleted", ("organisation", "post"), _columns(
    ("organisation", "text", "whose"),
    ("post", "bigint", "first piece"),
    ("said_at", "bigint", "time, also before the window: change over time follows all months"),
    ("class", "text", "as in own_posts"),
))  # fmt: skip

OWN_READINGS = Table("own_readings", "what one own post of the window says, its pieces together", ("organisation", "post"), _columns(
    ("organisation", "text", "whose"),
    ("post", "bigint", "first piece"),
    ("language", "text", "of the first piece?"),
    ("signature", "text", "who signed, on whichever piece?"),
    ("text_key", "bigint", "equal for exact repetitions; empty under 20 characters?"),
    ("bare_length", "integer", "characters without links, handles and tags, of all pieces"),
    ("first_person", "boolean", "a piece speaks as I or we"),
))  # fmt: skip

SPOKEN = Table("spoken", "one person one own post speaks to", ("organisation", "post", "person"), _columns(
    ("organisation", "text", "whose post"),
    ("post", "bigint", "own post, first piece"),
    ("person", "bigint", "an account that is not ours"),
    ("said_at", "bigint", "time of the own post"),
    ("how", "text", "parent, flat, mention, lead (a quote or a link of their post) or through (a post of ours above)"),
))  # fmt: skip

ADDRESSED = Table("addressed", "one post by somebody else that is addressed to an organisation", ("organisation", "post"), _columns(
    ("organisation", "text", "who is addressed"),
    ("post", "bigint", "first piece"),
    ("person", "bigint", "its author"),
    ("said_at", "bigint", "time"),
    ("thread", "bigint", "its thread"),
    ("how", "text", "reply, mention, quote, private, goes_on or flat"),
    ("calls", "text", "answer, kind_word, nothing or unsure, as of its last version"),
    ("is_private", "boolean", "never enters public shares"),
    ("below_original", "bigint", "the own original it directly comments on?"),
    ("settled_at", "bigint", "when it was first settled, while it called for an answer?"),
    ("settled_by", "text", "as ended_by in waits?"),
    ("answered_at", "bigint", "first post of ours, no machine's, that answers it, whatever it calls for?"),
    ("in_window", "boolean", "said inside the window"),
    ("deleted_at", "bigint", "µs?"),
    ("slot", "bigint", "floor(said_at / 900,000,000)"),
))  # fmt: skip

REGULARS = Table("regulars", "one person who came back to an organisation in at least three weeks", ("organisation", "person"), _columns(
    ("organisation", "text", "to whom"),
    ("person", "bigint", "an account"),
    ("first_at", "bigint", "their first public post to it in the window"),
    ("last_at", "bigint", "their last one"),
))  # fmt: skip

COMMUNITY = Table("community", "one post of a member to another member in a thread of ours", ("organisation", "post"), _columns(
    ("organisation", "text", "in whose thread"),
    ("post", "bigint", "first piece"),
    ("person", "bigint", "who wrote it"),
    ("other", "bigint", "to whom"),
    ("answers", "bigint", "the post it replies to?"),
    ("said_at", "bigint", "time"),
    ("below_own_post", "boolean", "the thread's root is ours"),
))  # fmt: skip

WAITS = Table("waits", "one waiting interval, sure or unsure", ("organisation", "post", "since", "is_sure"), _columns(
    ("organisation", "text", "for whom they wait"),
    ("thread", "bigint", "where"),
    ("person", "bigint", "who waits"),
    ("post", "bigint", "the post that begins it"),
    ("since", "bigint", "its time, or that of the edit that added a call"),
    ("ended_at", "bigint", "when that post was settled; empty while it is open?"),
    ("ended_by", "text", "answer, taken_private, withdrawal, community, no_answer_needed?"),
    ("answer", "bigint", "our post that settled it?"),
    ("is_sure", "boolean", "begins with a post sure to call for an answer; else it only widens the bound"),
    ("is_private", "boolean", "never enters public shares"),
    ("in_window", "boolean", "since lies inside the window"),
))  # fmt: skip

KIND_WORDS = Table("kind_words", "one post that calls for a kind word", ("organisation", "post"), _columns(
    ("organisation", "text", "from whom"),
    ("thread", "bigint", "where"),
    ("person", "bigint", "whose post"),
    ("post", "bigint", "first piece"),
    ("since", "bigint", "time"),
    ("settled_at", "bigint", "first like, share or answer?"),
    ("settled_by", "text", "like, share or answer?"),
    ("is_open", "boolean", "in the lane today"),
    ("is_private", "boolean", "never enters public shares"),
    ("in_window", "boolean", "since lies inside the window"),
))  # fmt: skip

TURNS = Table("turns", "one conversation as it stands at the end of observation", ("organisation", "thread", "person"), _columns(
    ("organisation", "text", "ours"),
    ("thread", "bigint", "where"),
    ("person", "bigint", "with whom"),
    ("turn", "text", "ours, theirs or nobody"),
    ("since", "bigint", "waiting since?"),
    ("promised", "boolean", "a promise of ours is open"),
    ("is_private", "boolean", "a chat"),
))  # fmt: skip

LANES = Table("lanes", "one post in a lane of its conversation at the end of observation", ("organisation", "post", "lane"), _columns(
    ("organisation", "text", "ours"),
    ("thread", "bigint", "where"),
    ("person", "bigint", "whose post"),
    ("post", "bigint", "first piece"),
    ("since", "bigint", "when it began to wait"),
    ("lane", "text", "open (calls for an answer), kind_word or maybe (unsure)"),
))  # fmt: skip

STEPS = (
    WINDOWS, OURS, COVERED, CALENDAR, PIECES, SAID, HELD, OWN_HISTORY, OWN_POSTS, OWN_READINGS, SPOKEN, ADDRESSED,
    REGULARS, COMMUNITY, WAITS, KIND_WORDS, LANES, TURNS,
)  # fmt: skip
