"""Measure 21: yes, no or unknown for each way to reach the people behind an account."""

US, SISTER = 1, 2


def _answers(small):
    return {part.id: part.text for part in small.figure("reachability").parts}


def test_unknown_is_not_no(small):
    small.put("ours", {"account": US})
    small.put("accounts", {"account": US})
    assert set(_answers(small).values()) == {"unknown"}
    assert all(part.value is None and part.n == 0 for part in small.figure("reachability").parts)


def test_each_answer(small):
    small.put("ours", {"account": US})
    small.put(
        "accounts",
        {"account": US, "biography": "Ask ^JO or ^ML", "site": "https://shop.example", "site_links_back": True,
         "contact": "help@shop.example", "hours": "9 to 5", "replies_open": True, "messages_open": False},
    )  # fmt: skip
    assert _answers(small) == {
        "replies_open": "yes", "contact": "yes", "hours": "yes", "people": "yes", "site": "yes",
        "biography": "yes", "messages_open": "no",
    }  # fmt: skip
    contact = small.part("reachability", "contact")
    assert contact.detail == (("A way to reach it elsewhere", "help@shop.example"),)
    assert (contact.value, contact.hits, contact.n) == (1, 1, 1)


def test_empty_is_no(small):
    small.put("ours", {"account": US})
    small.put("accounts", {"account": US, "biography": "", "contact": "", "site": "https://a.example",
                           "site_links_back": False})  # fmt: skip
    answers = _answers(small)
    assert (answers["biography"], answers["contact"], answers["site"]) == ("no", "no", "no")
    assert answers["people"] == "no"


def test_one_yes_among_accounts_is_a_yes(small):
    small.put("ours", {"account": US}, {"account": SISTER})
    small.put(
        "accounts", {"account": US, "biography": ""}, {"account": SISTER, "biography": "Boots"}
    )
    biography = small.part("reachability", "biography")
    assert (biography.text, biography.hits, biography.n) == ("yes", 1, 2)


def test_what_people_do_they_may(small):
    small.put("ours", {"account": US})
    small.put("accounts", {"account": US})
    small.put(
        "addressed", {"post": 1, "how": "reply"}, {"post": 2, "how": "private", "is_private": True}
    )
    answers = _answers(small)
    assert (answers["replies_open"], answers["messages_open"]) == ("yes", "yes")


def test_names_of_signers(small):
    small.put("ours", {"account": US})
    small.put("accounts", {"account": US, "biography": "Run by Anna and Tomasz"})
    small.own({"post": 1, "class": "reply", "author": US, "signature": "Anna"})
    assert _answers(small)["people"] == "yes"
