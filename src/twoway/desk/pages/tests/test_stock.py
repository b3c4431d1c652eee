import re

from django.template import Context, engines
from django.template.defaulttags import CsrfTokenNode
from django.urls import reverse
from django.utils import translation

from twoway.desk.pages.stock import address


def drawn(text, **context):
    return engines["django"].from_string(text).render(context)


def test_addresses_are_those_that_django_finds():
    assert address("our_turn") == reverse("our_turn")
    assert address("list", "settled") == reverse("list", args=["settled"])
    for number in (1, 42, 2**62):
        assert address("conversation", number) == reverse("conversation", args=[number])
        assert address("react", number, "like") == reverse("react", args=[number, "like"])


def test_a_page_has_them_too():
    assert drawn("{% url 'conversation' n %}", n=7) == reverse("conversation", args=[7])
    assert drawn("{% url 'list' box %}", box="theirs") == reverse("list", args=["theirs"])
    assert drawn("{% url 'our_turn' as there %}<{{ there }}>") == f"<{reverse('our_turn')}>"


def test_words_follow_whoever_reads():
    page = engines["django"].from_string("{% translate 'Search' %}")
    with translation.override("de"):
        german = page.render({})
    with translation.override("en"):
        assert page.render({}) == "Search" != german
    with translation.override("de"):
        assert page.render({}) == german


def test_what_is_not_fixed_is_looked_up_each_time():
    page = engines["django"].from_string("{% translate word %}")
    with translation.override("de"):
        assert [page.render({"word": word}) for word in ("Search", "zzz")] == [
            translation.gettext("Search"),
            "zzz",
        ]


def test_what_is_the_same_on_every_page_is_drawn_once_a_language():
    page = engines["django"].from_string("{% same %}{% translate 'Search' %} {{ n }}{% endsame %}")
    with translation.override("de"):
        german = page.render({"n": 1})
        assert page.render({"n": 2}) == german
    with translation.override("en"):
        assert page.render({"n": 3}) == "Search 3" != german


def test_a_form_proves_that_it_is_ours_as_django_does(rf):
    page = engines["django"].from_string("{% csrf_token %}")
    drawn_here = page.render({}, rf.get("/"))
    token = re.search(r'value="(\w{64})"', drawn_here)[1]
    django_node = CsrfTokenNode()
    assert drawn_here == django_node.render(Context({"csrf_token": token}))
    assert page.render({}) == django_node.render(Context({}))
