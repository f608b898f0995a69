"""Editors write the members' events on the screens of sessions, with hours and guests."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accompaniment.models import Package, PackageKind, PackageVersion
from accounts.roles import EDITORS
from events.models import InfoSession, Kind, MemberEvent
from home.site_setup.groups import make_groups
from pages.models import SearchEntry
from tests.factories import make_admin, make_home, make_session
from tests.people import make_in_group

pytestmark = pytest.mark.django_db

ADD = "events_member_events:add"


@pytest.fixture
def sold():
    package = Package.objects.create(code="credit-temps", name="Crédit-temps")
    version = PackageVersion.objects.create(package=package, number=1)
    fields = {"look": "candidature", "hours": 12, "usual_hours": 2}
    PackageKind.objects.create(version=version, code="candidature", label="Ateliers candidatures", **fields)
    PackageVersion.objects.update(live_from=timezone.now() - timedelta(days=1))


@pytest.fixture
def editor(client):
    person = make_admin()
    client.force_login(person)
    return person


def typed(**fields):
    day = timezone.localdate() + timedelta(days=20)
    return {
        "title": "Atelier : sa lettre en une heure",
        "summary": "On l’écrit ensemble.",
        "kind": Kind.WORKSHOP,
        "day": f"{day:%d/%m/%Y}",
        "start": "14:00",
        "end": "16:00",
        "place": "",
        "online_url": "https://example.org/visio",
        "departement": "",
        "seats": "8",
        "guest_seats": "1",
        "organiser": "",
        "host": "",
        "activity": "candidature",
        "hours": "2",
        "programme": "null",
        "visibility": "maintenant",
        "publish_on": "",
        "publish_hour": "",
    } | fields


def test_a_workshop_that_takes_two_hours_is_published(client, editor, sold):
    client.post(reverse(ADD), typed())

    event = MemberEvent.objects.get()
    assert (event.kind, event.activity, event.hours, event.guest_seats) == (Kind.WORKSHOP, "candidature", 2, 1)
    assert not InfoSession.objects.exists()


def test_nothing_of_it_is_public(client, editor, sold):
    client.post(reverse(ADD), typed())
    client.logout()

    event = MemberEvent.objects.get()
    assert not SearchEntry.objects.filter(key=event.reference).exists()
    assert client.get(reverse("info_session", args=[event.reference])).status_code == 404
    assert event.title not in client.get("/reunions/").content.decode()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"hours": "3", "activity": ""}, "Choisissez l’activité dont ces heures sont prises."),
        ({"hours": "0"}, "Dites combien d’heures de cette activité l’événement utilise."),
        ({"kind": Kind.ASSEMBLY}, "L’assemblée générale n’utilise aucune heure de passeport."),
        ({"kind": Kind.INFO}, "Sélectionnez un choix valide."),
    ],
)
def test_what_does_not_hold_is_said_and_nothing_is_kept(client, editor, sold, fields, told):
    page = client.post(reverse(ADD), typed(**fields)).content.decode()

    assert told in page
    assert "Atelier : sa lettre en une heure" in page
    assert not MemberEvent.objects.exists()


def test_an_event_is_copied_with_its_kind_and_its_hours(client, editor, sold):
    client.post(reverse(ADD), typed())
    event = MemberEvent.objects.get()
    duplicate = reverse("events_member_events:duplicate", args=[event.reference])

    form = client.get(duplicate).context["form"]
    client.post(duplicate, {"token": form.initial["token"]})

    copy = MemberEvent.objects.exclude(pk=event.pk).get()
    assert (copy.kind, copy.activity, copy.hours, copy.publish_at) == (event.kind, event.activity, event.hours, None)


def test_the_actions_of_sessions_do_not_reach_events_nor_the_other_way(client, editor, sold):
    client.post(reverse(ADD), typed())
    event, session = MemberEvent.objects.get(), make_session()

    assert client.get(reverse("events_sessions:cancel", args=[event.reference])).status_code == 404
    assert client.get(reverse("events_member_events:cancel", args=[session.reference])).status_code == 404


def test_an_editor_of_the_association_may_write_them(client):
    make_groups(make_home())
    client.force_login(make_in_group(EDITORS))

    assert client.get(reverse(ADD)).status_code == 200


def test_the_list_shows_events_alone(client, editor, sold):
    client.post(reverse(ADD), typed())
    make_session(title="Découvrir l’ESS")

    page = client.get(reverse("events_member_events:list") + "?kind=atelier").content.decode()

    assert "sa lettre en une heure" in page
    assert "Découvrir l’ESS" not in page
