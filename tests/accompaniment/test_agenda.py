"""The agenda on its screens: one's own weeks, appointments, availabilities and days off, and nobody else's."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accompaniment import agenda
from accompaniment.models import Appointment, Availability, DaysOff, Feed
from accompaniment.permissions import can_fix_appointment, can_keep_agenda
from notices.models import Notice
from tests.accompaniment.agendas import PLACE, make_appointment, make_availability
from tests.accompaniment.paths import make_grid
from tests.people import make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
State = Appointment.State
NBSP = "\u00a0"


@pytest.fixture
def counsellor(client):
    counsellor = make_counsellor()
    client.force_login(counsellor.user)
    return counsellor


def tomorrow(hours=9):
    """An hour of tomorrow, on the clocks of Paris."""
    day = timezone.localtime() + timedelta(days=1)
    return day.replace(hour=hours, minute=0, second=0, microsecond=0)


def page(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode().replace(NBSP, " ")


def posted(client, name, *args, **data):
    return client.post(reverse(name, args=args), data, follow=True)


def text(answer):
    return answer.content.decode().replace(NBSP, " ")


def test_a_week_shows_ones_own_appointments_and_nobody_elses(client, counsellor):
    starts = tomorrow()
    mine = make_appointment(make_member(last_name="Diallo"), counsellor, starts_at=starts)
    cancelled = make_appointment(make_member(last_name="Petit"), counsellor, starts_at=starts, state=State.CANCELLED)
    other = make_counsellor()
    make_appointment(make_member(last_name="Zola"), other, starts_at=starts)
    make_availability(counsellor, weekday=starts.weekday())

    shown = page(client, "agenda", semaine=f"{starts:%Y-%m-%d}")

    assert "Diallo" in shown
    assert "9 h – 10 h" in shown
    assert "de 9 h à 12 h" in shown
    assert PLACE in shown
    for hidden in ("Zola", "Petit", str(other)):
        assert hidden not in shown
    assert reverse("agenda_appointment", args=[mine.reference]) in shown
    assert cancelled.reference not in shown


def test_weeks_follow_one_another_and_far_ones_are_not_there(client, counsellor):
    today = timezone.localdate()
    make_appointment(make_member(last_name="Diallo"), counsellor, starts_at=timezone.now() + timedelta(weeks=1))

    after = client.get(reverse("agenda")).context["after"]

    assert after == agenda.monday_of(today) + timedelta(weeks=1)
    assert "Diallo" in page(client, "agenda", semaine=f"{timezone.localdate() + timedelta(weeks=1):%Y-%m-%d}")
    assert "Diallo" not in page(client, "agenda", semaine=f"{today + timedelta(weeks=3):%Y-%m-%d}")
    for wrong in ("x", "2027-02-30", "1900-01-01", "9999-12-31"):
        assert client.get(reverse("agenda"), {"semaine": wrong}).status_code == 404


def test_a_day_says_that_one_is_away_what_one_hosts_and_that_nothing_is_planned():
    counsellor = make_counsellor()
    monday = date(2027, 1, 11)
    make_availability(counsellor, since=date(2027, 1, 14))
    make_availability(counsellor, weekday=0, until=date(2027, 1, 11))
    make_availability(counsellor, weekday=1, until=date(2027, 1, 11), starts=time(15), ends=time(16))
    DaysOff.objects.create(counsellor=counsellor, starts_on=date(2027, 1, 14), ends_on=date(2027, 1, 14))
    ten = datetime(2027, 1, 15, 9, tzinfo=UTC)
    host = agenda.Hosted(counsellor.pk, "a", ten, ten + HOUR, "Une réunion", "/ailleurs/")
    agenda.sources.append(lambda *_asked: [host])
    try:
        days = agenda.week(counsellor, monday)
    finally:
        agenda.sources.pop()

    assert [day.date for day in days] == [monday + timedelta(days=number) for number in range(7)]
    assert [bool(day.receives) for day in days] == [True, *[False] * 6]
    assert [day.is_off for day in days] == [False, False, False, True, False, False, False]
    assert days[4].hosted == [host]
    assert [day.is_empty for day in days] == [False, True, True, False, False, True, True]


def test_a_full_week_takes_as_many_queries_as_an_empty_one(client, counsellor):
    address = reverse("agenda")
    client.get(address)
    with CaptureQueriesContext(connection) as empty:
        client.get(address)
    for number in range(6):
        make_appointment(counsellor=counsellor, starts_at=timezone.now() + number * HOUR)
        make_availability(counsellor, weekday=number)

    with CaptureQueriesContext(connection) as full:
        client.get(address)

    assert len(full) == len(empty)


def test_what_has_begun_waits_to_be_marked_and_is_marked(client, counsellor):
    made = make_appointment(make_member(last_name="Diallo"), counsellor, starts_at=timezone.now() - HOUR)
    assert "Cette personne est-elle venue" in page(client, "agenda")

    answer = posted(client, "agenda_mark", made.reference, etat="manque")
    assert "C’est noté : pas venu." in text(answer)
    answer = posted(client, "agenda_mark", made.reference, etat="honore")
    assert "C’est noté : venu." in text(answer)

    made.refresh_from_db()
    assert made.state == State.DONE
    assert "Cette personne est-elle venue" not in page(client, "agenda")


@pytest.mark.parametrize("said", ["", "prevu", "x"])
def test_a_mark_says_whether_somebody_came(client, counsellor, said):
    made = make_appointment(counsellor=counsellor, starts_at=timezone.now() - HOUR)

    assert "Dites si la personne est venue ou non." in text(posted(client, "agenda_mark", made.reference, etat=said))
    made.refresh_from_db()
    assert made.is_planned


def test_what_has_not_begun_is_not_marked(client, counsellor):
    made = make_appointment(counsellor=counsellor, starts_at=tomorrow())

    assert "pas encore commencé" in text(posted(client, "agenda_mark", made.reference, etat="honore"))


def test_an_appointment_of_another_counsellor_does_not_exist(client, counsellor):
    member = make_member()
    make_referent(member, counsellor)
    theirs = make_appointment(member, starts_at=tomorrow())

    for name in ("agenda_appointment", "agenda_move"):
        assert client.get(reverse(name, args=[theirs.reference])).status_code == 404
    for name in ("agenda_cancel", "agenda_mark", "agenda_move"):
        assert client.post(reverse(name, args=[theirs.reference]), {"etat": "honore"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.is_planned


def test_who_is_no_longer_a_counsellor_keeps_no_agenda():
    counsellor = make_counsellor()
    made = make_appointment(counsellor=counsellor)
    assert can_keep_agenda(counsellor.user, appointment=made)

    counsellor.ends_on = timezone.localdate() - timedelta(days=1)
    counsellor.save()

    assert not can_keep_agenda(counsellor.user, appointment=made)


def test_an_appointment_is_fixed_with_those_one_accompanies_and_not_with_oneself():
    counsellor, member = make_counsellor(), make_member()
    make_referent(member, counsellor)
    oneself = make_member(user=counsellor.user)
    make_referent(oneself, counsellor)

    assert can_fix_appointment(counsellor.user, member=member)
    assert not can_fix_appointment(counsellor.user, member=oneself)
    assert not can_fix_appointment(counsellor.user, member=make_member())


def test_the_page_of_an_appointment_gives_the_record_of_whom_one_accompanies(client, counsellor):
    member = make_member(telephone="0639981234")
    made = make_appointment(member, counsellor, starts_at=tomorrow())
    record = f'href="{reverse("member_record", args=[member.reference])}"'

    shown = page(client, "agenda_appointment", made.reference)
    assert record not in shown
    assert "06 39 98 12 34" in shown

    make_referent(member, counsellor)
    assert record in page(client, "agenda_appointment", made.reference)


def test_of_somebody_who_was_handed_over_a_former_appointment_keeps_the_hour_alone(client, counsellor):
    member = make_member(first_name="Zoé", last_name="Xerxès", telephone="0639981234")
    mine = make_referent(member, counsellor)
    yesterday = timezone.now() - timedelta(days=1)
    done = make_appointment(member, counsellor, starts_at=yesterday, state=State.DONE)
    coming = make_appointment(member, counsellor, starts_at=tomorrow())
    week = f"{timezone.localdate(yesterday):%Y-%m-%d}"
    assert "Xerxès" in page(client, "agenda_appointment", done.reference)
    assert "06 39 98 12 34" in page(client, "agenda_appointment", done.reference)

    mine.ends_at = timezone.now()
    mine.save()
    make_referent(member)

    for shown in (page(client, "agenda_appointment", done.reference), page(client, "agenda", semaine=week)):
        assert "ZX" in shown
    assert "Xerxès" not in page(client, "agenda_appointment", done.reference)
    assert "Xerxès" in page(client, "agenda_appointment", coming.reference)
    for made in (done, coming):
        shown = page(client, "agenda_appointment", made.reference)
        assert "06 39 98 12 34" not in shown
        assert member.user.email not in shown


def test_an_interview_begins_from_its_appointment_with_whom_nobody_follows(client, counsellor):
    member = make_member()
    made = make_appointment(member, counsellor, starts_at=timezone.now() - HOUR)
    individual = make_appointment(make_member(), counsellor, starts_at=tomorrow(11), kind="individuel")
    cancelled = make_appointment(make_member(), counsellor, starts_at=tomorrow(), state=State.CANCELLED)
    make_grid()
    start = "Commencer le diagnostic"
    assert start in page(client, "agenda_appointment", made.reference)
    for other in (individual, cancelled):
        assert start not in page(client, "agenda_appointment", other.reference)

    begun = posted(client, "diagnostic_start", member.reference)

    assert begun.status_code == 200
    assert member.diagnostics.get().appointment == made
    assert start not in page(client, "agenda_appointment", made.reference)

    followed = make_appointment(counsellor=counsellor, starts_at=tomorrow(13))
    make_referent(followed.member)
    assert start not in page(client, "agenda_appointment", followed.reference)


TYPED = {"kind": "individuel", "hour": "14:30", "length": "45", "place": "Au café", "video_url": ""}


def test_an_appointment_is_fixed_with_one_of_ones_members(client, counsellor):
    member = make_member(last_name="Diallo")
    make_referent(member, counsellor)
    make_availability(counsellor)
    day = f"{tomorrow():%Y-%m-%d}"
    asked = reverse("agenda_fix") + f"?membre={member.reference}"
    assert asked in page(client, "member_record", member.reference)
    assert f'value="{member.reference}" selected' in text(client.get(asked))
    assert PLACE in text(client.get(asked))

    answer = posted(client, "agenda_fix", **TYPED, member=member.reference, day=day)

    made = Appointment.objects.get()
    assert (made.member, made.counsellor, made.kind, made.place) == (member, counsellor, "individuel", "Au café")
    assert timezone.localtime(made.starts_at) == tomorrow(14) + timedelta(minutes=30)
    assert made.ends_at - made.starts_at == timedelta(minutes=45)
    assert made.made_by == counsellor.user
    assert "reçoit un e-mail" in text(answer)
    assert Notice.objects.get().recipient == member.user.email


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"member": ""}, "Choisissez un membre."),
        ({"day": "2020-01-01"}, "Ce moment est passé."),
        ({"day": "x"}, "Cette date n’existe pas."),
        ({"hour": "25:00"}, "Écrivez l’heure ainsi : 14:30."),
        ({"length": "5"}, "Au moins 15 minutes."),
        ({"place": ""}, "Donnez un lieu ou un lien de visioconférence, pas les deux."),
        ({"video_url": "https://visio.example.org/"}, "Donnez un lieu ou un lien de visioconférence, pas les deux."),
        ({"video_url": "x x", "place": ""}, "Cette adresse n’est pas complète."),
        ({"day": "2027-03-28", "hour": "02:30"}, "2 h 30 n’existe pas."),
    ],
)
def test_what_is_typed_wrong_is_said_and_kept(client, counsellor, typed, told):
    member = make_member()
    make_referent(member, counsellor)
    data = TYPED | {"member": member.reference, "day": f"{tomorrow():%Y-%m-%d}", "place": "Au café de la gare"} | typed

    answer = posted(client, "agenda_fix", **data)

    assert told in text(answer)
    assert data["place"] in text(answer)
    assert not Appointment.objects.exists()


def test_somebody_elses_member_is_not_in_the_list(client, counsellor):
    stranger = make_member(last_name="Zola")
    data = TYPED | {"member": stranger.reference, "day": f"{tomorrow():%Y-%m-%d}"}

    answer = posted(client, "agenda_fix", **data)

    assert "Choisissez l’un de vos membres." in text(answer)
    assert "Zola" not in text(answer)
    assert not Appointment.objects.exists()


def test_a_counsellor_moves_an_appointment_of_theirs(client, counsellor):
    made = make_appointment(make_member(account=False), counsellor, starts_at=tomorrow())
    shown = page(client, "agenda_move", made.reference)
    assert f'value="{tomorrow():%Y-%m-%d}"' in shown
    assert 'value="09:00"' in shown

    data = TYPED | {"day": f"{tomorrow() + timedelta(days=1):%Y-%m-%d}"}
    answer = posted(client, "agenda_move", made.reference, **data)

    made.refresh_from_db()
    assert timezone.localtime(made.starts_at) == tomorrow(14) + timedelta(days=1, minutes=30)
    assert "prévenez-le par téléphone" in text(answer)
    assert not Notice.objects.exists()


def test_a_counsellor_moves_nothing_on_something_else(client, counsellor):
    made = make_appointment(counsellor=counsellor, starts_at=tomorrow())
    make_appointment(counsellor=counsellor, starts_at=tomorrow(15))

    answer = posted(client, "agenda_move", made.reference, **TYPED, day=f"{tomorrow():%Y-%m-%d}")

    assert "Vous avez déjà quelque chose à ce moment-là." in text(answer)
    made.refresh_from_db()
    assert made.starts_at == tomorrow()


def test_a_counsellor_cancels_an_appointment_of_theirs(client, counsellor):
    made = make_appointment(counsellor=counsellor, starts_at=tomorrow())
    begun = make_appointment(counsellor=counsellor, starts_at=timezone.now() - HOUR)

    assert "Le rendez-vous est annulé." in text(posted(client, "agenda_cancel", made.reference))
    assert "a commencé" in text(posted(client, "agenda_cancel", begun.reference))

    made.refresh_from_db()
    begun.refresh_from_db()
    assert (made.state, begun.state) == (State.CANCELLED, State.PLANNED)


RULE = {
    "weekday": "2",
    "starts": "09:00",
    "ends": "12:00",
    "length": "60",
    "pause": "0",
    "place": PLACE,
    "video_url": "",
    "since": "2027-01-01",
    "until": "",
}


def test_an_availability_is_added_changed_and_ended_on_one_page(client, counsellor):
    assert "Personne ne peut encore choisir" in page(client, "agenda")
    assert "Vos créneaux sont proposés" in text(posted(client, "availabilities", **RULE))
    rule = Availability.objects.get()
    assert (rule.counsellor, rule.starts, rule.until) == (counsellor, time(9), None)

    changed = {f"regle{rule.pk}-{name}": value for name, value in (RULE | {"ends": "11:00"}).items()}
    assert "C’est changé." in text(posted(client, "availability_change", ligne=rule.pk, **changed))
    rule.refresh_from_db()
    assert rule.ends == time(11)

    assert "ne sont plus proposés" in text(posted(client, "availability_end", ligne=rule.pk))
    assert "mercredi" not in page(client, "availabilities").lower().split("ajouter une disponibilité")[0]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"ends": "08:00"}, "La fin vient après le début."),
        ({"until": "2020-01-01"}, "La fin vient après le début."),
        ({"ends": "09:30"}, "il n’y a pas la place d’un rendez-vous"),
        ({"place": ""}, "Donnez un lieu"),
        ({"weekday": "9"}, "Sélectionnez un choix valide"),
        ({"length": "x"}, "Écrivez un nombre de minutes."),
        ({"starts": ""}, "Donnez une heure."),
    ],
)
def test_an_availability_typed_wrong_is_said_and_kept(client, counsellor, typed, told):
    added = posted(client, "availabilities", **RULE | typed)
    rule = make_availability(counsellor, place="Avant")
    changed = {f"regle{rule.pk}-{name}": value for name, value in (RULE | {"pause": "7"} | typed).items()}
    answer = posted(client, "availability_change", ligne=rule.pk, **changed)

    assert told in text(added)
    assert told in text(answer)
    assert 'value="7"' in text(answer)
    rule.refresh_from_db()
    assert rule.place == "Avant"


@pytest.mark.parametrize("name", ["availability_change", "availability_end", "days_off_remove"])
def test_what_is_another_counsellors_does_not_exist(client, counsellor, name):
    theirs = make_availability()
    absence = DaysOff.objects.create(
        counsellor=theirs.counsellor, starts_on=timezone.localdate(), ends_on=timezone.localdate()
    )
    row = absence.pk if name == "days_off_remove" else theirs.pk

    for said in (row, "", "x", "²", "9" * 30):
        assert client.post(reverse(name), {"ligne": said}).status_code == 404
    assert Availability.objects.filter(pk=theirs.pk, until=None).exists()
    assert DaysOff.objects.exists()


def test_days_off_are_refused_with_a_link_to_each_appointment(client, counsellor):
    made = make_appointment(make_member(last_name="Diallo"), counsellor, starts_at=tomorrow())
    days = {name: f"{tomorrow():%Y-%m-%d}" for name in ("absence-starts_on", "absence-ends_on")}

    answer = posted(client, "days_off_add", **days)

    assert "déplacez-les ou annulez-les d’abord" in text(answer)
    assert reverse("agenda_appointment", args=[made.reference]) in text(answer)
    assert days["absence-starts_on"] in text(answer)

    posted(client, "agenda_cancel", made.reference)
    assert "C’est noté" in text(posted(client, "days_off_add", **days))
    absence = DaysOff.objects.get()
    assert "absent" in page(client, "agenda", semaine=days["absence-starts_on"])
    assert "de nouveau" in text(posted(client, "days_off_remove", ligne=absence.pk))
    assert not DaysOff.objects.exists()


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "told"),
    [
        ("", "", "Donnez un jour."),
        ("2027-02-30", "2027-03-01", "Cette date n’existe pas."),
        ("2027-03-02", "2027-03-01", "La fin vient après le début."),
        ("2020-03-01", "2020-03-02", "Ces jours sont passés."),
    ],
)
def test_days_off_typed_wrong_are_said(client, counsellor, starts_on, ends_on, told):
    answer = posted(client, "days_off_add", **{"absence-starts_on": starts_on, "absence-ends_on": ends_on})

    assert told in text(answer)
    assert not DaysOff.objects.exists()


def test_the_private_calendar_is_made_shown_once_renewed_and_revoked(client, counsellor):
    def made():
        answer = client.post(reverse("agenda_feed_make"))
        return text(answer).split('class="secret">')[1].split("<")[0].removeprefix("http://localhost:8000")

    first = made()
    path = "/agenda/" + first.split("/agenda/")[1]
    assert client.get(path).status_code == 200
    assert first not in page(client, "availabilities")

    second = "/agenda/" + made().split("/agenda/")[1]
    assert client.get(path).status_code == 404
    assert client.get(second).status_code == 200

    posted(client, "agenda_feed_revoke")
    assert client.get(second).status_code == 404
    assert not Feed.objects.exists()
