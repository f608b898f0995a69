from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import Counsellor, Member, Membership, Referent, User
from home.models import ContactMessage
from notices import outbox
from notices.models import Notice
from spaces import erasure
from spaces.erasure import Keep
from spaces.models import Erasure
from spaces.personal_data import Person, readable
from tests.factories import make_admin, make_user
from tests.passport.factories import make_passport
from tests.people import make_counsellor, make_member, make_referent
from tests.spaces.people import EMAIL, MARK, make_marked

pytestmark = pytest.mark.django_db

WHY = Erasure.Why.ASKED


@pytest.fixture(autouse=True)
def erasures(settings, tmp_path):
    settings.ERASURES = tmp_path / "erasures.txt"
    return settings.ERASURES


def texts():
    """Every text of every table, with where it was found."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  # a table of this database
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, (str, bytes, memoryview, dict, list)):
                        yield f"{table}.{column}", str(bytes(value) if isinstance(value, memoryview) else value)


def private_files():
    root = Path(settings.PRIVATE_ROOT)
    return {path for path in root.rglob("*") if path.is_file()}


def found(mark):
    return sorted({where for where, text in texts() if mark.lower() in text.lower()})


def erase(member, callbacks, **facts):
    with callbacks(execute=True):
        return erasure.erase(Person(member.user, member), why=WHY, **facts)


def test_nothing_of_an_erased_person_is_left(django_capture_on_commit_callbacks, client):
    before = private_files()
    member = make_marked()
    log(member, "wagtail.edit", user=make_counsellor().user)
    client.force_login(member.user)
    client.get("/espace/membre/")

    assert len(found(MARK)) > 15
    erase(member, django_capture_on_commit_callbacks)

    assert found(MARK) == []
    assert found("0639981234") == []
    assert found("1990-05-17") == []
    assert private_files() == before
    assert not User.objects.filter(email=EMAIL).exists()


def test_dates_and_numbers_stay_as_nobody_s(django_capture_on_commit_callbacks):
    member = make_marked()
    counts = [model.objects.filter(member=member).count() for model in (Membership, Referent)]

    erase(member, django_capture_on_commit_callbacks)
    member.refresh_from_db()

    assert [model.objects.filter(member=member).count() for model in (Membership, Referent)] == counts
    assert member.erased_at
    assert not Referent.objects.live().filter(member=member).exists()
    assert str(member) == f"membre effacé {member.reference}"


def test_an_erased_person_is_logged_out_everywhere(client, django_capture_on_commit_callbacks):
    member, other = make_member(), make_member()
    client.force_login(other.user)
    client.force_login(member.user)
    sessions = Session.objects.count()

    erase(member, django_capture_on_commit_callbacks)

    assert Session.objects.count() == sessions - 1
    assert client.get("/espace/membre/").status_code == 302


def test_the_account_of_a_counsellor_stays_as_nobody_s(django_capture_on_commit_callbacks):
    counsellor = make_counsellor()
    counsellor.user.first_name = MARK
    counsellor.user.save()
    make_referent(make_member(), counsellor, ends_at=timezone.now() - timedelta(hours=1))

    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(Person(counsellor.user, None), why=WHY)
    kept = Counsellor.objects.get(pk=counsellor.pk)

    assert kept.number == counsellor.number
    assert kept.ends_on == timezone.localdate()
    assert not kept.user.is_active
    assert not kept.user.has_usable_password()
    assert found(MARK) == []


def test_a_counsellor_first_hands_their_members_over():
    referent = make_referent(make_member())

    with pytest.raises(ValidationError, match="confiez-les d’abord"):
        erasure.erase(Person(referent.counsellor.user, None), why=WHY)


def test_the_last_administrator_stays(django_capture_on_commit_callbacks):
    last = make_admin()
    with pytest.raises(ValidationError, match="nommez-en d’abord une autre"):
        erasure.erase(Person(last, None), why=WHY)

    make_admin()
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(Person(last, None), why=WHY)

    assert not User.objects.filter(pk=last.pk).exists()


def test_a_counsellor_who_had_already_left_keeps_their_last_day(django_capture_on_commit_callbacks):
    left = timezone.localdate() - timedelta(days=50)
    counsellor = make_counsellor(ends_on=left)

    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(Person(counsellor.user, None), why=WHY)

    assert Counsellor.objects.get(pk=counsellor.pk).ends_on == left


def test_a_member_without_an_account_is_erased_too(django_capture_on_commit_callbacks):
    member = make_member(account=False, first_name=MARK)

    erase(member, django_capture_on_commit_callbacks)

    assert found(MARK) == []
    assert Erasure.objects.get().user_digest == ""


def test_what_must_be_kept_puts_the_erasure_off_and_says_why():
    member = make_member()

    def law(person):
        return [Keep("Une facture court", date(2030, 1, 31))] if person.member == member else []

    erasure.reason_to_keep(law)
    try:
        with pytest.raises(ValidationError, match=r"Une facture court \(jusqu’au 31/01/2030\)"):
            erasure.erase(Person(member.user, member), why=WHY)
    finally:
        erasure._reasons.remove(law)

    assert Member.objects.not_erased().filter(pk=member.pk).exists()


def test_a_backup_put_back_erases_again(erasures, django_capture_on_commit_callbacks):
    gone, stays = make_member(first_name="Ancien"), make_member()
    alone = make_counsellor()
    erase(gone, django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(Person(alone.user, None), why=WHY)
    Erasure.objects.all().delete()
    Member.objects.filter(pk=gone.pk).update(erased_at=None, first_name="Ancien", last_name="Retour")
    User.objects.filter(pk=alone.user.pk).update(is_active=True, first_name="Retour")

    with django_capture_on_commit_callbacks(execute=True):
        call_command("reapply_erasures")

    gone.refresh_from_db()
    assert gone.erased_at
    assert found("Retour") == []
    assert Member.objects.not_erased().filter(pk=stays.pk).exists()
    assert len(erasures.read_text().splitlines()) == 4


def test_without_a_list_nobody_is_erased_again():
    make_member()

    assert erasure.erase_again() == 0


def test_a_number_given_to_another_account_is_not_the_erased_one():
    user = make_member().user
    before = erasure.digest(user)
    user.date_joined += timedelta(seconds=1)

    assert erasure.digest(user) != before


def test_a_person_erases_themselves_after_their_password(client, django_capture_on_commit_callbacks):
    member = make_member()
    member.user.set_password("only-for-tests and long")
    member.user.save()
    client.force_login(member.user)

    asked = client.get("/espace/mes-donnees/effacement/")
    assert asked.status_code == 302
    client.post(asked.url, {"password": "only-for-tests and long"})
    refused = client.post("/espace/mes-donnees/effacement/", {})
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/espace/mes-donnees/effacement/", {"understood": "on"}, follow=True)

    assert "Cochez cette case" in refused.text
    assert "Vos données sont effacées" in response.text
    assert not Member.objects.not_erased().filter(pk=member.pk).exists()


def test_erasing_a_member_leaves_the_account_whose_number_is_theirs(django_capture_on_commit_callbacks):
    """Numbers of members and of accounts are counted apart: the same one is two people."""
    staying = make_member(user=make_user(pk=900_001))
    leaving = make_member(pk=900_001, account=False)

    erase(leaving, django_capture_on_commit_callbacks)

    staying.refresh_from_db()
    assert staying.user_id == leaving.pk


def test_what_was_sent_to_somebody_else_s_account_is_not_theirs(django_capture_on_commit_callbacks):
    """A record may bear the address of who helps the person: a social worker, a relative."""
    helper = make_user(email="appui@example.org")
    message = outbox.put(kind="trial", to=helper.email, template="trial", person=helper)
    asked = ContactMessage.objects.create(name="Appui", email=helper.email, text="Bonjour")
    member = make_member(email="Appui@example.org")

    assert exported(member) & {"Les messages envoyés à votre adresse", "Vos messages à l’association"} == set()
    erase(member, django_capture_on_commit_callbacks)

    assert Notice.objects.filter(pk=message.pk).exists()
    assert ContactMessage.objects.filter(pk=asked.pk).exists()


def test_what_was_sent_to_an_address_typed_otherwise_leaves_too(django_capture_on_commit_callbacks):
    member = make_member(account=False, email="awa@example.org")
    ContactMessage.objects.create(name="Awa", email="Awa@Example.org", text="Bonjour")

    assert "Vos messages à l’association" in exported(member)
    erase(member, django_capture_on_commit_callbacks)

    assert not ContactMessage.objects.exists()


def exported(member):
    person = Person(member.user, member)
    return {holding.title for holding in readable() if holding.rows(person).exists()}


def test_one_who_must_be_kept_holds_no_other_back(erasures, django_capture_on_commit_callbacks):
    """A backup of a day when their passport was in use."""
    kept, gone = make_passport(member=make_member()).member, make_member()
    erasures.write_text("".join(f"2026-01-01T00:00:00+00:00 {member.reference} -\n" for member in (kept, gone)))

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(CommandError, match="1 person"):
        call_command("reapply_erasures")

    assert list(Member.objects.not_erased()) == [kept]
