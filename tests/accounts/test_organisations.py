"""Prescribers and companies, their SIRET, and the people who act for them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts import organisations
from accounts.models import Affiliation, Invitation, Organisation
from accounts.roles import Role, roles_of
from accounts.sirets import SiretField
from tests.factories import make_user
from tests.people import make_affiliation, make_organisation

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
# Made up, and adding up.
SIRET = "73282932000074"


@pytest.mark.parametrize(
    "typed",
    [
        SIRET,
        "732 829 320 00074",
        "732\u00a0829\u00a0320\u00a000074",
        " 732.829.320.00074 ",
        "732\u202f829\u202f32000074",
    ],
)
def test_a_siret_is_taken_as_it_is_printed(typed):
    organisation = Organisation(name="Ressourcerie", is_company=True, siret=typed)

    organisation.full_clean()

    assert organisation.siret == SIRET
    assert SiretField(blank=True).formfield().clean(typed) == SIRET


@pytest.mark.parametrize("siret", ["35600000000048", "35600000000001"])
def test_an_establishment_of_the_post_office_adds_up_its_own_way(siret):
    Organisation(name="La Poste", is_company=True, siret=siret).full_clean()


@pytest.mark.parametrize(
    ("siret", "sentence"),
    [
        ("7328293200007", "Un SIRET a 14 chiffres ; celui-ci en a 13."),
        ("732829320000745", "Un SIRET a 14 chiffres ; celui-ci en a 15."),
        ("73282932000075", "Ce SIRET n’existe pas"),
        ("35600000000002", "Ce SIRET n’existe pas"),
        ("7328293200007A", "Un SIRET n’a que des chiffres."),
        ("\uff17" * 14, "Un SIRET n’a que des chiffres."),
    ],
)
def test_a_wrong_siret_is_refused_in_french(siret, sentence):
    with pytest.raises(ValidationError) as refusal:
        Organisation(name="Ressourcerie", is_company=True, siret=siret).full_clean()

    assert sentence in refusal.value.message_dict["siret"][0].replace("\u00a0", " ")


def test_a_siret_may_be_unknown_and_is_nobody_else_s():
    make_organisation()
    make_organisation(siret=SIRET)

    with pytest.raises(ValidationError, match="a déjà ce SIRET"):
        Organisation(name="Copie", is_company=True, siret=SIRET).full_clean()


def test_somebody_acts_for_an_organisation_from_a_day_on():
    company, user = make_organisation(), make_user()

    organisations.affiliate(user, organisation=company, by=make_user(), on=TODAY)

    assert roles_of(user, TODAY) == {Role.COMPANY}
    assert roles_of(user, TODAY - DAY) == frozenset()
    assert list(Organisation.objects.of(user, TODAY)) == [company]


def test_being_affiliated_again_changes_nothing():
    row = make_affiliation()

    assert organisations.affiliate(row.user, organisation=row.organisation, by=make_user()) == row
    assert Affiliation.objects.count() == 1


def test_nobody_affiliates_themselves():
    user = make_user()

    with pytest.raises(ValidationError, match="soi-même"):
        organisations.affiliate(user, organisation=make_organisation(), by=user)


def test_who_leaves_sees_nothing_from_that_day_on():
    row = make_affiliation(starts_on=TODAY - 30 * DAY)

    organisations.leave(row, by=make_user(), on=TODAY)

    assert roles_of(row.user, TODAY) == frozenset()
    assert roles_of(row.user, TODAY - DAY) == {Role.COMPANY}


def test_who_came_and_left_the_same_day_leaves_no_row():
    row = organisations.affiliate(make_user(), organisation=make_organisation(), by=make_user())

    organisations.leave(row, by=make_user())

    assert not Affiliation.objects.exists()


def test_what_closes_lets_nobody_in_any_more():
    row = make_affiliation(organisation=make_organisation(is_prescriber=True, is_company=True))
    Invitation.objects.create(
        email="a@example.org",
        invited_as="organisme",
        organisation=row.organisation,
        digest="d",
        expires_at=NOW + DAY,
    )
    assert roles_of(row.user) == {Role.COMPANY, Role.PRESCRIBER}

    organisations.close(row.organisation, by=make_user(), now=NOW)

    assert roles_of(row.user) == frozenset()
    assert not Invitation.objects.open(NOW).exists()
    assert not Organisation.objects.companies().exists()
    assert not Organisation.objects.prescribers().exists()
    with pytest.raises(ValidationError, match="fermé"):
        organisations.affiliate(make_user(), organisation=row.organisation, by=make_user())


@pytest.mark.parametrize(
    ("table", "assignment", "constraint"),
    [
        ("organisation", "is_company = FALSE", "accounts_organisation_sends_or_hires"),
        ("affiliation", "ends_on = '2020-01-01'", "accounts_affiliation_ends_after_it_starts"),
    ],
)
def test_the_database_keeps_its_word(table, assignment, constraint):
    make_affiliation()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE accounts_{table} SET {assignment}")  # noqa: S608  # written above
