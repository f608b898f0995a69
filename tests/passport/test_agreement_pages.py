"""The pages where a learning agreement is signed: the member's, the counsellor's, and the passport that follows."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone

from accompaniment.models import LearningAgreement
from accounts.models import Referent
from passport import opening, pins
from passport.models import Gift, Passport
from tests.accompaniment.paths import make_agreement, make_roadmap
from tests.accounts.doors import PASSWORD
from tests.passport.factories import make_sheet
from tests.passport.signing import CONFIRM, confirmed, logged_in
from tests.people import make_member

pytestmark = pytest.mark.django_db
CODE = "480927"


@pytest.fixture
def agreement():
    return make_agreement(make_roadmap(), state="propose", now=timezone.now() - timedelta(days=8))


def page(name, agreement):
    return reverse(name, args=[agreement.reference])


def counsellor(agreement):
    return Referent.objects.get(member=agreement.member).counsellor.user


def test_both_sign_in_their_own_session_and_the_passport_opens(agreement):
    Gift.objects.create(sheet=make_sheet(), member=agreement.member)
    mine, theirs = page("sign_agreement", agreement), page("sign_agreement_staff", agreement)
    member, staff = confirmed(agreement.member.user), confirmed(counsellor(agreement))
    shown = member.get(mine).text
    for said in ("Venir aux rendez-vous.", "Cuisiner", "Signer ce contrat", "35"):
        assert said in shown

    assert member.post(mine).url == mine
    assert "C’est signé" in member.get(mine).text
    assert not Passport.objects.exists()
    assert staff.post(theirs).url == theirs

    signed = LearningAgreement.objects.get()
    assert (signed.state, signed.member_means, signed.counsellor_means) == (
        "signe",
        "session:password",
        "session:password",
    )
    assert Passport.objects.get().agreement == signed
    assert "Le passeport est ouvert" in staff.get(theirs).text
    for client in (member, staff):
        assert "Signé" in client.get(page("agreement", agreement)).text
    assert member.post(mine).url == mine
    assert Passport.objects.count() == 1


def test_the_counsellor_reads_what_the_passport_waits_for(agreement):
    confirmed(agreement.member.user).post(page("sign_agreement", agreement))
    staff = confirmed(counsellor(agreement))
    staff.post(page("sign_agreement_staff", agreement))

    assert opening.NO_SHEET in staff.get(page("sign_agreement_staff", agreement)).text


def test_who_has_shown_nothing_lately_is_asked_and_then_it_is_signed(agreement):
    for user, name in ((agreement.member.user, "sign_agreement"), (counsellor(agreement), "sign_agreement_staff")):
        client, path = logged_in(user), page(name, agreement)
        asked = client.post(path)
        assert asked.url.startswith(CONFIRM)
        assert client.post(asked.url, {"password": PASSWORD, "next": path}).url == path

    assert LearningAgreement.objects.get().state == "signe"


def test_before_the_end_of_the_time_to_reflect_no_button_signs():
    early = make_agreement(make_roadmap(), state="propose")
    for user, name in ((early.member.user, "sign_agreement"), (counsellor(early), "sign_agreement_staff")):
        client, path = confirmed(user), page(name, early)
        assert "Signer ce contrat</button>" not in client.get(path).text
        answer = client.post(path)
        assert answer.status_code == HTTPStatus.CONFLICT
        assert "Ce contrat se signe à partir du" in answer.text

    assert LearningAgreement.objects.filter(member_signed_at=None, counsellor_signed_at=None).exists()


def test_it_is_signed_by_a_code_on_the_counsellor_s_telephone(agreement):
    pins.choose(agreement.member, CODE)
    staff = logged_in(counsellor(agreement))
    ways = page("agreement_to_sign", agreement)
    assert "Pas encore signé" in staff.get(ways).text

    opened = staff.post(ways, {"way": "pin"}).url
    assert "Venir aux rendez-vous." in staff.get(opened).text
    done = staff.post(opened, {"code": CODE})

    assert "C’est signé" in done.text
    assert LearningAgreement.objects.get().member_means == "pin"
    assert "La personne a signé" in staff.get(ways).text


def test_a_draft_is_signed_by_nobody():
    draft = make_agreement(make_roadmap())

    assert confirmed(draft.member.user).get(page("sign_agreement", draft)).status_code == HTTPStatus.NOT_FOUND
    for name in ("sign_agreement_staff", "agreement_to_sign"):
        assert confirmed(counsellor(draft)).get(page(name, draft)).status_code == HTTPStatus.NOT_FOUND


def test_another_member_signs_nothing(agreement):
    client = confirmed(make_member().user)

    assert client.post(page("sign_agreement", agreement)).status_code == HTTPStatus.NOT_FOUND
    assert client.get(page("sign_agreement", agreement)).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("state", ["retire", "refuse"])
def test_one_that_is_proposed_no_more_says_so(agreement, state):
    LearningAgreement.objects.update(state=state, ended_at=timezone.now())

    for user, name in ((agreement.member.user, "sign_agreement"), (counsellor(agreement), "sign_agreement_staff")):
        client = confirmed(user)
        assert "Signer ce contrat</button>" not in client.get(page(name, agreement)).text
        assert client.post(page(name, agreement)).status_code == HTTPStatus.CONFLICT


def test_the_page_of_the_agreement_leads_to_the_signature_once_it_may_be(agreement):
    early = make_agreement(make_roadmap(), state="propose")

    for found, is_there in ((agreement, True), (early, False)):
        for user, name in ((found.member.user, "sign_agreement"), (counsellor(found), "sign_agreement_staff")):
            text = logged_in(user).get(page("agreement", found)).text
            assert (page(name, found) in text) is is_there
