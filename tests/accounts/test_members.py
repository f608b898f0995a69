"""A person's record: made by who knows them, corrected, kept apart from any account."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from wagtail.models import ModelLogEntry

from accounts import members, referents
from accounts.models import Member
from tests.factories import make_admin, make_departement, make_user
from tests.people import make_counsellor, make_member

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


def test_a_counsellor_who_records_a_member_becomes_their_referent():
    counsellor = make_counsellor()

    member = members.record(first_name="Awa", last_name="Diallo", by=counsellor.user)

    [row] = referents.who_follows(member)
    assert (row.counsellor, row.role, row.recorded_by) == (counsellor, "referent", counsellor.user)


def test_an_administrator_records_a_member_whom_nobody_follows_yet():
    member = members.record(last_name="Diallo", departement=make_departement("93"), by=make_admin(), now=NOW)

    assert referents.who_follows(member) == []
    assert str(member) == "Diallo"


@pytest.mark.parametrize("name", ["Ngũgĩ wa Thiong’o", "محمد", "王小明", "Åse-Björg O'Neill", "क्ष‍मा", "x" * 150])
def test_a_name_is_written_in_any_script(name):
    assert members.record(first_name=name, last_name=name, by=make_user()).last_name == name


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"last_name": ""}, "__all__"),
        ({"last_name": "   "}, "__all__"),
        ({"last_name": "x" * 151}, "last_name"),
        ({"first_name": "a\x00b"}, "first_name"),
        ({"first_name": "\x1b[31mrouge"}, "first_name"),
        ({"first_name": "txt\u202eexe"}, "first_name"),
        ({"email": "a@example.org\r\nBcc: x@example.org"}, "email"),
        ({"email": "a@example.org,b@example.org"}, "email"),
        ({"email": '"x y"@example.org'}, "email"),
        ({"email": "a" * 310 + "@example.org"}, "email"),
        ({"email": "a@b.c%0d%0a"}, "email"),
        ({"telephone": "appelez-moi"}, "telephone"),
        ({"telephone": "12"}, "telephone"),
        ({"telephone": "0" * 16}, "telephone"),
        ({"telephone": "٠٦٣٩٩٨٠٠٠٠"}, "telephone"),
        ({"born_on": date(1850, 1, 1)}, "born_on"),
        ({"born_on": date(2026, 1, 1)}, "born_on"),
        ({"last_contact_on": date(2026, 11, 21)}, "last_contact_on"),
    ],
)
def test_a_record_that_makes_no_sense_is_refused_by_field(fields, wrong):
    with pytest.raises(ValidationError) as refusal:
        members.record(by=make_user(), now=NOW, **{"last_name": "Diallo"} | fields)

    assert set(refusal.value.message_dict) == {wrong}
    assert not Member.objects.exists()


@pytest.mark.parametrize(
    "number",
    ["06 39 98 00 00", "0639980000", "+33 6 39 98 00 00", "0033639980000", "(+33) 1-99-00-00-00", "01.99.00.00.00"],
)
def test_a_telephone_is_taken_as_people_write_it(number):
    assert members.record(last_name="Diallo", telephone=number, by=make_user()).telephone == number


def test_an_account_is_not_given_by_typing_its_number():
    with pytest.raises(TypeError, match="user"):
        members.record(last_name="Diallo", user=make_user(), by=make_user())


def test_a_correction_changes_what_it_names_and_nothing_else():
    member = make_member(account=False, first_name="Awa", last_name="Dialo", email="awa@example.org")

    members.correct(member, last_name=" Diallo ", by=make_user(), now=NOW)

    member.refresh_from_db()
    assert (member.first_name, member.last_name, member.email) == ("Awa", "Diallo", "awa@example.org")


def test_an_erased_member_is_not_written_to_again():
    member = make_member(account=False)
    Member.objects.update(first_name="", last_name="", erased_at=NOW)

    with pytest.raises(ValidationError, match="effacé"):
        members.correct(member, last_name="Diallo", by=make_user())


def test_the_last_contact_never_goes_back():
    member = make_member(account=False, last_contact_on=date(2026, 11, 1))

    members.touch_contact(member, on=date(2026, 10, 1))
    member.refresh_from_db()
    assert member.last_contact_on == date(2026, 11, 1)

    members.touch_contact(member, on=date(2026, 11, 2))
    member.refresh_from_db()
    assert member.last_contact_on == date(2026, 11, 2)

    members.touch_contact(make_member(account=False, last_contact_on=date(2020, 1, 1)))
    assert Member.objects.filter(last_contact_on__year=2020).count() == 0


def test_the_history_names_nobody():
    members.record(first_name="Awa", last_name="Diallo", by=make_counsellor().user)

    labels = list(ModelLogEntry.objects.values_list("label", flat=True))
    assert len(labels) == 2
    assert not any("Awa" in label or "Diallo" in label for label in labels)


@pytest.mark.parametrize(
    ("assignment", "constraint"),
    [
        ("last_name = ''", "accounts_member_has_a_name"),
        ("erased_at = '2026-11-20 10:00'", "accounts_erased_member_is_nobody"),
    ],
)
def test_the_database_keeps_its_word(assignment, constraint):
    member = make_member(account=False)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE accounts_member SET {assignment} WHERE id = %s", [member.pk])  # noqa: S608  # written above
