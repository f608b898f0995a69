"""What passports bring to a counsellor's first page, menu and records."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accompaniment import paper_agreements
from passport import disputes, paper, visits
from passport.models import PaperCheque
from spaces import waiting_passports
from tests.accompaniment.paths import make_agreement, make_roadmap
from tests.factories import make_home
from tests.passport.factories import MEANS, at, counsellor_of, make_passport, make_proposal, make_signed
from tests.passport.signing import logged_in
from tests.people import make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - timedelta(days=1)
FIRST = YESTERDAY - timedelta(days=8)


@pytest.fixture
def passport():
    return make_passport(starts_on=FIRST, now=at(FIRST, 8))


def waits(user):
    return waiting_passports.all_of(user, timezone.now())


def test_nothing_waits_where_nothing_presses(passport):
    assert waits(counsellor_of(passport).user) == []


def test_a_dispute_comes_first_then_what_presses(passport):
    signed = make_signed(passport, day=YESTERDAY)
    dispute = disputes.open_dispute(signed, "Non", passport.member.user)
    make_proposal(passport, day=YESTERDAY, hour=14)

    first, second = waits(counsellor_of(passport).user)

    assert first.url == reverse("dispute_settle", args=[dispute.reference])
    assert (second.url, second.why) == (
        reverse("passport_staff", args=[passport.reference]),
        "1\N{NO-BREAK SPACE}visite à faire signer.",
    )


def test_a_copy_waits_for_every_other_counsellor(passport):
    counsellor = counsellor_of(passport)
    leaf = PaperCheque.objects.filter(serial__startswith=paper.print_booklet(counsellor, 6)).first()
    said = visits.Said("rv", at(YESTERDAY), 1, "CV")
    visits.propose(passport, said, paper=leaf, counsellor=counsellor, key=uuid4(), means=MEANS)
    leaf.refresh_from_db()
    paper.keep_copy(leaf, b"%PDF-", extension=".pdf", by=counsellor.user)

    assert [thing.url for thing in waits(make_counsellor().user)] == [reverse("papers")]
    assert reverse("papers") not in [thing.url for thing in waits(counsellor.user)]


def test_many_passports_are_said_in_one_line(passport):
    counsellor = counsellor_of(passport)
    for _number in range(10):
        other = make_passport(starts_on=FIRST, now=at(FIRST, 8))
        make_proposal(other, day=YESTERDAY)
        make_referent(other.member, counsellor, role="remplacant")

    found = waits(counsellor.user)

    assert len(found) == 9
    assert (found[-1].title, found[-1].url) == ("2\N{NO-BREAK SPACE}autres passeports à regarder", reverse("passports"))


def test_copies_of_agreements_wait_for_every_other_counsellor():
    sender, day = make_counsellor(), timezone.localdate()
    for _number in range(2):
        agreement = make_agreement(make_roadmap(), state="propose", now=timezone.now() - timedelta(days=8))
        make_referent(agreement.member, sender, role="remplacant")
        paper_agreements.keep_copy(agreement, b"%PDF-", extension=".pdf", signed_on=day, by=sender.user)

    [thing] = waits(make_counsellor().user)
    assert (thing.title, thing.url) == ("2\N{NO-BREAK SPACE}contrats papier à voir", reverse("papers"))
    assert thing.why == "Chaque signature compte une fois que vous avez vu sa copie."
    assert waits(sender.user) == []


@pytest.mark.parametrize("passports", [1, 5])
def test_the_first_page_costs_the_same_however_many_passports(passports, django_assert_max_num_queries):
    make_home()
    counsellor = make_counsellor()
    for _number in range(passports):
        passport = make_passport(starts_on=FIRST, now=at(FIRST, 8))
        make_referent(passport.member, counsellor, role="remplacant")
        signed = make_signed(passport, day=YESTERDAY)
        disputes.open_dispute(signed, "Non", passport.member.user)
    client = logged_in(counsellor.user)
    client.get(reverse("counsellor_space"))

    with django_assert_max_num_queries(24):
        page = client.get(reverse("counsellor_space"))
    assert "conteste une visite" in page.text


def test_the_record_of_a_member_leads_to_their_passport(passport):
    client = logged_in(counsellor_of(passport).user)

    page = client.get(reverse("member_record", args=[passport.member.reference])).text

    assert reverse("visit_write", args=[passport.reference]) in page
    assert 'href="/espace/conseil/passeports/"' in page
    other = make_member()
    make_referent(other, counsellor_of(passport), role="remplacant")
    assert "Il s’ouvre quand" in client.get(reverse("member_record", args=[other.reference])).text
