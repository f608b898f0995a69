"""Who had a passport is erased: no word of it is left, every hour is, and the chain still verifies."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone

from passport import chain, decisions, ledger, looks, verifying
from passport.models import AuditFile, Cheque, Dispute, Entry, Evaluation, Gift, Note, PaperCheque, Passport, Pin
from tests.accompaniment.paths import make_package
from tests.passport.factories import counsellor_of, make_passport, make_proposal, make_signed
from tests.spaces.people import MARK, make_marked
from tests.spaces.test_erasure import erase, erasures, found, private_files  # noqa: F401  # a fixture for each test

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def marked():
    make_package()
    return make_marked()


def make_marked_passport(member):
    """With a mark in every text that it can hold."""
    now = timezone.now()
    passport = make_passport(member=member, starts_on=timezone.localdate() - 10 * DAY, now=now - 10 * DAY)
    counsellor = counsellor_of(passport)
    facts = {"what": MARK, "place": MARK, "now": now}
    signed = make_signed(passport, day=timezone.localdate() - 2 * DAY, **facts)
    cancelled = make_signed(passport, day=timezone.localdate() - 3 * DAY, **facts)
    ledger.cancel(cancelled, reason=MARK, counsellor=counsellor)
    withdrawn = make_proposal(passport, day=timezone.localdate() - 4 * DAY, **facts)
    ledger.withdraw(withdrawn, counsellor=counsellor)
    Note.objects.create(passport=passport, cheque=signed, author=counsellor, assessment=MARK, next_steps=MARK)
    Dispute.objects.create(cheque=signed, words=MARK)
    Evaluation.objects.create(passport=passport, cheque=signed, by="membre", score=2, words=MARK)
    Gift.objects.filter(member=member).update(reason=MARK)
    Pin.objects.create(member=member, digest=MARK)
    paper = PaperCheque(serial="1-1", counsellor=counsellor, cheque=signed, spoilt_because=MARK)
    paper.scan.save("scan.png", ContentFile(b"a signature"))
    audit = AuditFile(organisation=passport.sheet.order.organisation)
    audit.file.save("controle.zip", ContentFile(b"names"))
    looks.note(passport, counsellor.user)
    return passport


def test_words_leave_and_hours_stay(django_capture_on_commit_callbacks):
    before = private_files()
    member = marked()
    passport = make_marked_passport(member)
    decisions.ask(passport, "end", reason=MARK, by=counsellor_of(passport).user)
    numbers = [(cheque.number, cheque.hours, cheque.state) for cheque in Cheque.objects.order_by("pk")]
    head, rows = chain.head(passport), list(Entry.objects.values_list("form", "digest"))

    erase(member, django_capture_on_commit_callbacks)

    assert found(MARK) == []
    assert private_files() == before
    assert [(cheque.number, cheque.hours, cheque.state) for cheque in Cheque.objects.order_by("pk")] == numbers
    assert chain.head(passport) == head
    assert list(Entry.objects.values_list("form", "digest")) == rows
    entries = [(chain.read(entry), entry.digest) for entry in passport.entries.order_by("seq")]
    assert verifying.check_chain(passport.chain, entries, witnessed=head) is None
    assert Passport.objects.get().agreement is None
    assert Dispute.objects.get().outcome == Dispute.Outcome.WITHDRAWN


def test_a_passport_that_is_paid_for_is_ended_first(django_capture_on_commit_callbacks):
    member = marked()
    passport = make_marked_passport(member)

    with pytest.raises(ValidationError, match="mettre fin") as refusal:
        erase(member, django_capture_on_commit_callbacks)

    assert f"{passport.ends_on:%d/%m/%Y}" in refusal.value.messages[0]
    assert found(MARK) != []
