"""What people are told of their places: once, by the way that reaches them, and nothing of others."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from association.models import Identity
from errands import work
from events import bookings, messages
from events.links import address_of
from events.models import Booking, Meeting
from notices import outbox
from notices.models import Notice
from tests.events.factories import make_booking
from tests.factories import make_place, make_session
from tests.people import make_member, make_organisation

pytestmark = pytest.mark.django_db

State = Booking.State
TUESDAY = datetime(2099, 3, 10, 13, tzinfo=UTC)
SOON = datetime(2099, 3, 3, 8, 30, tzinfo=UTC)
LINK = "https://rencontre.example.org/salle-secrete"
NBSP = "\N{NO-BREAK SPACE}"
IN_WORDS = f"mardi 10{NBSP}mars 2099 à{NBSP}14{NBSP}h"


@pytest.fixture
def session():
    return make_session(starts_at=TUESDAY, place=make_place(directions="Tram 1, arrêt du Port."))


@pytest.fixture
def online():
    return make_session(starts_at=TUESDAY, online_url=LINK)


def sent():
    """The mails that leave now, the new ones."""
    before = len(mail.outbox)
    work.run_due()
    return mail.outbox[before:]


def told(booking):
    """The only mail that leaves, and what it says."""
    [one] = sent()
    assert one.to == [booking.mailbox]
    return one.subject, one.body


def calendar_of(message):
    [part] = message.attachments
    return part["Content-Type"].params["method"], Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")[0]


def as_it_was(session):
    return Meeting.objects.get(pk=session.pk)


def buttons(message):
    [(html, _kind)] = message.alternatives
    return dict(re.findall(r'<a href="([^"]*)">.*?<b>(.*?)</b>', html))


def plain(text):
    return text.replace(NBSP, " ")


def test_a_held_seat_says_until_when_and_how_to_confirm_it(session):
    booking = make_booking(session, state=State.HELD, held_until=SOON, first_name="Nour")

    messages.please_confirm(booking)
    [message] = sent()

    assert message.subject == "Confirmez votre place : mardi 10 mars 2099 à 14 h"
    assert message.body.startswith("Bonjour Nour,")
    assert "jusqu’au mardi 3 mars 2099 à 9 h 30" in plain(message.body)
    assert buttons(message) == {address_of(booking): "Confirmer ma place"}
    assert "Ce lien est personnel" in message.body
    assert message.attachments == []


def test_a_confirmed_place_comes_with_its_calendar_file(session):
    booking = make_booking(session)

    messages.confirmed(booking)
    [message] = sent()

    assert message.subject == "Votre place est confirmée : mardi 10 mars 2099 à 14 h"
    assert "Mardi 10 mars 2099 à 14 h, jusqu’à 16 h\n  Maison des associations, 3 rue du Port" in plain(message.body)
    assert "Tram 1, arrêt du Port." in message.body
    assert buttons(message) == {address_of(booking): "Voir ma réservation"}
    method, event = calendar_of(message)
    assert (method, event["STATUS"]) == ("PUBLISH", "CONFIRMED")


def test_who_was_booked_by_a_prescriber_is_told_by_whom(session):
    town_hall = make_organisation(name="Mairie de Saint-Aubin", is_prescriber=True)

    messages.confirmed(make_booking(session, booked_for=town_hall))
    messages.on_waiting_list(make_booking(session, booked_for=town_hall, state=State.WAITING), 2)

    assert all("Mairie de Saint-Aubin a " in message.body for message in sent())


def test_who_is_not_booked_by_a_prescriber_reads_of_none(session):
    booking = make_booking(session, sent_by=make_organisation(name="Mairie de Saint-Aubin", is_prescriber=True))

    messages.confirmed(booking)

    assert "Mairie" not in told(booking)[1]


@pytest.mark.parametrize(("rank", "said"), [(1, "la première personne"), (12, "vous avez la 12e place")])
def test_who_waits_knows_their_rank(session, rank, said):
    booking = make_booking(session, state=State.WAITING)

    messages.on_waiting_list(booking, rank)

    assert said in told(booking)[1]


def test_an_offer_says_until_when(session):
    booking = make_booking(session, state=State.OFFERED, offered_until=SOON)

    messages.offered(booking)

    assert "avant le mardi 3 mars 2099 à 9 h 30" in plain(told(booking)[1])


@pytest.mark.parametrize(("was", "said"), [(State.HELD, "pas été confirmée à temps"), (State.OFFERED, "proposions")])
def test_what_is_lapsed_says_how_to_come_back(session, was, said):
    booking = make_booking(session, state=State.LAPSED, ended_at=SOON)

    messages.lapsed(booking, was=was)
    [message] = sent()

    assert said in message.body
    assert buttons(message) == {address_of(booking): "Demander de nouveau une place"}


def test_a_cancelled_place_leaves_the_calendar_that_it_was_in(session):
    messages.cancelled(make_booking(session, state=State.CANCELLED, confirmed_at=SOON, ended_at=SOON))
    messages.cancelled(make_booking(session, state=State.CANCELLED, ended_at=SOON))
    of_a_seat, of_the_list = sent()

    method, event = calendar_of(of_a_seat)
    assert (method, event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert of_the_list.attachments == []
    assert "agenda" not in of_the_list.body


STANDINGS = {
    State.HELD: "il reste à la confirmer",
    State.CONFIRMED: "elle est confirmée",
    State.OFFERED: "elle vous est proposée",
    State.WAITING: "vous êtes en liste d’attente",
}


@pytest.mark.parametrize("state", STANDINGS)
def test_who_asks_again_is_given_the_place_that_they_have_once_an_hour(session, state):
    booking = make_booking(session, state=state)

    for minute in (0, 30, 59):
        messages.already_booked(booking, SOON.replace(minute=minute))
    assert STANDINGS[state] in told(booking)[1]
    messages.already_booked(booking, SOON + timedelta(hours=1))

    assert len(sent()) == 1


def test_each_thing_is_said_once_and_anew_when_it_happens_again(session):
    booking = make_booking(session)

    messages.confirmed(booking)
    messages.confirmed(booking)
    assert len(sent()) == 1
    booking.confirmed_at += timedelta(microseconds=1)
    messages.confirmed(booking)

    assert len(sent()) == 1


def test_keys_are_short_enough_for_any_number(session):
    booking = make_booking(session, state=State.LAPSED, number=2_000_000_000, ended_at=SOON)

    messages.lapsed(booking, was=State.HELD)

    assert len(Notice.objects.get().key) <= Notice._meta.get_field("key").max_length


def test_the_link_of_an_online_meeting_is_never_in_the_text(online):
    before = as_it_was(online)
    online.online_url = f"{LINK}-2"
    for booking in (make_booking(online), make_booking(online, state=State.HELD)):
        messages.please_confirm(booking) if booking.state == State.HELD else messages.confirmed(booking)
        messages.reminder(booking, "days")
    messages.meeting_changed(online, before=before)

    mails = sent()
    assert len(mails) == 6
    assert not any(LINK in message.body for message in mails)
    assert all("la page de votre réservation donne le lien" in message.body for message in mails)


def test_a_meeting_that_moves_tells_all_who_have_a_place_or_wait(session):
    states = (State.CONFIRMED, State.HELD, State.OFFERED, State.WAITING)
    those = [make_booking(session, state=state) for state in states]
    make_booking(session, state=State.CANCELLED)
    before = as_it_was(session)
    session.starts_at += timedelta(days=1)
    session.ends_at += timedelta(days=1)
    session.place = make_place(name="Salle des fêtes")
    session.save()

    messages.meeting_changed(session, before=before)
    messages.meeting_changed(session, before=before)
    mails = sent()

    assert [message.to for message in mails] == [[booking.email] for booking in those]
    for message in mails:
        assert "C’était prévu mardi 10 mars 2099 à 14 h" in plain(message.body)
        assert "Mercredi 11 mars 2099 à 14 h, jusqu’à 16 h\n  Salle des fêtes" in plain(message.body)
        assert "Le lieu change." in message.body
    assert calendar_of(mails[0])[1]["SEQUENCE"] == session.sequence == 1
    assert all(message.attachments == [] for message in mails[1:])
    assert "Vous restez en liste d’attente, au même rang." in mails[3].body


def test_a_new_link_is_announced_and_a_new_title_is_not(online):
    make_booking(online)
    before = as_it_was(online)
    online.title = "Autrement"
    messages.meeting_changed(online, before=before)
    assert sent() == []
    online.online_url = f"{LINK}-2"

    messages.meeting_changed(online, before=before)

    [message] = sent()
    assert "Le lien de connexion change" in message.body
    assert "C’était prévu" not in message.body
    assert f"{LINK}-2" in calendar_of(message)[1]["LOCATION"]


@pytest.mark.parametrize(("now", "skipped"), [(timedelta(days=3), 0), (timedelta(days=1), 1), (timedelta(hours=1), 2)])
def test_what_is_said_so_late_needs_no_reminder_after_it(session, now, skipped):
    booking = make_booking(session)
    before = as_it_was(session)
    session.starts_at += timedelta(minutes=30)

    messages.meeting_changed(session, before=before, now=session.starts_at - now)

    booking.refresh_from_db()
    reminded = [booking.reminded_days_for, booking.reminded_hours_for]
    assert reminded == [session.starts_at] * skipped + [None] * (2 - skipped)


def test_a_cancelled_meeting_tells_all_and_one_that_takes_place_after_all_too(session):
    sure, waits = make_booking(session), make_booking(session, state=State.WAITING)
    make_booking(session, state=State.LAPSED)
    session.cancelled_at, session.cancelled_because = timezone.now(), "Grève des transports."
    session.save()

    messages.meeting_cancelled(session)
    first, second = sent()
    assert [first.to, second.to] == [[sure.email], [waits.email]]
    assert first.subject == "Annulation : Découvrir l’emploi dans l’ESS, mardi 10 mars 2099 à 14 h"
    assert "Grève des transports." in first.body
    assert list(buttons(first).values()) == ["Choisir une autre date"]
    method, event = calendar_of(first)
    assert (method, event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert second.attachments == []

    session.cancelled_at, session.cancelled_because = None, ""
    session.save()
    messages.meeting_restored(session)
    first, second = sent()
    assert "Votre place est toujours confirmée." in first.body
    assert "Vous êtes toujours en liste d’attente." in second.body
    method, restored = calendar_of(first)
    assert (method, restored["STATUS"], restored["UID"]) == ("PUBLISH", "CONFIRMED", event["UID"])
    assert restored["SEQUENCE"] > event["SEQUENCE"]

    session.cancelled_at = timezone.now()
    session.save()
    messages.meeting_cancelled(session)
    assert len(sent()) == 2


def test_who_came_is_invited_to_a_diagnostic_and_asked_three_questions(session):
    booking = make_booking(session, attendance="venu")

    messages.came(booking)
    messages.came(booking)
    [message] = sent()

    assert buttons(message) == {
        address_of(booking, "diagnostic_slots"): "Choisir mon rendez-vous",
        address_of(booking, "booking_opinion"): "Donner mon avis",
    }


def test_who_came_to_a_members_event_is_asked_only_the_questions(session):
    Meeting.objects.filter(pk=session.pk).update(kind="atelier")
    booking = make_booking(Meeting.objects.get(pk=session.pk), attendance="venu")

    messages.came(booking)

    [message] = sent()
    assert list(buttons(message)) == [address_of(booking, "booking_opinion")]


def test_a_member_is_written_to_at_the_address_of_their_account(session):
    member = make_member(email="ancienne@example.org", first_name="Awa")
    booking = make_booking(session, member=member, email="autre@example.org", first_name="")

    messages.confirmed(booking)

    assert Notice.objects.get().person == member.user
    assert booking.mailbox == member.user.email
    assert told(booking)[1].startswith("Bonjour Awa,")


def test_what_was_written_is_in_the_log_of_the_booking(session):
    booking = make_booking(session)
    messages.confirmed(booking)
    messages.confirmed(make_booking(session))
    sent()
    messages.reminder(booking, "days")

    log = outbox.log_about(booking.reference)

    assert [(notice.kind, notice.state_in_words) for notice in log] == [
        ("booking_reminder", "en attente"),
        ("booking_confirmed", "envoyé"),
    ]


WORDS = {
    "please_confirm": {"state": State.HELD, "held_until": SOON},
    "confirmed": {},
    "offered": {"state": State.OFFERED, "offered_until": SOON},
    "cancelled": {"state": State.CANCELLED, "ended_at": SOON},
    "already_booked": {},
    "came": {"attendance": "venu"},
}


def say_everything(session, **fields):
    """Each message there is to one person, or as many as can be."""
    for name, row in WORDS.items():
        booking = make_booking(session, **fields | row)
        getattr(messages, name)(booking)
        Booking.objects.filter(pk=booking.pk).delete()
    booking = make_booking(session, **fields)
    messages.on_waiting_list(booking, 3)
    messages.lapsed(booking, was=State.HELD)
    messages.no_seat(booking)
    messages.reminder(booking, "days")
    messages.reminder(booking, "hours")
    before = as_it_was(session)
    session.starts_at += timedelta(hours=1)
    messages.meeting_changed(session, before=before)
    messages.meeting_cancelled(session)
    messages.meeting_restored(session)
    return len(WORDS) + 8


def test_who_has_only_a_telephone_is_told_nothing_where_short_messages_are_off(session):
    say_everything(session, email="", telephone="06 39 98 00 00")

    assert not Notice.objects.exists()


def test_who_has_only_a_telephone_is_told_by_short_messages_where_they_are_on(session, settings, caplog):
    settings.ACTESS_SMS = "notices.sms.to_log"
    Identity.objects.create(telephone="01 99 00 12 34")

    put = say_everything(session, email="", telephone="06 39 98 00 00")
    texts = list(Notice.objects.filter(channel="sms").values_list("text", flat=True))
    work.run_due()

    assert len(texts) == put == Notice.objects.count()
    for text in texts:
        address = re.search(r"http\S+", text)
        assert len(text) - (len(address[0]) if address else 0) <= 160
        assert (address is None) == ("01 99 00 12 34" in text)
    assert caplog.text.count("SMS to") == put
    assert mail.outbox == []


def test_who_has_both_is_written_to_by_mail_only(session, settings):
    settings.ACTESS_SMS = "notices.sms.to_log"

    put = say_everything(session, telephone="06 39 98 00 00")

    assert Notice.objects.filter(channel="mail").count() == put == Notice.objects.count()


def test_every_mail_says_when_in_its_subject_or_speaks_of_what_follows(session):
    say_everything(session)

    for message in sent():
        assert "mars 2099" in message.subject or "rendez-vous" in message.subject
        assert not re.search(r" [:;!?»]|« ", message.body.split("\n-- \n")[0])


HOSTILE = "Eve\u202e<b>x"


def test_a_hostile_name_opens_nothing(session):
    messages.confirmed(make_booking(session, first_name=HOSTILE))

    [message] = sent()
    [(html, _kind)] = message.alternatives
    assert "&lt;b&gt;x" in html
    assert "<b>x" not in html
    assert "\u202e" not in message.subject


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Jean-François", "Bonjour Jean-François,"),
        ("Gagnez 500 euros", "Bonjour,"),
        ("Voir evil.example", "Bonjour,"),
        ("https://evil", "Bonjour,"),
        ("Votre compte est fermé, écrivez-nous vite", "Bonjour,"),
    ],
)
def test_nobody_sends_words_of_their_own_to_somebody_else_s_mailbox(session, name, greeted):
    booking = make_booking(session, first_name=name)

    messages.confirmed(booking)

    assert greeted in Notice.objects.get(about=booking.reference).text


def test_once_a_booking_is_nobody_s_nothing_says_whom_was_written_to(session):
    gone, other = make_booking(session), make_booking(session)
    for booking in (gone, other):
        messages.confirmed(booking)

    bookings.anonymise(Booking.objects.filter(pk=gone.pk), timezone.now())

    assert [notice.about for notice in Notice.objects.all()] == [other.reference]
    assert [message.to for message in sent()] == [[other.email]]


def test_a_short_message_says_where_to_come_and_gives_the_link_where_nobody_answers(session, settings):
    settings.ACTESS_SMS = "notices.sms.to_log"
    booking = make_booking(session, email="", telephone="06 39 98 00 00")

    messages.confirmed(booking)

    text = plain(Notice.objects.get().text)
    assert "10 mars 2099 à 14 h, Maison des associations, 3 rue du Port, Saint-Aubin." in text
    assert text.endswith(f"Empêchement ? {address_of(booking)}")
