"""The editors' screens: one happy path each, and what they refuse."""

import csv
import json
from datetime import UTC, date, datetime, time, timedelta
from http import HTTPStatus
from io import BytesIO, StringIO
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from events.clock import on_clock
from events.models import InfoSession, Place
from home.site_setup import groups
from tests.databases import undone
from tests.factories import make_departement, make_home, make_place, make_session, make_user

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,  # Wagtail's own templates try names that may be missing
]

LIST = "/gestion/reunions/"
ADD = "/gestion/reunions/add/"
ACTIONS = ["dupliquer", "repeter", "annuler", "retablir"]


@pytest.fixture(autouse=True, scope="module")
def set_up(django_db_setup, django_db_blocker):
    """The groups, made once for the module: each test works in a transaction of its own."""
    with django_db_blocker.unblock(), undone():
        groups.make_groups(make_home())
        yield


@pytest.fixture
def editor(client):
    user = make_user(groups=[groups.EDITORS], is_staff=True)
    client.force_login(user)
    return user


def typed(**changes):
    day = timezone.localdate() + timedelta(days=30)
    form = {
        "title": "Découvrir l’ESS",
        "summary": "",
        "audience": "tous",
        "day": f"{day:%d/%m/%Y}",
        "start": "14:00",
        "end": "16h30",
        "place": "",
        "online_url": "",
        "departement": "",
        "seats": "12",
        "organiser": "",
        "programme": "null",
        "visibility": "brouillon",
        "publish_on": "",
        "publish_hour": "",
    }
    return form | changes


def edit_url(session):
    return f"/gestion/reunions/edit/{session.pk}/"


def action_url(session, action):
    return f"/gestion/reunions/{session.reference}/{action}/"


def errors(response):
    return response.context["form"].errors


# The form


def test_an_editor_adds_a_session(client, editor):
    place = make_place(code="91")

    response = client.post(ADD, typed(place=place.pk, visibility="maintenant"))

    assert response.status_code == HTTPStatus.FOUND
    session = InfoSession.objects.get()
    day = timezone.localdate() + timedelta(days=30)
    assert (session.starts_at, session.ends_at) == (on_clock(day, time(14)), on_clock(day, time(16, 30)))
    assert session.departement.code == "91"
    assert client.get(session.get_absolute_url()).status_code == HTTPStatus.OK


def test_a_draft_stays_out_of_the_site(client, editor):
    client.post(ADD, typed())

    assert client.get(InfoSession.objects.get().get_absolute_url()).status_code == HTTPStatus.NOT_FOUND


def test_a_publication_is_planned_for_a_day_at_nine_unless_told(client, editor):
    opens = timezone.localdate() + timedelta(days=10)

    client.post(ADD, typed(visibility="plus-tard", publish_on=f"{opens:%d/%m/%Y}"))

    assert InfoSession.objects.get().publish_at == on_clock(opens, time(9))


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"title": ""}, "title", "requis"),
        ({"end": "16.30"}, "end", "14h30"),
        ({"end": "14:00"}, "end", "finir après avoir commencé"),
        ({"start": "25:00"}, "start", "14h30"),
        ({"day": "demain"}, "day", "25/11/2026"),
        ({"day": "31/02/2027"}, "day", "25/11/2026"),
        ({"day": "29/03/2026", "start": "02:30"}, "start", "n’existe pas"),
        ({"day": "31/12/9999"}, "start", "vérifiez l’année"),
        ({"seats": "0"}, "seats", "1"),
        ({"day": "02/03/2026", "visibility": "maintenant"}, "visibility", "date est passée"),
        ({"visibility": "plus-tard"}, "publish_on", "Donnez la date"),
        ({"visibility": "plus-tard", "publish_on": "01/01/2026"}, "publish_on", "passée"),
        ({"visibility": "plus-tard", "publish_on": "31/12/2099"}, "visibility", "précéder"),
    ],
)
def test_the_form_says_what_it_refuses_and_keeps_what_was_typed(client, editor, changes, field, told):
    response = client.post(ADD, typed(**changes))

    assert response.status_code == HTTPStatus.OK
    assert told in " ".join(errors(response)[field])
    for name, value in changes.items():
        assert response.context["form"][name].value() == value
    assert not InfoSession.objects.exists()


def test_a_place_and_a_link_exclude_each_other(client, editor):
    response = client.post(ADD, typed(place=make_place().pk, online_url="https://visio.example.org/a"))

    assert "pas les deux" in errors(response)["online_url"][0]


def test_a_programme_left_blank_is_empty(client, editor):
    nothing = {"blocks": [{"key": "a", "type": "unstyled", "depth": 0, "text": " ", "inlineStyleRanges": []}]}
    nothing["blocks"][0]["entityRanges"] = []
    nothing["entityMap"] = {}

    client.post(ADD, typed(programme=json.dumps(nothing)))

    assert InfoSession.objects.get().programme == ""


def test_an_hour_that_comes_twice_is_its_first_coming(client, editor):
    client.post(ADD, typed(day="25/10/2026", start="02:30", end="02:45"))

    assert InfoSession.objects.get().starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_saving_a_session_unchanged_changes_nothing_that_visitors_see(client, editor):
    start = on_clock(date(2099, 10, 1), time(14))
    online = {"online_url": "https://visio.example.org/a", "departement": make_departement("75")}
    session = make_session(starts_at=start, **online)
    form = client.get(edit_url(session)).context["form"]
    shown = {name: form[name].value() for name in typed()}
    sent = {
        "day": f"{shown['day']:%d/%m/%Y}",
        "start": f"{shown['start']:%H:%M}",
        "end": f"{shown['end']:%H:%M}",
        "departement": session.departement.pk,
        "place": "",
        "online_url": session.online_url,
        "title": session.title,
        "visibility": shown["visibility"],
    }

    response = client.post(edit_url(session), typed(**sent))

    assert response.status_code == HTTPStatus.FOUND
    after = InfoSession.objects.get()
    for name in ("starts_at", "ends_at", "publish_at", "title", "online_url", "departement", "sequence"):
        assert getattr(after, name) == getattr(session, name)


def test_the_preview_shows_a_draft_to_its_editor_alone(client, editor):
    session = make_session(publish_at=None, place=None)
    address = f"/gestion/reunions/preview/{session.pk}/"
    client.post(address, typed(title="Encore secrète", online_url="https://visio.example.org/a"))

    shown = client.get(address)

    assert "Encore secrète" in shown.text
    assert "visio.example.org" not in shown.text
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    assert "private" in shown["Cache-Control"]
    client.logout()
    assert client.get(address).status_code == HTTPStatus.FOUND
    for public in ("/reunions/", "/reunions/calendrier.ics", session.get_absolute_url()):
        assert "Encore secrète" not in client.get(public).text


def test_a_session_is_previewed_before_it_is_saved(client, editor):
    client.post("/gestion/reunions/preview/", typed(title="Encore secrète"))

    assert "Encore secrète" in client.get("/gestion/reunions/preview/").text
    assert not InfoSession.objects.exists()


# The list


def listed(client, query=""):
    return [session.title for session in client.get(f"{LIST}{query}").context["object_list"]]


def test_the_list_starts_with_the_next_session(client, editor):
    for days in (-30, 40, -2, 3):
        make_session(title=str(days), starts_in=timedelta(days=days))

    assert listed(client) == ["3", "40", "-2", "-30"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?when=a-venir", ["Paris", "Brouillon"]),
        ("?when=passees", ["Passée"]),
        ("?state=brouillon", ["Brouillon"]),
        ("?state=passee", ["Passée"]),
        ("?audience=jeunes", ["Brouillon"]),
        ("?q=saint-aubin", ["Paris", "Brouillon", "Passée"]),
        ("?q=brouillon", ["Brouillon"]),
        ("?ordering=-starts_at", ["Brouillon", "Paris", "Passée"]),
        ("?departement={paris}", ["Paris"]),
    ],
)
def test_the_list_is_filtered_searched_and_sorted(client, editor, query, found):
    make_session(title="Paris", place=make_place(code="75"), starts_in=timedelta(days=3))
    make_session(title="Brouillon", publish_at=None, audience="jeunes", starts_in=timedelta(days=5))
    make_session(title="Passée", starts_in=timedelta(days=-3))

    assert listed(client, query.format(paris=make_departement("75").pk)) == found


def test_the_list_costs_the_same_whatever_its_length(client, editor, django_assert_max_num_queries):
    for days in range(1, 26):
        make_session(starts_in=timedelta(days=days))
    client.get(LIST)

    with django_assert_max_num_queries(20):
        client.get(LIST)


def test_the_list_leaves_as_a_spreadsheet_that_runs_nothing(client, editor):
    start = on_clock(date(2099, 7, 1), time(14))
    make_session(title='=HYPERLINK("https://example.org")', organiser="+33", starts_at=start, place=None)

    content = b"".join(client.get(f"{LIST}?export=csv").streaming_content).decode()
    [row] = csv.DictReader(StringIO(content))

    assert row["Titre"].startswith("'=")
    assert row["Qui anime"] == "'+33"
    assert (row["Début"], row["Fin"]) == ("01/07/2099 14:00", "01/07/2099 16:00")
    assert (row["Lieu"], row["État"]) == ("", "publiée")
    sheet = load_workbook(BytesIO(b"".join(client.get(f"{LIST}?export=xlsx").streaming_content))).active
    assert sheet["A2"].value == datetime(2099, 7, 1, 14)  # noqa: DTZ001  # a spreadsheet knows no zone
    assert sheet["C2"].data_type == "s"


@pytest.mark.parametrize("title", ["\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20x", "\n=1", "-1"])
def test_no_sign_that_starts_a_formula_leaves_as_such(client, editor, title):
    make_session(title=title)

    content = b"".join(client.get(f"{LIST}?export=csv").streaming_content).decode()

    assert [row["Titre"] for row in csv.DictReader(StringIO(content, newline=""))] == [f"'{title}"]


# The actions


@pytest.mark.parametrize("action", ACTIONS)
def test_looking_at_an_action_does_nothing(client, editor, action):
    session = make_session()

    response = client.get(action_url(session, action))

    assert response.status_code == HTTPStatus.OK
    assert InfoSession.objects.get().sequence == 0


def test_duplicating_opens_the_form_of_the_copy_once(client, editor):
    session, token = make_session(starts_at=on_clock(date(2099, 10, 20), time(14))), uuid4()

    first = client.post(action_url(session, "dupliquer"), {"token": token})
    again = client.post(action_url(session, "dupliquer"), {"token": token})

    copy = InfoSession.objects.exclude(pk=session.pk).get()
    assert first.url == again.url == edit_url(copy)
    assert copy.starts_at == on_clock(date(2099, 10, 27), time(14))


def test_repeating_up_to_a_day_makes_every_week(client, editor):
    session = make_session(starts_at=on_clock(date(2099, 10, 1), time(14)))

    response = client.post(action_url(session, "repeter"), {"token": uuid4(), "until": "22/10/2099"}, follow=True)

    assert "3\N{NO-BREAK SPACE}réunions créées, la dernière le 22\N{NO-BREAK SPACE}octobre 2099" in response.text
    assert InfoSession.objects.count() == 1 + 3


def test_a_series_may_be_published_with_its_source(client, editor):
    session = make_session()

    client.post(action_url(session, "repeter"), {"token": uuid4(), "weeks": "2", "visible": "oui"})

    assert set(InfoSession.objects.values_list("publish_at", flat=True)) == {session.publish_at}


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "l’un des deux"),
        ({"weeks": "2", "until": "22/10/2099"}, "l’un des deux"),
        ({"weeks": "0"}, "1"),
        ({"weeks": "53"}, "52"),
        ({"until": "02/10/2099"}, "au moins une semaine"),
        ({"until": "22/10/2101"}, "52 semaines au plus"),
        ({"token": "deux"}, "UUID"),
    ],
)
def test_a_series_that_makes_no_sense_is_refused(client, editor, sent, told):
    session = make_session(starts_at=on_clock(date(2099, 10, 1), time(14)))

    response = client.post(action_url(session, "repeter"), {"token": uuid4()} | sent)

    assert told in str(errors(response))
    assert InfoSession.objects.count() == 1


def test_a_series_through_an_hour_that_does_not_exist_is_refused_whole(client, editor):
    session = make_session(starts_at=on_clock(date(2027, 3, 14), time(2, 30)))

    response = client.post(action_url(session, "repeter"), {"token": uuid4(), "weeks": "3"})

    assert "n’existe pas" in response.text
    assert InfoSession.objects.count() == 1


def test_cancelling_asks_for_a_reason_that_visitors_read(client, editor):
    session = make_session()

    refused = client.post(action_url(session, "annuler"), {"token": uuid4(), "because": " "})
    client.post(action_url(session, "annuler"), {"token": uuid4(), "because": "Grève des transports."})

    assert errors(refused)["because"] == ["Dites pourquoi la réunion est annulée."]
    assert "Grève des transports." in client.get(session.get_absolute_url()).text


def test_what_cannot_be_done_says_why_and_changes_nothing(client, editor):
    session = make_session(publish_at=None)

    response = client.post(action_url(session, "annuler"), {"token": uuid4(), "because": "Grève."})

    assert "supprimez-la" in response.text
    assert not InfoSession.objects.get().is_cancelled


def test_a_session_is_restored(client, editor):
    session = make_session(cancelled_at=timezone.now(), cancelled_because="Grève.")

    client.post(action_url(session, "retablir"), {"token": uuid4()})

    assert not InfoSession.objects.get().is_cancelled
    assert "Grève." not in client.get(session.get_absolute_url()).text


def test_the_history_tells_what_was_done(client, editor):
    session = make_session()
    client.post(action_url(session, "annuler"), {"token": uuid4(), "because": "Grève."})

    assert "Réunion annulée" in client.get(f"/gestion/reunions/history/{session.pk}/").text


def test_an_action_on_a_session_that_does_not_exist_is_not_found(client, editor):
    assert client.get(f"{LIST}jamais-vue/annuler/").status_code == HTTPStatus.NOT_FOUND


# Deleting


def delete_url(session):
    return reverse("events_sessions:delete", args=[session.pk])


def bulk_delete_url(*things):
    [model] = {type(thing)._meta.model_name for thing in things}
    return f"/gestion/bulk/events/{model}/delete/?" + "&".join(f"id={thing.pk}" for thing in things)


def test_a_draft_is_deleted(client, editor):
    client.post(delete_url(make_session(publish_at=None)))

    assert not InfoSession.objects.exists()


def test_a_published_session_is_kept_and_the_screen_says_what_to_do(client, editor):
    session = make_session()

    response = client.post(delete_url(session), follow=True)

    assert "annulez-la" in response.text
    assert InfoSession.objects.exists()


def test_a_published_session_keeps_those_deleted_with_it(client, editor):
    draft, published = make_session(publish_at=None), make_session()

    response = client.post(bulk_delete_url(draft, published), follow=True)

    assert "annulez-la" in response.text
    assert InfoSession.objects.count() == 2


def test_drafts_are_deleted_together(client, editor):
    client.post(bulk_delete_url(make_session(publish_at=None), make_session(publish_at=None)))

    assert not InfoSession.objects.exists()


def test_a_place_in_use_is_kept(client, editor):
    place = make_session().place

    response = client.post(reverse("events_places:delete", args=[place.pk]), follow=True)

    assert "ne peut pas être supprimée" in response.text
    assert Place.objects.exists()


# Places


def test_an_editor_adds_a_place(client, editor):
    departement = make_departement("93")
    form = {"name": "Le Port", "address": "1 rue", "postcode": "93100", "city": "Saint-Aubin", "directions": ""}

    client.post("/gestion/lieux/add/", form | {"departement": departement.pk, "access_note": ""})

    assert Place.objects.get().name == "Le Port"
    assert "Le Port" in client.get("/gestion/lieux/").text


# Who


def every_address(session):
    yield from (LIST, ADD, edit_url(session), delete_url(session), f"/gestion/reunions/preview/{session.pk}/")
    yield from (action_url(session, action) for action in ACTIONS)


def test_a_stranger_is_sent_to_the_login(client):
    for address in every_address(make_session()):
        for send in (client.get, client.post):
            assert send(address).url.startswith("/compte/connexion/"), address


def test_a_person_without_a_group_changes_nothing(client):
    session = make_session(publish_at=None)
    client.force_login(make_user())

    for address in every_address(session):
        for send in (client.get, client.post):
            response = send(address, {"token": uuid4(), "weeks": "2", "because": "Grève."})
            assert response.status_code in {HTTPStatus.FOUND, HTTPStatus.FORBIDDEN}, address
            assert session.title not in response.text

    assert InfoSession.objects.count() == 1
    assert InfoSession.objects.get().sequence == 0


def test_making_sessions_is_not_enough_to_copy_one(client):
    """A copy would show what its source hides."""
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "add_infosession"]))
    client.force_login(user)

    client.post(action_url(make_session(), "dupliquer"), {"token": uuid4()})

    assert InfoSession.objects.count() == 1


def test_both_groups_cancel_sessions(client):
    for group in (groups.EDITORS, groups.MODERATORS):
        session = make_session()
        client.force_login(make_user(groups=[group], is_staff=True))

        client.post(action_url(session, "annuler"), {"token": uuid4(), "because": "Grève."})

        session.refresh_from_db()
        assert session.is_cancelled


# What is offered


@pytest.mark.parametrize(
    ("fields", "offered"),
    [
        ({}, ["Dupliquer", "Répéter chaque semaine", "Annuler la réunion", "Voir sur le site"]),
        ({"publish_at": None}, ["Supprimer", "Dupliquer", "Répéter chaque semaine"]),
        ({"starts_in": timedelta(days=-2)}, ["Dupliquer", "Répéter chaque semaine", "Voir sur le site"]),
        (
            {"cancelled_at": datetime(2026, 1, 1, tzinfo=UTC)},
            ["Dupliquer", "Répéter chaque semaine", "Rétablir", "Voir sur le site"],
        ),
    ],
)
def test_a_session_offers_what_may_be_done_to_it(client, editor, fields, offered):
    session = make_session(**fields)

    view = client.get(edit_url(session)).context["view"]
    listing = client.get(LIST).context["view"]

    assert [button.label for button in sorted(view.header_more_buttons)] == offered
    shown = {button.label for button in listing.get_list_more_buttons(session)}
    assert shown == {"Modifier", *offered}


def test_a_series_of_a_draft_is_made_of_drafts_without_asking(client, editor):
    session = make_session(publish_at=None)

    assert "visible" not in client.get(action_url(session, "repeter")).context["form"].fields
    client.post(action_url(session, "repeter"), {"token": uuid4(), "weeks": "2", "visible": "oui"})

    assert set(InfoSession.objects.values_list("publish_at", flat=True)) == {None}


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Publiée\N{NO-BREAK SPACE}: visible depuis"),
        ({"publish_at": None}, "personne ne la voit"),
        (
            {"publish_at": datetime(2099, 1, 1, tzinfo=UTC), "starts_at": datetime(2099, 2, 1, tzinfo=UTC)},
            "à partir du",
        ),
        ({"starts_in": timedelta(days=-2)}, "a eu lieu"),
        ({"cancelled_at": datetime(2026, 1, 1, tzinfo=UTC), "cancelled_because": "Grève."}, "Grève."),
        ({"place": None}, "Son lieu n’est pas encore indiqué"),
    ],
)
def test_the_form_starts_with_where_the_session_stands(client, editor, fields, told):
    assert told in client.get(edit_url(make_session(**fields))).text
