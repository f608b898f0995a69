"""Short messages: off unless a sender is named, and then sent like any other message, once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from errands import work
from errands.models import Errand
from notices import checks, outbox, sms
from notices.models import Notice

MOBILE = "06 39 98 00 00"
sent = []
trouble = []


def keep(telephone, text):
    """A sender: what it is given is in `sent`, unless there is trouble."""
    if trouble:
        raise trouble[0]
    sent.append((telephone, text))


@pytest.fixture(autouse=True)
def _a_sender(settings):
    settings.ACTESS_SMS = "tests.notices.test_sms.keep"
    sent.clear()
    trouble.clear()


def put(**changes):
    return outbox.put_sms(**{"kind": "trial", "telephone": MOBILE, "template": "trial"} | changes)


@pytest.mark.django_db
def test_a_short_message_is_sent_once_and_its_text_forgotten():
    notice = put(key="k", about="abc")
    assert put(key="k") == notice

    work.run_due()
    outbox.send(notice.reference)

    assert sent == [("+33639980000", "Actess : le site sait envoyer des SMS.")]
    [logged] = outbox.log_about("abc")
    assert (logged.text, logged.state_in_words, logged.address) == ("", "envoyé", MOBILE)


@pytest.mark.django_db
@pytest.mark.parametrize("telephone", ["", "01 99 00 12 34", "+33 1 99 00 12 34"])
def test_a_number_that_no_message_reaches_is_sent_none(telephone):
    assert put(telephone=telephone) is None
    assert not Notice.objects.exists()


@pytest.mark.django_db
def test_without_a_sender_nothing_is_put(settings):
    settings.ACTESS_SMS = ""

    assert put() is None
    assert not Notice.objects.exists()


@pytest.mark.django_db
def test_a_network_that_is_down_is_waited_for():
    put()
    trouble.append(ConnectionError("down"))

    for hour in range(20):
        work.run_due(timezone.now() + timedelta(hours=3 * hour))
    assert Errand.objects.pending().count() == 1
    trouble.clear()
    work.run_due(timezone.now() + timedelta(days=10))

    assert len(sent) == 1


@pytest.mark.django_db
def test_a_message_that_the_sender_refuses_is_given_up(caplog):
    put(about="abc")
    trouble.append(ValueError("no such number"))

    for hour in range(10):
        work.run_due(timezone.now() + timedelta(hours=3 * hour))

    [logged] = outbox.log_about("abc")
    assert logged.state_in_words == "abandonné"
    assert MOBILE not in caplog.text


@pytest.mark.django_db
def test_a_message_to_nowhere_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(kind="trial", channel="sms", subject="Essai")


@pytest.mark.parametrize(
    ("typed", "one"),
    [
        ("06 39 98 00 00", "+33639980000"),
        ("06.39.98.00.00", "+33639980000"),
        ("+33 (0)6 39 98 00 00", "+33639980000"),
        ("0033 6 39 98 00 00", "+33639980000"),
        ("+44 7700 900123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("", ""),
    ],
)
def test_numbers_are_written_in_one_way(typed, one):
    assert sms.international(typed) == one


def test_letters_are_those_that_every_telephone_has():
    said = sms.simple("L’atelier «\u00a0Être bénévole\u00a0» est confirmé\u00a0: 14\u00a0h – 16\u00a0h… Cœur venu·e 😀")

    assert said == 'L\'atelier " Etre bénévole " est confirmé : 14 h - 16 h... Coeur venu.e ?'


def test_the_log_of_a_development_machine_masks_the_number(caplog):
    sms.to_log("+33639980012", "Bonjour")

    assert "Bonjour" in caplog.text
    assert "12" in caplog.text
    assert "639980" not in caplog.text


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("", []),
        ("notices.sms.to_log", []),
        ("notices.sms.TAKEN", [checks.NO_SUCH_SENDER]),
        ("notices.sms.nothing", [checks.NO_SUCH_SENDER]),
        ("nothing", [checks.NO_SUCH_SENDER]),
    ],
)
def test_a_sender_that_is_not_there_is_told_before_the_site_serves(settings, name, found):
    settings.ACTESS_SMS = name

    assert checks.sender_is_there() == found
