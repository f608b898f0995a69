"""A learning agreement signed by hand: copied by a counsellor, counted once a second person has seen it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accompaniment import agreements, paper_agreements, path, pdf
from accompaniment.models import LearningAgreement, PaperAgreement
from accounts.models import Counsellor, Member, Referent
from notices.models import Notice
from tests.accompaniment.paths import make_agreement, make_roadmap
from tests.accompaniment.test_pdf import text_of
from tests.people import make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db
PROPOSED = datetime(2027, 2, 23, 9, tzinfo=UTC)
FIRST_DAY = date(2027, 3, 2)
NOW = datetime(2027, 3, 5, 10, tzinfo=UTC)
MEANS = "session:password"


@pytest.fixture
def agreement():
    """Of somebody without an account, an address or a telephone."""
    found = make_agreement(make_roadmap(make_member(account=False)), state="propose", now=PROPOSED)
    Referent.objects.update(starts_at=PROPOSED)
    return found


@pytest.fixture
def other():
    return make_counsellor().user


def copied(agreement, by=None, content=b"%PDF-1.4", signed_on=FIRST_DAY, now=NOW):
    who = by or agreement.counsellor.user
    return paper_agreements.keep_copy(agreement, content, extension=".pdf", signed_on=signed_on, by=who, now=now)


def by_counsellor(agreement, counsellor=None):
    who = counsellor or agreement.counsellor
    return agreements.sign_as_counsellor(agreement, counsellor=who, means=MEANS, now=NOW)


def stand_in(agreement):
    until = NOW + timedelta(days=9)
    return make_referent(agreement.member, role="remplacant", starts_at=PROPOSED, ends_at=until).counsellor


def code_of(act):
    with pytest.raises(ValidationError) as refused:
        act()
    return refused.value.code if hasattr(refused.value, "code") else refused.value.error_dict


def is_signed_by_member():
    return LearningAgreement.objects.get().member_signed_at is not None


@pytest.mark.parametrize("counsellor_first", [True, False])
def test_it_counts_once_a_second_person_has_seen_the_copy(agreement, other, counsellor_first):
    if counsellor_first:
        by_counsellor(agreement)
    paper = copied(agreement)
    assert not is_signed_by_member()
    assert list(paper_agreements.to_see(other)) == [paper]

    paper_agreements.see(paper, by=other, now=NOW)
    if not counsellor_first:
        by_counsellor(agreement)

    signed = LearningAgreement.objects.get()
    assert (signed.state, signed.member_means, signed.member_signed_at) == ("signe", "papier:vu", NOW)
    kept = signed.paper
    assert (kept.scanned_by, kept.seen_by, kept.seen_at) == (agreement.counsellor.user, other, NOW)
    assert kept.signed_on == FIRST_DAY
    assert not paper_agreements.to_see(other).exists()


def test_what_is_signed_by_hand_is_signed_once(agreement, other):
    paper = copied(agreement)
    paper_agreements.see(paper, by=other, now=NOW)

    assert code_of(lambda: paper_agreements.see(paper, by=make_counsellor().user, now=NOW)) == "signed"
    assert code_of(lambda: copied(agreement)) == "signed"
    by_counsellor(agreement)
    assert code_of(lambda: copied(agreement)) == "state"


def test_who_sent_the_copy_prepared_it_or_is_the_member_confirms_nothing(agreement):
    helper = stand_in(agreement)
    paper = copied(agreement, by=helper.user)
    twin = make_counsellor()
    Member.objects.filter(pk=agreement.member_id).update(user=twin.user)

    for user in (helper.user, agreement.counsellor.user, twin.user, make_member().user):
        assert not paper_agreements.to_see(user).exists()
        assert code_of(lambda user=user: paper_agreements.see(paper, by=user, now=NOW)) == "same"
    assert not is_signed_by_member()


def test_who_wrote_the_roadmap_confirms_nothing_once_another_signed_for_the_association(agreement):
    helper, author = stand_in(agreement), agreement.counsellor.user
    by_counsellor(agreement, helper)
    paper = copied(agreement, by=helper.user)

    assert not paper_agreements.to_see(author).exists()
    assert code_of(lambda: paper_agreements.see(paper, by=author, now=NOW)) == "same"


@pytest.mark.parametrize("account", [True, False])
def test_the_member_is_told_once_where_they_have_an_address(agreement, other, account):
    member = make_member(account=account, email="awa@example.org")
    Member.objects.filter(pk=member.pk).update(user=None)
    Member.objects.filter(pk=agreement.member_id).update(user=member.user, email="awa@example.org")
    agreement.refresh_from_db()

    paper_agreements.see(copied(agreement), by=other, now=NOW)

    told = Notice.objects.get(kind="agreement_signed_on_paper")
    assert (told.recipient, told.person) == (agreement.member.mailbox, member.user)
    assert "Ce n’est pas vous\N{NO-BREAK SPACE}? Écrivez-nous." in told.text
    assert (f"/contrats/{agreement.reference}/" in told.text) == account
    for secret in ("mars", "2027", str(agreement.member), str(other), "Venir aux rendez-vous", "heure", " h "):
        assert secret not in f"{told.subject} {told.text}"


def test_who_has_no_address_is_written_nothing_nor_is_anybody_when_it_does_not_count(agreement, other):
    paper = copied(agreement)
    with transaction.atomic():
        Member.objects.filter(pk=agreement.member_id).update(email="awa@example.org")
        paper_agreements.see(paper, by=other, now=NOW)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()

    paper_agreements.see(paper, by=other, now=NOW)

    assert is_signed_by_member()
    assert not Notice.objects.exists()


def test_of_an_erased_member_nothing_is_copied_or_seen(agreement, other):
    paper = copied(agreement)
    gone = {"user": None, "born_on": None} | dict.fromkeys(("first_name", "last_name", "email", "telephone"), "")
    Member.objects.filter(pk=agreement.member_id).update(erased_at=NOW, **gone)

    for act in (lambda: copied(agreement), lambda: paper_agreements.see(paper, by=other, now=NOW)):
        with pytest.raises(ValidationError, match="n’est plus proposé"):
            act()


def test_the_address_of_the_member_s_record_is_no_second_person(agreement, other):
    paper = copied(agreement)
    Member.objects.filter(pk=agreement.member_id).update(email=other.email.upper())

    assert code_of(lambda: paper_agreements.see(paper, by=other, now=NOW)) == "same"


def test_who_left_sees_nothing(agreement, other):
    paper = copied(agreement)
    Counsellor.objects.filter(user=other).update(ends_on=date(2026, 1, 1), starts_on=date(2025, 1, 1))

    assert code_of(lambda: paper_agreements.see(paper, by=other, now=NOW)) == "same"


def test_the_database_refuses_one_person_for_both(agreement):
    paper = copied(agreement)

    with pytest.raises(IntegrityError, match="paper_is_seen_by_another"), transaction.atomic():
        PaperAgreement.objects.filter(pk=paper.pk).update(seen_by=paper.scanned_by)


def test_who_has_seen_the_copy_does_not_sign_for_the_association(agreement):
    helper = stand_in(agreement)
    paper_agreements.see(copied(agreement), by=helper.user, now=NOW)

    assert code_of(lambda: by_counsellor(agreement, helper)) == "saw_the_copy"
    assert by_counsellor(agreement).state == "signe"


def test_only_who_accompanies_the_member_sends_the_copy(agreement, other):
    assert code_of(lambda: copied(agreement, by=other)) == "not_yours"


@pytest.mark.parametrize(
    ("signed_on", "told"),
    [
        (date(2027, 3, 6), "Ce jour n’est pas encore venu"),
        (FIRST_DAY - timedelta(days=1), "à partir du mardi 2 mars 2027"),
        (PROPOSED.date() - timedelta(days=1), "à partir du mardi 2 mars 2027"),
    ],
)
def test_the_day_is_neither_to_come_nor_before_the_end_of_the_time_to_reflect(agreement, signed_on, told):
    refused = code_of(lambda: copied(agreement, signed_on=signed_on))

    assert told in str(refused["signed_on"]).replace("\\xa0", " ")
    assert not PaperAgreement.objects.exists()


@pytest.mark.parametrize("signed_on", [FIRST_DAY, date(2027, 3, 5)])
def test_its_first_and_last_days_are_taken(agreement, signed_on):
    assert copied(agreement, signed_on=signed_on).signed_on == signed_on


@pytest.mark.parametrize("state", ["brouillon", "retire", "refuse"])
def test_only_what_is_proposed_is_copied_and_seen(agreement, other, state):
    paper = copied(agreement)
    LearningAgreement.objects.update(state=state)

    assert code_of(lambda: copied(agreement)) == "state"
    assert code_of(lambda: paper_agreements.see(paper, by=other, now=NOW)) == "state"
    assert not paper_agreements.to_see(other).exists()


def test_a_new_copy_replaces_the_former_one_and_is_looked_at_anew(agreement, other, django_capture_on_commit_callbacks):
    former = copied(agreement)
    with django_capture_on_commit_callbacks(execute=True):
        copied(agreement, content=b"%PDF-1.5", now=NOW + timedelta(minutes=1))

    assert code_of(lambda: paper_agreements.see(former, by=other, now=NOW)) == "changed"
    assert not former.scan.storage.exists(former.scan.name)
    with PaperAgreement.objects.get().scan.open() as kept:
        assert kept.read() == b"%PDF-1.5"


def test_who_signed_in_their_own_session_meanwhile_needs_no_second_person(agreement, other):
    paper = copied(agreement)
    agreements.sign_as_member(agreement, means=MEANS, now=NOW)

    assert not paper_agreements.to_see(other).exists()
    assert code_of(lambda: paper_agreements.see(paper, by=other, now=NOW)) == "signed"
    assert by_counsellor(agreement).member_means == MEANS


def test_the_digest_holds_the_copy_and_the_day(agreement, other):
    paper_agreements.see(copied(agreement), by=other, now=NOW)
    digest = by_counsellor(agreement).digest
    signed = LearningAgreement.objects.get()
    assert agreements.digest_of(signed) == digest

    signed.paper.signed_on = date(2027, 3, 3)
    assert agreements.digest_of(signed) != digest
    signed = LearningAgreement.objects.get()
    with signed.paper.scan.storage.open(signed.paper.scan.name, "wb") as kept:
        kept.write(b"%PDF-1.5")
    assert agreements.digest_of(signed) != digest


def test_the_copy_is_read_by_both_sides_and_the_second_person_while_it_waits(agreement, other):
    member = make_member()
    Member.objects.filter(pk=member.pk).update(user=None)
    Member.objects.filter(pk=agreement.member_id).update(user=member.user)
    paper = copied(agreement)
    Referent.objects.update(starts_at=timezone.now() - timedelta(days=1))
    referent = agreement.counsellor.user
    for user in (referent, member.user, other):
        assert paper_agreements.find(user, paper.reference).mimetype == "application/pdf"
    assert paper_agreements.find(make_member().user, paper.reference) is None

    paper_agreements.see(paper, by=other, now=NOW)

    assert paper_agreements.find(other, paper.reference) is None
    assert paper_agreements.find(member.user, paper.reference).name == "contrat.pdf"
    assert paper_agreements.find(referent, "zzzzzzzzzzzzzzzz") is None


def test_the_path_and_the_paper_say_who_sent_and_who_saw_the_copy(agreement, other):
    paper = copied(agreement)
    assert paper_agreements.in_words(paper).endswith("pas encore vue par une deuxième personne")
    paper_agreements.see(paper, by=other, now=NOW)
    signed = by_counsellor(agreement)
    said = f"copie envoyée par {agreement.counsellor} et vue par {other}"

    step = path.steps_of(agreement.member, for_counsellor=True, now=NOW)[3]

    assert said in step.text
    text = text_of(pdf.of_agreement(signed))
    counted = "signature comptée le vendredi 5 mars 2027 à 11 h, sur papier, et une deuxième personne"
    for words in (counted, "signé à la main le mardi 2 mars 2027", said):
        assert words in text
    PaperAgreement.objects.update(seen_by=None)
    assert "vue par une personne qui n’a plus de compte" in paper_agreements.in_words(PaperAgreement.objects.get())


def test_what_the_counsellor_has_signed_prints_with_a_box_for_the_member(agreement):
    assert text_of(pdf.of_agreement(agreement)).count("date et signature") == 2
    by_counsellor(agreement)
    agreement.refresh_from_db()

    text = text_of(pdf.of_agreement(agreement))

    assert f"{agreement.member}, date et signature" in text
    assert text.count("date et signature") == 1
