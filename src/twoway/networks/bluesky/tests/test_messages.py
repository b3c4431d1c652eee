"""Private messages, through a real server to a chat service that stands in for Bluesky's own."""

from contextlib import suppress

import pytest

from twoway.collection.records import Deletion
from twoway.connectors.errors import GiveUp, TryLater, Unknown
from twoway.connectors.interface import Message, Say
from twoway.networks.bluesky.tests.stage import fresh, posts

pytestmark = [pytest.mark.server, pytest.mark.slow]


@pytest.fixture
def talk(stage, chat):
    tea, ann = stage.join("tea", "ann")
    stage.chat = chat.join(stage.network, tea, ann)
    return stage, chat, tea, ann


def test_messages_come_in_private_and_are_answered_in_private(talk):
    stage, chat, tea, ann = talk
    chat.say(ann, "My teapot broke. Between us: I dropped it.")
    told, _ = stage.pull(tea, "messages")
    (asked,) = posts(told).values()
    assert (asked.visibility, asked.nesting, asked.root) == ("private", "chat", "talk")
    assert (asked.author, asked.mentions[0].account) == (ann.did, tea.did)
    sent = stage.do(tea, Message(text="Nobody will hear of it.", to=ann.did))
    assert [message["text"] for message in chat.messages][-1] == "Nobody will hear of it."
    assert sent.id == f"talk/{chat.messages[-1]['id']}"
    with pytest.raises(GiveUp, match="not answered in public"):
        stage.do(tea, Say(text="For all to read", answers=asked.id))
    assert stage.texts(tea) == []


def test_a_message_is_sent_once_though_its_answer_was_lost(talk):
    stage, chat, tea, ann = talk
    chat.say(ann, "Hello?")
    message, key = Message(text="We are here.", to=ann.did), fresh()
    chat.loses_answer = True
    with suppress(Unknown, TryLater):
        stage.do(tea, message, key)
    found = stage.run(tea, lambda connector: connector.find(message, key))
    again = stage.do(tea, message, key)
    assert found is not None
    assert again.id == found.id
    assert again.is_repeat
    assert [one["text"] for one in chat.messages].count("We are here.") == 1


def test_the_log_brings_what_is_new_and_what_is_gone(talk):
    stage, chat, tea, ann = talk
    chat.say(ann, "One")
    _, cursor = stage.pull(tea, "messages")
    gone = chat.say(ann, "Two")
    chat.delete(gone)
    chat.say(ann, "Three")
    told, cursor = stage.pull(tea, "messages", cursor)
    assert f"talk/{gone}" in {one.id for one in told if isinstance(one, Deletion)}
    assert "Three" in {post.text for post in posts(told).values()}
    told, _ = stage.pull(tea, "messages", cursor)
    assert not posts(told)


def test_a_long_conversation_is_read_to_its_beginning(talk):
    stage, chat, tea, ann = talk
    for number in range(70):
        chat.say((ann, tea)[number % 2], f"Message {number}")
    told, cursor = stage.pull(tea, "messages")
    assert [post.text for post in posts(told).values()] == [f"Message {n}" for n in range(70)]
    for number in range(70, 130):
        chat.say(ann, f"Message {number}")
    told, _ = stage.pull(tea, "messages", cursor)
    assert len(posts(told)) == 60


def test_a_message_that_is_too_long_is_not_sent(talk):
    stage, chat, tea, ann = talk
    with pytest.raises(GiveUp, match="1,000"):
        stage.do(tea, Message(text="a" * 1_001, to=ann.did))
    assert chat.messages == []
