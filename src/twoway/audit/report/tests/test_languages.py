"""Reports in another language: every text is there, what is put in comes out, what people said stays."""

import gettext
import re
from string import Formatter

import pytest

from twoway.audit import texts, words
from twoway.audit.findings import Figure
from twoway.audit.report import coverage, doubt, html, json, markdown, terminal
from twoway.audit.report.retelling import told
from twoway.audit.report.tests import samples
from twoway.audit.saying import DOMAIN, ENGLISH, LOCALE, Said, languages, say, speaking
from twoway.core.coverage import STREAMS
from twoway.core.readings import certainty_in_words

OTHERS = [language for language in languages() if language != ENGLISH]
_ENTRY = re.compile(
    r'(?:#, (?P<flag>.*)\n)?msgid (?P<one>"(?:.*)")\n(?:msgid_plural (?P<many>".*")\n)?'
    r'(?P<said>(?:msgstr(?:\[\d\])? ".*"\n?)+)'
)


def entries(language):
    """Yield the templates of a catalogue and what they become."""
    path = LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    for found in _ENTRY.finditer(path.read_text(encoding="utf-8").partition("\n\n")[2]):
        said = [unquoted(line) for line in re.findall(r' (".*")\n?', found["said"])]
        yield (unquoted(found["one"]), unquoted(found["many"] or '""')), said


def unquoted(text):
    return text[1:-1].replace(r"\"", '"').replace(r"\\", "\\")


def places(template):
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_german_is_there():
    assert "de" in languages()


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_has_its_own_and_none_is_left_over(language):
    known = dict(entries(language))
    assert known.keys() == set(texts.texts()), "Run scripts/translate."
    assert [one for one, said in known.items() if not all(said)] == []
    po = LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    assert "fuzzy" not in po.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_put_in_that_was_not_given(language):
    for (one, many), said in entries(language):
        given = places(one) | places(many) if "{" in one else set()
        for template in said if given else ():
            assert places(template) <= given
        if given and not many:
            assert places(said[0]) == given


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_compiled_is_what_is_written(language):
    catalogue = gettext.translation(DOMAIN, LOCALE, [language])
    for (one, many), said in entries(language):
        if many:
            assert [catalogue.ngettext(one, many, number) for number in (1, 2)] == said
        else:
            assert catalogue.gettext(one) == said[0]


def test_every_stream_and_certainty_has_its_word():
    assert set(coverage.STREAMS) == set(STREAMS)
    assert {certainty_in_words(hundredth / 100) for hundredth in range(101)} == set(doubt.SURE)


def test_numbers_dates_and_forms_are_those_of_the_language():
    with speaking("de"):
        assert words.count(140_843.2) == "140.843"
        assert words.share(0.032) == "3,2 %"
        assert words.amount("score", -0.07) == "−0,07"
        assert [words.duration(minutes) for minutes in (1, 60 * 24 * 3)] == ["1 Minute", "3 Tage"]
        assert words.day(1_774_998_000_000_000) == "31. März 2026"
        assert words.span(0, 86_400_000_000) == "1. bis 2. Januar 1970"
        assert words.listing(["a", "b", "c"]) == "a, b und c"
    assert words.share(0.032) == "3.2 %"


def test_what_was_said_in_english_is_said_again():
    waiting = say("open for {length}", length=words.duration(3 * 24 * 60))
    figure = Figure(id="x", name="Left unanswered", unit="text", reason=waiting, text="no",
                    detail=(("Most repeated", "no"), ("Dates", words.of(3, 1_204))))  # fmt: skip
    report = samples.report(samples.account(measures=(figure,)))
    with speaking("de"):
        made = told(json.read(json.render(report).encode(), "report.json"))
    retold = made.accounts[0].measures[0]
    assert (retold.name, retold.reason, retold.text) == (
        "Unbeantwortet",
        "schon 3 Tage offen",
        "nein",
    )
    assert retold.detail == (("Am häufigsten wiederholt", "no"), ("Tage", "3 von 1.204"))  # fmt: skip


def test_a_report_without_phrases_says_what_it_can():
    """As those were that an older Twoway wrote."""
    written = json.render(samples.report(samples.account())).rstrip().rstrip("}")
    older = written[: written.rindex('"phrases"')].rstrip().rstrip(",") + "}"
    with speaking("de"):
        page = markdown.render(told(json.read(older.encode(), "report.json")))
    assert "Antwortquote" in page
    assert "talks to itself" in page


def test_json_is_english_whatever_is_spoken():
    with speaking("de"):
        spoken = json.render(samples.report(samples.account()))
    assert spoken == json.render(samples.report(samples.account()))


@pytest.mark.parametrize("report", [samples.with_peers(4), samples.changed(), samples.hostile(), samples.nothing()])  # fmt: skip
def test_every_form_speaks_german(report):
    with speaking("de"):
        retold = told(report)
        page = html.render(retold)
        assert '<html lang="de">' in page
        assert ">Was zu sehen war<" in page or not report.accounts
        assert "What could be seen" not in page + markdown.render(retold) + terminal.render(retold)


def deep(levels):
    phrase = {"say": "end"}
    for _ in range(levels):
        phrase = {"say": "{a}", "values": {"a": phrase}}
    return phrase


HOSTILE = [
    {"say": "{a.__class__}", "values": {"a": "x"}},
    {"say": "{a:>999999999}", "values": {"a": "x"}},
    {"say": "{a!r}", "values": {"a": "x"}},
    {"say": "{a}{", "values": {"a": "x"}},
    {"say": "{a}}", "values": {"a": "x"}},
    {"say": "{a}", "values": {"a": "x", "plural": "y"}},
    deep(200),
    {"say": "{a}", "values": {"b": "x"}},
    {"say": "{a}", "of_many": "{a}s", "values": {"a": "x"}},
    {"say": "{a}", "values": {"a": {"say": "{b.__init__}", "values": {"b": 1}}}},
]


@pytest.mark.parametrize("phrase", HOSTILE)
def test_a_phrase_that_no_twoway_wrote_is_passed_over(phrase):
    written = json.render(samples.report(samples.account())).rstrip().rstrip("}")
    begun = written[: written.rindex('"phrases"')]
    report = json.read(f'{begun}"phrases": [{plain(phrase)}]}}'.encode(), "report.json")
    assert not isinstance(report.accounts[0].verdict.sentence, Said)


def test_a_number_is_a_number_however_it_is_asked_for():
    assert say("{a:small} {b:.2f} {c:capital}", a=1_204, b="x", c="y") == "1,204 x Y"


def plain(phrase):
    import json as plain_json  # noqa: PLC0415  the module's name is taken

    return plain_json.dumps(phrase)
