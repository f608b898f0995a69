"""What is due happens by itself, once."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page, Revision

from home import upkeep
from home.models import ContactMessage
from tests.factories import make_news

pytestmark = pytest.mark.django_db


def schedule(page, moment):
    """As an editor does: a date of publication, then « publier »."""
    page.go_live_at = moment
    page.save_revision().publish()
    page.refresh_from_db()


def make_due(page):
    """Its moment has come."""
    past = timezone.now() - timedelta(minutes=1)
    Revision.objects.filter(object_id=str(page.pk), approved_go_live_at__isnull=False).update(approved_go_live_at=past)
    revision = page.latest_revision
    revision.content["go_live_at"] = past.isoformat()
    revision.save(update_fields=["content"])


def test_a_planned_page_comes_out_when_its_moment_has_come(client):
    page = make_news(live=False)
    schedule(page, timezone.now() + timedelta(days=1))
    upkeep.run_due()
    page.refresh_from_db()
    assert not page.live

    make_due(page)
    upkeep.run_due()

    page.refresh_from_db()
    assert page.live


def test_an_expired_page_leaves():
    page = make_news()
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))

    upkeep.run_due()

    page.refresh_from_db()
    assert not page.live
    assert page.expired


def test_running_it_twice_does_nothing_more():
    page = make_news()
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    planned = make_news(live=False)
    schedule(planned, timezone.now() + timedelta(days=1))
    make_due(planned)
    upkeep.run_due()
    before = list(Page.objects.order_by("pk").values())
    revisions = Revision.objects.count()

    done, failed = upkeep.run_due()

    assert set(done.values()) == {0}
    assert failed == []
    assert list(Page.objects.order_by("pk").values()) == before
    assert Revision.objects.count() == revisions


def test_messages_are_deleted_after_twelve_months():
    recent = ContactMessage.objects.create(name="Ada", email="ada@example.org")
    old = ContactMessage.objects.create(name="Bob", email="bob@example.org")
    ContactMessage.objects.filter(pk=old.pk).update(sent_at=timezone.now() - timedelta(days=366))
    ContactMessage.objects.filter(pk=recent.pk).update(sent_at=timezone.now() - timedelta(days=364))

    upkeep.run_due()

    assert list(ContactMessage.objects.all()) == [recent]


def test_a_job_that_fails_does_not_hold_the_others_back():
    def breaks(now):
        raise ValueError("no")

    done, failed = upkeep.run_due(jobs={"first": breaks, "second": lambda _now: 1})

    assert done == {"second": 1}
    assert failed == ["first"]


def test_the_command_says_what_it_did(capsys):
    old = ContactMessage.objects.create(name="Bob", email="bob@example.org")
    ContactMessage.objects.filter(pk=old.pk).update(sent_at=timezone.now() - timedelta(days=366))

    call_command("tick")
    call_command("tick")

    assert capsys.readouterr().out == "old messages deleted: 1\n"


def test_the_command_fails_when_a_job_failed(monkeypatch):
    def breaks(now):
        raise ValueError("no")

    monkeypatch.setitem(upkeep.JOBS, "broken", breaks)

    with pytest.raises(CommandError, match="broken"):
        call_command("tick")


def test_nothing_due_costs_few_queries(django_assert_max_num_queries):
    upkeep.run_due()  # what is done once a day

    # One question for each job; two for that of pages.
    with django_assert_max_num_queries(len(upkeep.all_jobs()) + 1):
        upkeep.run_due()
