"""Prescribers and what they ask: the pages, forms and passports of their tests."""

from datetime import timedelta

from passport import decisions
from tests.passport.factories import FIRST, at, counsellor_of, make_passport

PASSPORTS = "/espace/prescripteur/passeports/"
ORDERS = "/espace/prescripteur/commandes/"
DAY = timedelta(days=1)
SIRET = "73282932000074"
ASKED = {"quantity": "12", "siret": SIRET, "billing": "forfait", "service_code": "SVC 1", "commitment_number": ""}
LIVE = {"HX-Request": "true", "HX-Trigger": "en-direct"}


def read(client, path, **headers):
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def named(last_name, body, **fields):
    passport = make_passport(organisation=body, **fields)
    passport.member.first_name, passport.member.last_name = "Zoé", last_name
    passport.member.save()
    return passport


def of_passport(passport):
    return f"{PASSPORTS}{passport.reference}/"


def asked_of(passport):
    return decisions.ask(
        passport,
        "extend",
        reason="Une formation",
        by=counsellor_of(passport).user,
        until=passport.ends_on + 9 * DAY,
        motive="Formation",
        now=at(FIRST + 5 * DAY),
    )
