"""Reports on the desk: one that is kept is told to every reader in their language."""

from dataclasses import replace

import pytest
from django.urls import reverse

from twoway.audit.report import json as reports
from twoway.audit.report.tests import samples
from twoway.audit.saying import say
from twoway.desk.insight.models import Audit


@pytest.fixture
def audit(world):
    account = samples.account(measures=(samples.share("response_rate", "Response rate", 3, 50),))
    told = say("@{handle} mostly posts: {posts}.", handle="larkway",
               posts=say("none of {all} posts answers anyone", all=1_204))  # fmt: skip
    account = replace(account, verdict=replace(account.verdict, sentence=told))
    return Audit.objects.create(
        organisation=world.organisation, state="done", made_at=1, finished_at=1,
        report=reports.render(samples.report(account)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said", "figure"),
    [("de", "@larkway sendet vor allem: keiner von 1.204 Beiträgen antwortet jemandem.", "Antwortquote"),
     ("en", "@larkway mostly posts: none of 1,204 posts answers anyone.", "Response rate")],
)  # fmt: skip
def test_a_report_is_told_in_the_language_of_its_reader(world, audit, language, said, figure):
    client, asks = world.client("observer"), {"accept-language": language}
    for address in (reverse("how_we_are_doing"), reverse("report", args=[audit.pk])):
        page = client.get(address, headers=asks).content.decode()
        assert f'<html lang="{language}"' in page
        assert said in page.replace("\u00a0", " ")
        assert figure in page


@pytest.mark.usefixtures("audit")
def test_numbers_stay_on_the_line_of_their_unit(world):
    page = world.client("observer").get(reverse("how_we_are_doing")).content.decode()
    assert "6\u00a0%" in page
    assert "3\u00a0of\u00a050" in page


def test_an_audit_that_failed_has_no_page(world):
    failed = Audit.objects.create(organisation=world.organisation, state="failed", made_at=1)
    assert world.client("observer").get(reverse("report", args=[failed.pk])).status_code == 404
