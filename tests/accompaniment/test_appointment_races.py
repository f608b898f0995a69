"""People who want the same slot at the same moment: on a database with several writers."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accompaniment import appointments, availabilities
from accompaniment.models import Appointment, DaysOff
from tests.accompaniment.agendas import NOW, make_appointment, make_availability, make_slot
from tests.people import make_member

NINE = datetime(2027, 1, 13, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def at_once(jobs):
    """Run each in a thread of its own, all from the same moment on; what they gave back, or the code of the refusal."""
    answers, together = [], Barrier(len(jobs))

    def run(job):
        together.wait()
        try:
            answers.append(job())
        except ValidationError as error:
            answers.append(error.code)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


several_writers = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="the embedded database has one writer at a time"
)


@several_writers
@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_want_the_same_slot_at_once_one_has_it():
    counsellor = make_availability().counsellor
    people = [make_member() for _ in range(20)]

    answers = at_once(
        [lambda member=member: appointments.book(member, make_slot(counsellor), now=NOW).member for member in people]
    )

    assert answers.count("taken") == 19
    assert Appointment.objects.planned().get().member in answers


@several_writers
@pytest.mark.django_db(transaction=True)
def test_two_counsellors_who_exchange_appointments_at_once_do_not_wait_for_each_other():
    first, second = make_availability().counsellor, make_availability(weekday=3).counsellor
    one = make_appointment(counsellor=first, starts_at=NINE)
    other = make_appointment(counsellor=second, starts_at=NINE + timedelta(days=1))
    to_second = make_slot(second, starts_at=NINE + timedelta(days=1, hours=1))
    to_first = make_slot(first, starts_at=NINE + HOUR)

    answers = at_once(
        [
            lambda: appointments.move(one, to_second, now=NOW).counsellor,
            lambda: appointments.move(other, to_first, now=NOW).counsellor,
        ]
    )

    assert set(answers) == {first, second}


@several_writers
@pytest.mark.django_db(transaction=True)
def test_a_day_off_and_an_appointment_asked_for_at_once_are_not_both_given():
    for turn in range(5):
        counsellor = make_availability().counsellor
        member, day = make_member(), date(2027, 1, 13)

        at_once(
            [
                lambda member=member, counsellor=counsellor: appointments.book(member, make_slot(counsellor), now=NOW),
                lambda counsellor=counsellor, day=day: availabilities.take_days_off(
                    counsellor, starts_on=day, ends_on=day, now=NOW
                ),
            ]
        )

        planned = Appointment.objects.planned().filter(counsellor=counsellor).count()
        assert planned + DaysOff.objects.filter(counsellor=counsellor).count() == 1, turn


@several_writers
@pytest.mark.django_db(transaction=True)
def test_a_member_who_asks_two_counsellors_at_once_has_one_appointment():
    member = make_member()
    slots = [make_slot(make_availability().counsellor) for _ in range(4)]

    answers = at_once(
        [lambda slot=slot: appointments.book(member, slot, kind="individuel", now=NOW).member for slot in slots]
    )

    assert sorted(answers, key=str) == sorted([member, *["taken"] * 3], key=str)
    assert Appointment.objects.planned().count() == 1
