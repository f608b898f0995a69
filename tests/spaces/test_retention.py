from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.models import AccountRequest, Invitation, InvitedAs, Member
from candidates.models import Look
from home import upkeep
from notices import outbox
from notices.models import Notice
from spaces import erasure, retention
from spaces.erasure import Keep
from spaces.models import Erasure, Retention, RetentionReport
from tests.candidates.factories import make_look
from tests.factories import make_user
from tests.people import make_counsellor, make_member, make_membership

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 31, 12, tzinfo=ZoneInfo("Europe/Paris"))
TODAY = NOON.date()
TWO_YEARS_AGO = date(2024, 3, 31)


@pytest.fixture(autouse=True)
def erasures(settings, tmp_path):
    settings.ERASURES = tmp_path / "erasures.txt"


def make_silent(*, since, email="awa@example.org", **fields):
    return make_member(current=False, account=False, last_contact_on=since, email=email, **fields)


def test_the_account_of_who_does_something_else_here_outlives_their_record():
    """A former member who became a counsellor, or answers for a company, still works with the site."""
    counsellor = make_counsellor()
    member = make_silent(since=TWO_YEARS_AGO - timedelta(days=1), email="", user=counsellor.user)
    name = counsellor.user.last_name

    retention.apply(NOON)
    Notice.objects.update(asked_at=NOON)
    retention.apply(NOON + timedelta(days=30))

    counsellor.user.refresh_from_db()
    member.refresh_from_db()
    assert (counsellor.user.is_active, counsellor.user.last_name) == (True, name)
    assert (member.user, bool(member.erased_at)) == (None, True)


def test_a_member_is_warned_at_the_address_of_their_account():
    """It is the one they changed themselves; the record may have none."""
    member = make_silent(since=TWO_YEARS_AGO - timedelta(days=1), email="", user=make_user(email="neuve@example.org"))

    retention.apply(NOON)

    assert Notice.objects.get(kind="retention").recipient == "neuve@example.org"
    assert Member.objects.not_erased().filter(pk=member.pk).exists()


def test_a_message_that_never_left_is_not_kept_for_ever():
    notice = outbox.put(kind="trial", to="bob@example.org", template="trial")
    Notice.objects.filter(pk=notice.pk).update(asked_at=NOON - timedelta(days=367))

    retention.apply(NOON)

    assert not Notice.objects.filter(pk=notice.pk).exists()


def test_a_silent_member_is_warned_then_erased_a_month_later():
    member = make_silent(since=TWO_YEARS_AGO - timedelta(days=1))

    retention.apply(NOON)
    assert Member.objects.not_erased().filter(pk=member.pk).exists()
    assert Notice.objects.get(kind="retention").recipient == "awa@example.org"
    Notice.objects.update(asked_at=NOON)

    retention.apply(NOON + timedelta(days=29))
    assert Member.objects.not_erased().filter(pk=member.pk).exists()
    retention.apply(NOON + timedelta(days=30))
    assert not Member.objects.not_erased().filter(pk=member.pk).exists()
    assert Erasure.objects.get().why == Erasure.Why.RETENTION


def test_a_warning_comes_once_a_month_before():
    make_silent(since=TWO_YEARS_AGO + timedelta(days=29))

    retention.apply(NOON)
    retention.apply(NOON + timedelta(days=1))

    assert Notice.objects.filter(kind="retention").count() == 1


def test_nobody_is_warned_too_early():
    make_silent(since=TWO_YEARS_AGO + timedelta(days=31))

    retention.apply(NOON)

    assert not Notice.objects.exists()


def test_somebody_without_an_address_is_erased_when_the_time_is_over():
    gone = make_silent(since=TWO_YEARS_AGO - timedelta(days=1), email="")
    stays = make_silent(since=TWO_YEARS_AGO, email="")

    retention.apply(NOON)

    assert set(Member.objects.not_erased()) == {stays}
    assert gone.pk != stays.pk


def test_a_word_from_the_member_stops_the_clock():
    member = make_silent(since=TWO_YEARS_AGO - timedelta(days=1))
    retention.apply(NOON)
    Notice.objects.update(asked_at=NOON)
    Member.objects.filter(pk=member.pk).update(last_contact_on=TODAY)

    retention.apply(NOON + timedelta(days=40))

    assert Member.objects.not_erased().filter(pk=member.pk).exists()


def test_a_member_whose_membership_ran_since_stays():
    member = make_silent(since=TWO_YEARS_AGO - timedelta(days=1), email="")
    make_membership(member, starts_on=TWO_YEARS_AGO, ends_on=TWO_YEARS_AGO + timedelta(days=365))

    retention.apply(NOON)

    assert Member.objects.not_erased().filter(pk=member.pk).exists()


def test_somebody_who_must_be_kept_holds_nobody_else_back():
    kept = make_silent(since=TWO_YEARS_AGO - timedelta(days=2), email="")
    make_silent(since=TWO_YEARS_AGO - timedelta(days=1), email="")

    def law(person):
        return [Keep("Une facture court", TODAY)] if person.member == kept else []

    erasure.reason_to_keep(law)
    try:
        retention.apply(NOON)
    finally:
        erasure._reasons.remove(law)

    assert set(Member.objects.not_erased()) == {kept}


def test_logs_messages_invitations_and_requests_leave_in_their_time():
    member = make_member()
    old, young = NOON - timedelta(days=366), NOON - timedelta(days=300)
    for moment in (old, young):
        make_look(member, looked_at=moment, hour=moment)
        sent = outbox.put(kind="essai", to="awa@example.org", template="export_ready")
        Notice.objects.filter(pk=sent.pk).update(asked_at=moment, sent_at=moment)
        Invitation.objects.create(
            email="awa@example.org", invited_as=InvitedAs.EDITOR, digest=str(moment), expires_at=moment
        )
        AccountRequest.objects.create(organisation_name="A", person_name="B", email="b@example.org", asked_at=moment)

    retention.apply(NOON)

    assert [model.objects.count() for model in (Look, Notice, Invitation, AccountRequest)] == [1, 1, 1, 1]


def test_durations_are_settings():
    limits = Retention.load()
    limits.looks_months = 1
    limits.save()
    make_look(make_member(), looked_at=NOON - timedelta(days=40))

    retention.apply(NOON)

    assert not Look.objects.exists()


def test_a_day_has_one_report_that_says_what_was_done():
    make_look(make_member(), looked_at=NOON - timedelta(days=900))

    assert retention.apply(NOON) == 1
    assert retention.apply(NOON + timedelta(hours=1)) == 0

    report = RetentionReport.objects.get()
    assert report.ran_on == TODAY
    assert report.in_words == "1 consultations"


def test_a_quiet_day_says_so():
    retention.apply(NOON)

    assert RetentionReport.objects.get().in_words == "rien"


def test_the_upkeep_applies_the_durations():
    make_look(make_member(), looked_at=timezone.now() - timedelta(days=900))

    done, failed = upkeep.run_due(jobs={name: upkeep.all_jobs()[name] for name in ("kept too long", "exports expired")})

    assert failed == []
    assert done["kept too long"] == 1
