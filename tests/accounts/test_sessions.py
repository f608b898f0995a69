"""How long somebody stays logged in, where, and what ends it."""

import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts.authentication.idle import LAST_SEEN, LIVE_PART, LONGEST_SILENCE, LONGEST_SILENCE_OF_STAFF, overstayed
from accounts.roles import VOLUNTEERS, Role
from accounts.templatetags.devices import device
from tests.accounts.doors import LOGIN, PASSWORD, is_logged_in, make_account, type_password
from tests.factories import make_home, make_user
from tests.people import make_counsellor, make_in_group, make_member

pytestmark = pytest.mark.django_db

SESSIONS = reverse("usersessions_list")
ACCOUNT = reverse("account")
NEW = "only-for-this-test, nouveau"
PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


def be_silent(client, silence):
    session = client.session
    session[LAST_SEEN] = int(time.time() - silence.total_seconds())
    session.save()


@pytest.mark.parametrize(
    ("make", "silence", "stays"),
    [
        (lambda: make_member().user, timedelta(days=13, hours=23), True),
        (lambda: make_member().user, timedelta(days=14, minutes=1), False),
        (lambda: make_user(), timedelta(days=13), True),
        (lambda: make_counsellor().user, timedelta(hours=7, minutes=59), True),
        (lambda: make_counsellor().user, timedelta(hours=8, minutes=1), False),
        (lambda: make_in_group(VOLUNTEERS), timedelta(hours=8, minutes=1), False),
    ],
)
def test_silence_ends_a_session(client, make, silence, stays):
    client.force_login(make())
    be_silent(client, silence)

    answer = client.get(ACCOUNT)

    assert (answer.status_code == 200) is stays
    assert is_logged_in(client) is stays


def test_who_comes_back_too_late_is_told_why_and_goes_on(client):
    client.force_login(make_counsellor().user)
    be_silent(client, timedelta(hours=9))

    answer = client.get("/espace/conseil/", follow=True)

    assert answer.redirect_chain == [(f"{LOGIN}?next=/espace/conseil/", 302)]
    assert "Vous avez été déconnecté après 8 heures sans activité." in answer.text
    assert 'name="next" value="/espace/conseil/"' in answer.text


def test_a_public_page_says_it_too(client):
    make_home()
    client.force_login(make_member().user)
    be_silent(client, timedelta(days=15))

    answer = client.get("/")

    assert answer.status_code == 200
    assert "après 14 jours sans activité" in answer.text


def test_the_roles_are_asked_only_where_they_decide():
    def never():
        raise AssertionError("The roles were asked.")

    assert overstayed(timedelta(hours=1), never) is None
    assert overstayed(timedelta(days=15), never) == LONGEST_SILENCE
    assert overstayed(timedelta(hours=9), lambda: frozenset({Role.EDITOR})) == LONGEST_SILENCE_OF_STAFF
    assert overstayed(timedelta(hours=9), lambda: frozenset({Role.MEMBER})) is None


def test_activity_is_written_every_few_minutes(client, django_assert_num_queries):
    make_account()
    type_password(client)
    before = client.session[LAST_SEEN]
    client.get(ACCOUNT)
    assert client.session[LAST_SEEN] == before

    be_silent(client, timedelta(minutes=6))
    client.get(ACCOUNT)

    assert client.session[LAST_SEEN] >= before
    assert UserSession.objects.get().last_seen_at.timestamp() >= before


def test_what_an_open_page_asks_by_itself_is_no_activity(client):
    client.force_login(make_user(is_superuser=True))
    be_silent(client, timedelta(hours=1))
    before = client.session[LAST_SEEN]

    client.post("/gestion/editing-sessions/ping/wagtailcore/page/1/1/")
    client.get(ACCOUNT, headers={"HX-Trigger": LIVE_PART})

    assert client.session[LAST_SEEN] == before


def test_the_cookie_outlives_the_longest_silence(client, settings):
    make_account()

    cookie = type_password(client).cookies["sessionid"]

    assert cookie["max-age"] == settings.SESSION_COOKIE_AGE > LONGEST_SILENCE.total_seconds()
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_login_never_keeps_a_session_that_was_planted(client):
    make_account()
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted

    type_password(client)

    assert client.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_logging_out_ends_the_session_for_good(client):
    make_account()
    type_password(client)
    key = client.session.session_key

    client.post(reverse("account_logout"))

    thief = Client()
    thief.cookies["sessionid"] = key
    assert thief.get(ACCOUNT).status_code == 302


def test_a_changed_password_ends_the_other_sessions(client):
    make_account()
    elsewhere = Client()
    type_password(client)
    type_password(elsewhere)
    before = client.session.session_key

    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert client.get(ACCOUNT).status_code == 200
    assert client.session.session_key != before
    assert elsewhere.get(ACCOUNT).status_code == 302


def test_closing_an_account_ends_its_sessions(client):
    user = make_account()
    type_password(client)

    user.is_active = False
    user.save()

    assert client.get(ACCOUNT).status_code == 302


def test_open_sessions_are_listed_and_the_others_closed(client):
    make_account()
    type_password(client)
    phone = Client(HTTP_USER_AGENT=PHONE)
    type_password(phone)

    page = client.get(SESSIONS)
    assert page.text.count("<li><div>") == 2
    assert "Chrome sur Android" in page.text
    assert "Fermer toutes les autres sessions" in page.text
    client.post(SESSIONS)

    assert client.get(ACCOUNT).status_code == 200
    assert phone.get(ACCOUNT).status_code == 302
    assert "Fermer toutes les autres sessions" not in client.get(SESSIONS).text


def test_nobody_sees_somebody_else_s_sessions(client):
    make_account()
    make_account("bob@example.org")
    type_password(client)
    other = Client()
    type_password(other, "bob@example.org")

    assert client.get(SESSIONS).context["session_count"] == 1
    client.post(SESSIONS)
    assert is_logged_in(other)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (PHONE, "Chrome sur Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Mobile Safari/604.1", "Safari sur iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox sur Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge sur Windows"),
        ("", "Navigateur inconnu"),
    ],
)
def test_a_device_has_a_name_that_people_know(user_agent, words):
    assert device(user_agent) == words
