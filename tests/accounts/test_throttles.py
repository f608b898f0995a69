"""Trying again and again is slowed at each door, whatever the spelling, and never for good."""

import re
from itertools import count

import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from notices.models import Notice
from tests.accounts.doors import (
    ASK_CODE,
    CONFIRM,
    LOGIN,
    PASSWORD,
    RESET,
    SECOND_FACTOR,
    TYPE_CODE,
    TYPE_RESET_CODE,
    ask_code,
    code_received,
    is_logged_in,
    make_account,
    type_password,
)
from tests.logins import code_of, protect

pytestmark = pytest.mark.django_db

MANY = 30
SLOWED = "Trop d’essais"


def tries_before_slowed(attempt):
    """How many tries were answered before one was slowed."""
    for number in range(MANY):
        answer = attempt(number)
        if answer.status_code == 429 or SLOWED in answer.text:
            return number
    return MANY


def wrong_password(client, spellings=("awa@example.org",)):
    def attempt(number):
        login = spellings[number % len(spellings)]
        return client.post(LOGIN, {"login": login, "password": f"only-for-{number}"})

    return tries_before_slowed(attempt)


def test_wrong_passwords_on_one_account_are_slowed(client):
    make_account()

    assert wrong_password(client) < 10


def test_the_spelling_of_the_address_changes_nothing(client):
    make_account()
    spellings = ["awa@example.org", "AWA@example.org", " awa@EXAMPLE.org", "Awa@Example.Org  ", "aWa@example.org"]

    assert wrong_password(client, spellings) < 10


def test_the_network_changes_nothing_for_one_account():
    make_account()
    browsers = (Client(REMOTE_ADDR=f"192.0.2.{number}") for number in count(1))

    def attempt(number):
        return next(browsers).post(LOGIN, {"login": "awa@example.org", "password": f"only-for-{number}"})

    assert tries_before_slowed(attempt) < 10


def test_one_password_tried_on_many_accounts_is_slowed(client):
    assert wrong_password(client, [f"personne-{number}@example.org" for number in range(MANY)]) <= 10


def test_a_made_up_network_changes_nothing(client):
    def attempt(number):
        forged = {"HTTP_X_FORWARDED_FOR": f"198.51.100.{number}", "HTTP_X_REAL_IP": f"198.51.100.{number}"}
        return client.post(LOGIN, {"login": f"personne-{number}@example.org", "password": "only-for-x"}, **forged)

    assert tries_before_slowed(attempt) <= 10


def test_the_right_password_waits_too(client):
    make_account()
    wrong_password(client)

    answer = type_password(client)

    assert SLOWED in answer.text
    assert not is_logged_in(client)


def test_the_owner_is_told_once_an_hour_and_comes_in_with_a_code(client):
    make_account()
    wrong_password(client)
    for _ in range(3):
        type_password(client)

    [notice] = Notice.objects.all()
    assert notice.recipient == "awa@example.org"
    assert ASK_CODE in notice.text

    owner = Client(REMOTE_ADDR="192.0.2.99")
    assert ask_code(owner).url == TYPE_CODE
    owner.post(TYPE_CODE, {"code": code_received()})
    assert is_logged_in(owner)


def test_nobody_is_told_of_an_address_without_account(client):
    wrong_password(client)

    assert not Notice.objects.exists()


def test_slowing_ends_by_itself(client):
    make_account()
    wrong_password(client)

    forget_ten_minutes()

    assert type_password(client).url == "/espace/"


def forget_ten_minutes():
    cache.clear()


def test_slowing_survives_a_restart():
    """What counts is in the cache that all processes share and keep."""
    assert project.CACHES["default"]["BACKEND"].endswith(("DatabaseCache", "RedisCache"))


def test_codes_asked_for_are_slowed():
    make_account()

    assert tries_before_slowed(lambda _number: ask_code(Client())) < 10


def test_wrong_codes_are_slowed(client):
    make_account()
    wrong = 0
    for _ in range(MANY):
        if SLOWED in ask_code(client).text:
            break
        while client.post(TYPE_CODE, {"code": "000-000-000"}).status_code == 200:
            wrong += 1
        wrong += 1

    assert wrong < 10


def test_somebody_else_s_tries_do_not_close_the_door_of_codes():
    make_account()
    for _ in range(6):
        slowed = ask_code(Client())
    assert SLOWED in slowed.text

    assert ask_code(Client(REMOTE_ADDR="192.0.2.99")).url == TYPE_CODE


def test_forgotten_passwords_are_slowed(client):
    make_account()

    assert tries_before_slowed(lambda _number: client.post(RESET, {"email": "awa@example.org"})) < 10


def test_wrong_codes_of_a_forgotten_password_are_slowed(client):
    make_account()
    wrong = 0
    for _ in range(MANY):
        if client.post(RESET, {"email": "awa@example.org"}).status_code == 429:
            break
        while client.post(TYPE_RESET_CODE, {"code": "000-000-000"}).status_code == 200:
            wrong += 1
        wrong += 1

    assert wrong < 10


def test_wrong_second_factors_are_slowed_and_told(client):
    protect(make_account())
    type_password(client)

    tried = tries_before_slowed(lambda number: client.post(SECOND_FACTOR, {"code": f"{number:06}"}))

    assert tried < 10
    assert SLOWED in client.post(SECOND_FACTOR, {"code": code_of()}).text
    assert not is_logged_in(client)
    assert Notice.objects.filter(recipient="awa@example.org").count() == 1


@pytest.mark.parametrize(("path", "field"), [(CONFIRM, "password"), (reverse("mfa_reauthenticate"), "code")])
def test_confirming_is_slowed(client, path, field):
    client.force_login(make_account())

    assert tries_before_slowed(lambda number: client.post(path, {field: f"only-for-{number}"})) < 10


def test_changing_a_password_is_slowed(client):
    client.force_login(make_account())
    new = {"password1": PASSWORD + "!", "password2": PASSWORD + "!"}

    def attempt(number):
        return client.post(reverse("account_change_password"), {"oldpassword": f"only-for-{number}"} | new)

    assert tries_before_slowed(attempt) < 10


def test_the_page_that_asks_for_patience_is_one_of_the_site(client):
    for _ in range(4):
        answer = client.post(RESET, {"email": "awa@example.org"})

    assert answer.status_code == 429
    assert re.search(r"<h1>Trop d’essais", answer.text)
