"""Reports lead back to the desk, and nobody looks at this machine's files through it."""

import pytest
from django.urls import reverse

from twoway.desk.insight.models import Audit
from twoway.desk.pages.tests.addresses import VIEWS


def test_a_whole_report_leads_back(world):
    view = next(one for one in VIEWS if one.name == "report")
    shown = view.ask(world.client("observer"), world).content.decode()
    assert f'<a href="{reverse("how_we_are_doing")}">' in shown


@pytest.mark.parametrize("named", ["/etc/hosts", "archive.zip", "../world", "what is this"])
def test_only_accounts_are_looked_at(named, world):
    before = Audit.objects.count()
    answer = world.client("observer").post(
        reverse("audit_handle"), {"handle": named}, follow=True
    )  # fmt: skip
    assert "looks like no account" in answer.content.decode()
    assert Audit.objects.count() == before


def test_an_account_is_looked_at(world):
    world.client("observer").post(reverse("audit_handle"), {"handle": " @museum@server.example "})
    assert Audit.objects.filter(subject="@museum@server.example", state="waiting").exists()
