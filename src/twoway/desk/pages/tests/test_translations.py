"""Every text of the desk has its German one, and what is compiled is what is written."""

import gettext
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.translation.template import templatize

from twoway.connectors.contract.sentences import asked_when_connecting, templates
from twoway.connectors.sentences import Sentence
from twoway.desk import pages
from twoway.desk.channels import services as channels

DESK = Path(pages.__file__).parents[1]
GERMAN = DESK / "locale" / "de" / "LC_MESSAGES" / "django.po"
_ENTRY = re.compile(
    r'(?:msgctxt (?P<context>(?:".*"\n)+))?msgid (?P<text>(?:".*"\n)+)'
    r'(?:msgid_plural (?P<plural>(?:".*"\n)+))?(?P<said>(?:msgstr(?:\[\d\])? (?:".*"\n)+)+)'
)  # fmt: skip
_PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def entries():
    return list(_ENTRY.finditer(GERMAN.read_text(encoding="utf-8").partition("\n\n")[2] + "\n"))


def words(quoted):
    return "".join(re.findall(r'"(.*)"', quoted or ""))


def test_every_text_has_its_german_one():
    assert len(entries()) > 600
    empty = [words(one["text"]) for one in entries() if '""\n' in one["said"].replace('""\n"', "")]
    assert empty == []
    assert "fuzzy" not in GERMAN.read_text(encoding="utf-8")


def test_no_text_hides_where_gettext_does_not_look():
    for path in DESK.rglob("*.py"):
        if "tests" not in path.parts:
            hidden = re.findall(r'f"[^"\n]*\{(?:_|n?gettext)\(', path.read_text(encoding="utf-8"))
            assert hidden == [], path


def test_what_is_put_in_comes_out():
    for one in entries():
        asked = set(_PLACE.findall(words(one["text"]) + words(one["plural"])))
        assert asked <= set(_PLACE.findall(words(one["said"]))), words(one["text"])


def test_what_is_compiled_is_what_is_written():
    with GERMAN.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for one in entries():
        if one["plural"] is None and one["context"] is None:
            text = words(one["text"]).encode().decode("unicode_escape").encode("latin-1").decode()
            said = words(one["said"]).encode().decode("unicode_escape").encode("latin-1").decode()
            assert compiled.gettext(text) == said


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed")
def test_no_text_of_the_pages_is_left_out(tmp_path):
    sources = [str(path) for path in DESK.rglob("*.py") if "tests" not in path.parts]
    for number, page in enumerate(sorted(Path(pages.__path__[0]).rglob("*.html"))):
        drawn = tmp_path / f"{number}.py"
        drawn.write_text(templatize(page.read_text(encoding="utf-8")), encoding="utf-8")
        sources.append(str(drawn))
    template = tmp_path / "found.pot"
    command = [
        "xgettext",
        "-L",
        "Python",
        "-o",
        str(template),
        "--keyword=gettext_lazy",
        "--keyword=ngettext:1,2",
    ]
    subprocess.run([*command, "--keyword=pgettext:1c,2", "--from-code=utf-8", *sources], check=True)
    found = {
        words(one["text"]) for one in _ENTRY.finditer(template.read_text(encoding="utf-8") + "\n")
    }
    known = {words(one["text"]) for one in entries()}
    assert found - known - {""} == set()


def test_what_networks_ask_for_has_its_german_one(world):
    known = {words(one["text"]) for one in entries()}
    assert [text for text in asked_when_connecting() if text not in known] == []
    mate = world.mates["admin"]
    mate.language = "de"
    mate.save()
    shown = world.client("admin").get(reverse("connect", args=["practice"])).content.decode()
    assert "Wie schnell die Leute leben" in shown


def test_what_is_said_before_its_reader_is_known_has_its_german_one():
    asked = templates()
    assert len(asked) > 150
    known = {words(one["text"]) for one in entries()}
    assert [text for text in asked if _escaped(text) not in known] == []


def test_what_a_connector_said_is_read_in_the_reader_s_language(world):
    said = Sentence("{host} is not well (status {status}).", host="fedi.example", status=503)
    channels.report(world.channel, "trouble", said)
    client = world.client("voice")
    english = client.get(reverse("channels"), headers={"accept-language": "en"}).content.decode()
    assert "fedi.example is not well (status 503)." in english
    german = client.get(reverse("channels"), headers={"accept-language": "de"}).content.decode()
    assert "fedi.example geht es nicht gut (Status 503)." in german


def _escaped(text):
    return text.replace("\\", "\\\\").replace('"', '\\"')


def test_a_page_speaks_german_to_who_asks_for_it(world):
    client = world.client("voice")
    page = client.get("/", headers={"accept-language": "de"}).content.decode()
    assert "Wir sind dran" in page
    mate = world.mates["voice"]
    mate.language = "de"
    mate.save()
    page = client.get(reverse("team"), headers={"accept-language": "en"}).content.decode()
    assert 'lang="de"' in page
    assert "Zeiten und Ziele" in page
