"""Who writes about the same people at the same moment waits for the other; neither waits for ever."""

import time
from datetime import timedelta
from threading import Event, Thread
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from accompaniment import agreements, paper_agreements
from accompaniment.models import LearningAgreement, PaperAgreement
from accounts import referents, relays
from accounts.models import Member, Referent
from passport import collective, ledger, opening, sheets
from passport.models import Passport
from spaces import erasure
from spaces.erasure import Person
from spaces.models import Erasure
from tests.accompaniment.paths import make_agreement, make_roadmap
from tests.events.test_staff_at_once import many_writers  # noqa: F401  # a fixture of every test here
from tests.passport.factories import MEANS, counsellor_of, make_passport, make_sheet, make_signed_agreement, visit
from tests.passport.test_collective import DAY, NOW, gathering
from tests.people import make_counsellor, make_member, make_referent, make_treasurer

pytestmark = pytest.mark.django_db(transaction=True)
A_MOMENT = 0.4


@pytest.fixture(autouse=True)
def erasures(settings, tmp_path):
    settings.ERASURES = tmp_path / "erasures.txt"


def begun_before(hold, first, second):
    """What `second` gives, begun while `first` has no more than what `hold` locks; and what `first` gives."""
    begun, answers = Event(), {}

    def run(name, act):
        try:
            answers[name] = act()
        except (ValidationError, OperationalError) as refusal:
            answers[name] = refusal
        finally:
            connection.close()

    def slowly():
        with transaction.atomic():
            hold()
            begun.set()
            time.sleep(A_MOMENT)
            return first()

    threads = [Thread(target=run, args=("first", slowly)), Thread(target=run, args=("second", second))]
    threads[0].start()
    begun.wait(5)
    threads[1].start()
    for thread in threads:
        thread.join(20)
    return answers["first"], answers["second"]


def lock(member):
    return lambda: Member.objects.select_for_update().get(pk=member.pk)


def test_who_writes_waits_for_nobody_who_waits_for_them():
    """One test for all: what is left of it is taken away once."""
    a_rehearsal_lets_its_counsellor_write()
    a_sheet_given_again_lets_the_passport_open()
    nobody_is_erased_while_a_passport_opens()
    a_relay_is_accepted_or_forgotten()
    a_copy_is_kept_or_its_member_is_erased()
    a_copy_is_seen_or_replaced_while_the_passport_opens()


def a_rehearsal_lets_its_counsellor_write():
    counsellor = make_counsellor()
    first, second = (make_passport() for _number in range(2))
    for passport in (first, second):
        make_referent(passport.member, counsellor, role=Referent.Role.STAND_IN, starts_at=passport.opened_at)
    said = visit(day=DAY, hour=15)

    wrote, rehearsed = begun_before(
        lambda: Passport.objects.select_for_update().get(pk=second.pk),
        lambda: ledger.propose(second, said, counsellor=counsellor, key=uuid4(), means=MEANS, now=NOW),
        lambda: collective.rehearse_for_all(
            gathering(), [first.member, second.member], counsellor=counsellor, key=uuid4(), now=NOW
        ),
    )

    assert wrote.number
    assert [len(row.cheques) for row in rehearsed] == [1, 1]
    assert list(counsellor.cheques.all()) == [wrote]


def a_sheet_given_again_lets_the_passport_open():
    agreement, sheet, treasurer = make_signed_agreement(), make_sheet(), make_treasurer()
    member = agreement.member
    sheet.gifts.create(member=member)

    opened, given = begun_before(
        lock(member),
        lambda: opening.open_if_ready(member, timezone.now()),
        lambda: sheets.give(sheet, member, by=treasurer),
    )

    assert opened.sheet == sheet
    assert isinstance(given, ValidationError)


def nobody_is_erased_while_a_passport_opens():
    member = make_signed_agreement(make_member()).member
    make_sheet().gifts.create(member=member)

    opened, erased = begun_before(
        lock(member),
        lambda: opening.open_if_ready(member, timezone.now()),
        lambda: erasure.erase(Person(member.user, member), why=Erasure.Why.ASKED),
    )

    assert opened.state == Passport.State.OPEN
    assert "passeport est en cours" in str(erased)
    assert Member.objects.get(pk=member.pk).erased_at is None


def a_relay_is_accepted_or_forgotten():
    passport = make_passport(member=make_member())
    Passport.objects.update(state=Passport.State.ENDED)
    member, former, to = passport.member, counsellor_of(passport), make_counsellor()
    relay = relays.ask(member, to=to, reason="Mutation", by=former.user)

    accepted, erased = begun_before(
        lambda: referents.lock(member),
        lambda: relays.accept(relay, by=to.user),
        lambda: erasure.erase(Person(member.user, member), why=Erasure.Why.ASKED),
    )

    assert accepted.counsellor == to
    assert erased.why == Erasure.Why.ASKED


def a_copy_is_kept_or_its_member_is_erased():
    """Of two agreements, one is erased first; the copy of the other leaves with its member."""
    gone, kept = (proposed() for _number in range(2))

    erased, refused = begun_before(lock(gone.member), lambda: forgotten(gone), lambda: copied(gone))
    copy, after = begun_before(lock(kept.member), lambda: copied(kept), lambda: forgotten(kept))

    assert erased.why == after.why == Erasure.Why.ASKED
    assert "n’est plus proposé" in str(refused)
    assert copy.scan
    assert not PaperAgreement.objects.exists()


def a_copy_is_seen_or_replaced_while_the_passport_opens():
    agreement, other = proposed(), make_counsellor().user
    make_sheet().gifts.create(member=agreement.member)
    agreements.sign_as_counsellor(agreement, counsellor=agreement.counsellor, means=MEANS)
    paper = copied(agreement)

    signed, refused = begun_before(
        lock(agreement.member), lambda: paper_agreements.see(paper, by=other), lambda: copied(agreement)
    )

    assert (signed.state, signed.passport.state) == ("signe", Passport.State.OPEN)
    assert "n’est plus proposé" in str(refused)


def proposed():
    agreement = make_agreement(make_roadmap(), state="propose", now=timezone.now() - timedelta(days=9))
    return LearningAgreement.objects.select_related("roadmap", "member__user").get(pk=agreement.pk)


def copied(agreement):
    who, today = agreement.counsellor.user, timezone.localdate()
    return paper_agreements.keep_copy(agreement, b"%PDF-1.4", extension=".pdf", signed_on=today, by=who)


def forgotten(agreement):
    return erasure.erase(Person(agreement.member.user, agreement.member), why=Erasure.Why.ASKED)
