"""What a column can be to us, and what tools call it.

Names are compared in lower case with everything but letters and digits as one "_": `Post Created`,
`post.created`, `postCreated` and `post_created` are the same. Of several, the first in the list counts.
"""

import re
import unicodedata
from typing import Final

# Without these nothing can be said about anybody; an id and an author can be made up for.
ESSENTIAL: Final = ("text", "created_at")

ROLES: Final[dict[str, tuple[str, ...]]] = {
    "id": (
        "id_str", "tweet_id", "status_id", "comment_id", "post_id", "message_id", "uri",
        "post_uri", "tweetid", "statusid", "commentid", "postid", "id", "cid", "msg_id",
        "item_id", "guid", "comment_uid", "message_uid", "mid", "nr", "nummer", "identifiant",
        "identificador", "identificativo", "universal_message_id", "review_id",
    ),
    "author": (
        "comment_author_id", "commenter_id", "comment_user_id", "comment_owner_id", "author_id",
        "author_did", "user_id_str", "user_id", "from_user_id", "userid", "author_channel_id",
        "author_channelid", "channel_id", "page_id", "from_id", "account_id", "author_fullname",
        "owner_id", "creator_id", "sender_id", "did", "author_uid", "post_owner_id",
        "profile_id", "requester_id", "uid", "owner_user_id",
    ),
    "handle": (
        "comment_author", "commenter", "comment_by", "comment_user", "comment_username",
        "comment_owner_username", "author_handle", "author_username", "user_username",
        "user_screen_name", "screen_name", "username", "handle", "user_handle", "from_user",
        "author", "user", "account", "page", "page_username", "author_acct", "account_acct",
        "owner_username", "sender", "from", "poster", "by", "nick", "nickname", "user_name",
        "from_name", "channel", "post_owner_username", "unique_id", "uniqueid", "login",
        "author_login", "profile", "requester", "sender_name", "who", "autor", "verfasser",
        "absender", "benutzer", "nutzer", "benutzername", "nutzername", "konto", "profil",
        "auteur", "utilisateur", "pseudo", "usuario", "nombre_de_usuario", "autore", "utente",
        "perfil",
    ),
    "name": (
        "commenter_name", "comment_author_name", "comment_user_name", "comment_owner_name",
        "author_name", "user_name", "display_name", "author_display_name", "user_displayname",
        "authordisplayname", "author_displayname", "page_name", "full_name", "fullname",
        "account_name", "name", "author_user_name", "user_display_name", "real_name",
        "profile_name", "post_owner_name", "account_display_name",
        "extra_author_attributes_name", "reviewer_name", "owner_display_name",
    ),
    "text": (
        "full_text", "text", "body", "message", "content", "status_message", "comment_text",
        "comment_message", "comment_body", "comment_content", "comment", "post_text",
        "post_message", "tweet_text", "rawcontent", "tweet", "caption", "selftext",
        "textoriginal", "text_original", "textdisplay", "text_display", "content_text",
        "message_body", "body_text", "plain_body", "video_description", "review_text",
        "opening_text", "kommentar", "beitrag", "nachricht", "inhalt", "commentaire", "texte",
        "contenu", "comentario", "mensaje", "contenido", "texto", "commento", "testo",
        "messaggio", "mensagem", "conteudo", "post", "message_text", "sharecommentary",
        "commentary", "status", "description",
    ),
    "title": (
        "title", "subject", "headline", "thread_title", "betreff", "titel", "titre", "titulo",
        "titolo",
    ),
    "created_at": (
        "comment_date_gmt", "comment_created_at", "comment_created_time", "comment_published",
        "comment_published_at", "comment_date", "comment_time", "comment_timestamp",
        "commented_at", "created_at", "createdat", "created_time", "created_utc", "created",
        "created_at_utc", "status_published", "published_at", "publishedat", "published",
        "post_created", "posted_at", "posted", "post_date", "post_time", "create_time",
        "creation_time", "create_time_iso", "date_created", "created_date", "creation_date",
        "publish_time", "publish_date", "date_publish", "publication_date", "published_date",
        "tweet_created_at", "post_timestamp", "posted_on", "posted_date", "date_time",
        "datetime", "date_utc", "date", "unix_timestamp", "timestamp", "timestamp_utc", "time",
        "time_utc", "sent_at", "said_at", "date_posted", "date_published", "when",
        "time_parsed", "date_gmt", "datum", "zeitpunkt", "erstellt_am", "veroffentlicht_am",
        "gepostet_am", "date_de_publication", "horodatage", "fecha", "fecha_de_publicacion",
        "fecha_y_hora", "data_di_pubblicazione", "data_de_publicacao", "data_e_ora", "data",
    ),
    "parent": (
        "in_reply_to_status_id_str", "in_reply_to_status_id", "in_reply_to_tweet_id",
        "in_reply_to_id", "inreplytotweetid", "in_response_to_tweet_id",
        "referenced_tweets_replied_to_id", "referenced_posts_replied_to_id",
        "parent_comment_id", "parent_id", "parent_uri", "reply_parent", "reply_parent_uri",
        "reply_to_id", "replied_to_id", "reply_to_tweet_id", "reply_to_post_id", "in_reply_to",
        "reply_to", "replyto", "parent_post_id", "parent", "reply_to_comment_id",
        "reply_to_message_id", "reply_to_comment", "replies_to_id", "reference_message_id",
        "parent_uid", "parent_message_id", "parent_universal_message_id", "parent_url",
        "record_reply_parent_uri", "antwort_auf", "en_reponse_a", "respuesta_a",
        "in_risposta_a", "risposta_a", "em_resposta_a", "resposta_a", "comment_parent",
    ),
    "parent_author": (
        "in_reply_to_user_id_str", "in_reply_to_user_id", "in_reply_to_account_id",
        "reply_to_user_id", "replied_to_user_id", "parent_author_id", "parent_author_did",
        "in_reply_to_author_id",
    ),
    "parent_handle": (
        "in_reply_to_screen_name", "in_reply_to_username", "inreplytouser_username",
        "replied_user", "reply_to_user", "reply_to_username", "in_reply_to_user",
        "parent_author", "parent_handle", "replying_to", "reply_to", "in_reply_to", "replyto",
        "antwort_auf", "en_reponse_a", "respuesta_a", "risposta_a", "resposta_a",
    ),
    "root": (
        "conversation_id_str", "conversation_id", "conversationid", "root_id", "root_uri",
        "reply_root", "thread_id", "topic_id", "submission_id", "video_id", "videoid", "video",
        "root", "conversation", "thread", "root_post_id", "record_reply_root_uri",
        "conversation_uid", "post_id", "status_id", "media_id", "article_id", "comment_post_id",
    ),
    "quoted": (
        "quoted_status_id_str", "quoted_status_id", "quoted_tweet_id", "quoted_id", "quoted_uri",
        "referenced_tweets_quoted_id", "referenced_posts_quoted_id", "quotedtweet_id", "quote_id",
    ),
    "quoted_author": ("quoted_user_id", "quoted_author_id", "quotedtweet_user_id"),
    "shared": (
        "retweeted_status_id_str", "retweeted_status_id", "retweeted_tweet_id", "retweet_id",
        "referenced_tweets_retweeted_id", "referenced_posts_reposted_id", "retweetedtweet_id",
        "reblog_of_id", "reblog_id", "repost_of_id", "repost_uri", "shared_id",
    ),
    "shared_author": ("retweeted_user_id", "reblogged_account_id", "retweetedtweet_user_id"),
    "is_reply": ("is_reply", "isreply", "is_a_reply"),
    "type": (
        "message_type", "post_type", "tweet_type", "engagement_type", "activity_type",
        "action_type", "interaction_type",
    ),
    "is_share": ("is_retweet", "isretweet", "is_repost", "is_reblog", "is_share"),
    "mentions": (
        "mentions", "mentioned_users", "mentionedusers", "user_mentions", "entities_mentions",
        "entities_user_mentions", "mentioned_handles",
    ),
    "links": (
        "links", "outlinks", "expanded_urls", "entities_urls", "urls", "status_link", "shared_url",
        "sharedurl", "external_url", "final_link", "link",
    ),
    "link_title": ("link_name", "link_title", "link_text"),
    "media": ("status_type", "media_type", "media_types", "mediaurl", "media_url"),
    "address": (
        "comment_url", "permalink_url", "permalink", "tweet_url", "post_url", "status_url",
        "twitter_link", "sharelink", "address", "url", "post_link", "tweet_permalink",
        "mention_url", "message_url", "link_to_post",
    ),
    "language": ("lang", "language", "langs", "languages"),
    "visibility": ("visibility",),
    "client": ("source_label", "sourcelabel", "client", "source_name", "tweet_source"),
    "likes": (
        "public_metrics_like_count", "like_count", "likecount", "num_likes", "favorite_count",
        "favourite_count", "favorites_count", "likes", "comment_likes", "favorites", "ups",
        "likes_count", "favourites_count", "statistics_like_count", "likes_count_fb",
        "comment_like_count", "digg_count", "votes", "kudos", "attitudes_count", "gefallt_mir",
        "me_gusta", "j_aime", "mi_piace", "thumbs_up_count",
    ),
    "shares": (
        "public_metrics_retweet_count", "public_metrics_repost_count", "repost_count",
        "retweet_count", "retweetcount", "num_shares", "share_count", "reblogs_count", "shares",
        "retweets", "reposts", "statistics_share_count", "shares_count_fb", "reposts_count",
        "shares_count",
    ),
    "replies": (
        "public_metrics_reply_count", "reply_count", "replycount", "replies_count",
        "num_comments", "comments_count", "comment_count", "total_reply_count", "comments",
        "replies", "statistics_comment_count", "comments_count_fb", "reply_comment_total",
        "replies_total",
    ),
    "followers": (
        "author_public_metrics_followers_count", "author_followers_count", "author_followers",
        "user_followers_count", "user_followerscount", "followers_count", "followers_at_posting",
        "followers", "user_followers",
    ),
    "following": (
        "author_public_metrics_following_count", "user_friends_count", "user_friendscount",
        "following_count", "friends_count",
    ),
    "biography": (
        "author_description", "user_description", "user_rawdescription", "biography", "bio",
        "page_description",
    ),
    "automatic": ("is_bot", "bot", "author_bot", "account_bot", "automatic"),
    "observed_at": (
        "twarc_retrieved_at", "retrieved_at", "retrieved_on", "collected_at", "scraped_at",
        "crawled_at", "fetched_at", "observed_at", "indexed_at",
    ),
    "deleted_at": ("deleted_at",),
    "is_deleted": ("is_deleted", "deleted", "meta_was_deleted_later"),
    "follower": ("follower", "follower_id", "follower_did", "source_did"),
    "followed": ("followed", "followee", "followed_id", "followee_id", "followed_did", "target_did"),
}  # fmt: skip

# What people may write in --columns besides our own names.
ALIASES: Final = {
    "date": "created_at",
    "time": "created_at",
    "said_at": "created_at",
    "body": "text",
    "message": "text",
    "user": "handle",
    "username": "handle",
    "author_id": "author",
    "author_handle": "handle",
    "reply_to": "parent",
    "thread": "root",
    "url": "address",
    "lang": "language",
}

# What APIs wrap a thing in; what stands below is the thing's own.
ENVELOPES: Final = frozenset(
    {"record", "node", "data", "attributes", "snippet", "item", "_source", "doc", "value"}
)

_ODD: Final = re.compile(r"[\W_]+")
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def normal(column: str) -> str:
    """Return a column's name as it is compared: lower case without accents."""
    if not column.isascii():
        apart = unicodedata.normalize("NFKD", column)
        column = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _ODD.sub("_", column.lower()).strip("_")


def spellings(column: str) -> tuple[str, ...]:
    """Return a column's name as it may be compared: as it stands, by its humps, out of envelopes."""
    humps = normal(_HUMP.sub("_", column))
    own = column
    while (parts := own.partition("."))[0] in ENVELOPES and parts[2]:
        own = parts[2]
    return normal(column), humps, normal(own), normal(_HUMP.sub("_", own))
