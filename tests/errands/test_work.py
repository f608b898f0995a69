"""Work that must not be lost: done once in effect, whatever happens to who does it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.utils import timezone

from errands import work
from errands.models import Errand
from home import upkeep

pytestmark = pytest.mark.django_db
done = []


@work.does("test-note")
def note(errand):
    done.append(errand.about)


@work.does("test-fail")
def fail(errand):
    done.append(errand.about)
    raise ZeroDivisionError("of Ada’s file")


@work.does("test-wait")
def wait(errand):
    done.append(errand.about)
    raise work.KeepTryingError("the server is away")


@work.does("test-ask-again")
def ask_again(errand):
    """As if a page had asked for the same while it was being done."""
    done.append(errand.about)
    if len(done) == 1:
        work.ask("test-ask-again", about=errand.about)


@work.does("test-long")
def take_long(errand):
    work.renew(errand)
    done.append(work.perform(errand.pk))


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


def later(**long):
    return timezone.now() + timedelta(**long)


def test_it_is_done_after_the_transaction_that_asked(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        work.ask("test-note", about="a")
        assert done == []

    assert done == ["a"]
    errand = Errand.objects.get()
    assert errand.done_at
    assert (errand.attempts, errand.deaths, errand.leased_until) == (1, 0, None)
    assert str(errand) == "test-note a"
    assert not work.perform(errand.pk), "it is done for good"


def test_what_waits_already_is_not_asked_twice(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        work.ask("test-note", about="a")
        work.ask("test-note", about="a")
        work.ask("test-note", about="b")

    assert done == ["a", "b"]


def test_what_is_asked_while_it_is_being_done_is_done_again():
    work.ask("test-ask-again", about="a")

    work.run_due()
    work.run_due()

    assert done == ["a", "a"]
    assert Errand.objects.pending().count() == 0


def test_it_waits_for_its_time_and_can_be_brought_forward(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        work.ask("test-note", about="a", due_at=later(hours=1))
    assert (work.run_due(), done) == (0, [])
    work.ask("test-note", about="a", due_at=later(hours=2))
    assert Errand.objects.get().due_at < later(hours=1)

    work.ask("test-note", about="a")

    assert (work.run_due(), done) == (1, ["a"])


def test_asked_by_two_processes_at_once_it_waits_once():
    work.ask("test-note", about="a")

    def hide_the_first(execute, sql, params, many, context):
        return execute(
            sql.replace("WHERE", "WHERE 1=0 AND") if sql.startswith("UPDATE") else sql, params, many, context
        )

    with connection.execute_wrapper(hide_the_first):
        work.ask("test-note", about="a")

    assert Errand.objects.count() == 1


def test_the_database_too_refuses_two_alike():
    Errand.objects.create(kind="x", about="a")

    with pytest.raises(IntegrityError):
        Errand.objects.create(kind="x", about="a")


def test_a_failure_is_tried_again_later_each_time_and_given_up_after_five(caplog):
    work.ask("test-fail", about="a")
    waits = []
    now = timezone.now()
    for _ in range(5):
        work.run_due(now)
        assert work.run_due(now) == 0
        errand = Errand.objects.get()
        waits.append(errand.due_at - now)
        now = errand.due_at

    assert len(done) == 5
    assert waits == [*work.WAITS, work.WAITS[-1]]
    assert errand.given_up_at
    assert errand.error == "ZeroDivisionError", "what it says may speak of somebody"
    assert work.run_due(later(days=9)) == 0


def test_what_nobody_knows_how_to_do_is_given_up(caplog):
    work.ask("test-unknown")

    for day in range(6):
        work.run_due(later(days=day))

    assert Errand.objects.get().error == "KeyError"
    assert str(Errand.objects.get()) == "test-unknown"


def test_it_waits_for_somebody_else_for_as_long_as_it_takes():
    work.ask("test-wait", about="a")

    for day in range(30):
        work.run_due(later(days=day))

    assert len(done) == 30
    assert Errand.objects.pending().get().error == "the server is away"


def die_of(errand, now):
    """What a process leaves that is killed while doing it."""
    Errand.objects.filter(pk=errand.pk).update(leased_until=now + work.LEASE)


def test_what_a_dead_process_left_is_taken_up_when_its_lease_ends():
    now = timezone.now()
    errand = Errand.objects.create(kind="test-note", about="a", due_at=now)
    die_of(errand, now)

    assert work.run_due(now + work.LEASE - timedelta(seconds=1)) == 0
    assert work.run_due(now + work.LEASE) == 1

    errand.refresh_from_db()
    assert (done, errand.deaths) == (["a"], 1)


def test_an_errand_that_kills_its_process_is_given_up(caplog):
    now = timezone.now()
    errand = Errand.objects.create(kind="test-note", about="a", due_at=now, deaths=work.MOST_ATTEMPTS - 1)
    die_of(errand, now)

    work.run_due(now + work.LEASE)

    errand.refresh_from_db()
    assert (done, errand.error) == ([], "ProcessDied")
    assert errand.given_up_at


def test_a_long_one_keeps_its_lease():
    work.ask("test-long")

    work.run_due()

    assert done == [False]


def test_waking_queues_what_is_due():
    Errand.objects.create(kind="test-note", about="a")
    Errand.objects.create(kind="test-note", about="b", due_at=later(hours=1))

    assert work.wake() == 1
    assert done == ["a"]


def test_each_minute_wakes_what_is_due_and_forgets_what_is_long_done():
    Errand.objects.create(kind="test-note", about="a")
    Errand.objects.create(kind="x", about="old", done_at=later(days=-31))
    Errand.objects.create(kind="x", about="recent", done_at=later(days=-29))
    Errand.objects.create(kind="x", about="lost", given_up_at=later(days=-300))

    counts, failed = upkeep.run_due()

    assert (done, failed) == (["a"], [])
    assert counts["errands woken"] == counts["done errands forgotten"] == 1
    assert set(Errand.objects.values_list("about", flat=True)) == {"a", "recent", "lost"}


def test_what_was_given_up_is_tried_again_once_its_cause_is_gone(capsys):
    for about in ("a", "a", "b"):
        Errand.objects.create(kind="test-note", about=about, given_up_at=timezone.now(), attempts=5, error="Bug")
    Errand.objects.create(kind="test-note", about="b")
    Errand.objects.create(kind="other", about="c", given_up_at=timezone.now())

    call_command("retry_errands")
    assert Errand.objects.given_up().count() == 4
    call_command("retry_errands", "--kind", "test-note", "--confirm")
    work.run_due()

    assert sorted(done) == ["a", "b"]
    assert "test-note a: Bug, 5 attempts" in capsys.readouterr().out
    assert Errand.objects.given_up().count() == 3
