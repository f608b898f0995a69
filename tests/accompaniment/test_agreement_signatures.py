"""Both signatures of a learning agreement: after the time to reflect, in either order, each once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from accompaniment import agreements, path
from accompaniment.models import LearningAgreement, Roadmap
from accounts.models import Member, Referent
from tests.accompaniment.paths import make_agreement, make_roadmap
from tests.people import make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db
PROPOSED = datetime(2027, 2, 23, 9, tzinfo=UTC)
# In Paris, the first of March is over.
LATER = datetime(2027, 3, 1, 23, 1, tzinfo=UTC)
MEANS = "session:password"


@pytest.fixture
def agreement():
    found = make_agreement(make_roadmap(), state="propose", now=PROPOSED)
    Referent.objects.update(starts_at=PROPOSED)
    return found


@pytest.fixture
def followed(monkeypatch):
    """Those who were told that both had signed."""
    told = []
    monkeypatch.setattr(agreements, "_when_signed", [])
    agreements.when_signed(lambda agreement, now: told.append((agreement.pk, agreement.state, now)))
    return told


def by_counsellor(agreement, now=LATER, counsellor=None):
    who = counsellor or agreement.counsellor
    return agreements.sign_as_counsellor(agreement, counsellor=who, means=MEANS, now=now)


def by_member(agreement, now=LATER):
    return agreements.sign_as_member(agreement, means="pin", now=now)


def code_of(act):
    with pytest.raises(ValidationError) as refused:
        act()
    return refused.value.code


@pytest.mark.parametrize("order", [(by_member, by_counsellor), (by_counsellor, by_member)])
def test_it_is_signed_by_both_in_either_order_and_what_follows_is_done_once(agreement, followed, order):
    first, second = order

    half = first(agreement)
    assert (half.state, half.digest, followed) == ("propose", "", [])
    whole = second(agreement, LATER + timedelta(hours=1))

    assert (whole.state, len(whole.digest)) == ("signe", 64)
    assert (whole.member_means, whole.counsellor_means) == ("pin", MEANS)
    assert followed == [(agreement.pk, "signe", LATER + timedelta(hours=1))]
    for again in order:
        assert again(agreement, LATER + timedelta(days=1)).digest == whole.digest
    assert len(followed) == 1


@pytest.mark.parametrize("sign", [by_member, by_counsellor])
def test_nobody_signs_before_the_end_of_the_time_to_reflect(agreement, sign):
    assert code_of(lambda: sign(agreement, LATER - timedelta(minutes=2))) == "reflecting"

    assert sign(agreement, LATER).state == "propose"


@pytest.mark.parametrize("state", ["brouillon", "retire", "refuse"])
@pytest.mark.parametrize("sign", [by_member, by_counsellor])
def test_only_what_is_proposed_is_signed(agreement, sign, state):
    LearningAgreement.objects.update(state=state)

    assert code_of(lambda: sign(agreement)) == "state"


def test_one_withdrawn_after_a_signature_is_signed_no_more(agreement):
    by_member(agreement)
    agreements.withdraw(agreement, reason="Une erreur", now=LATER)

    assert code_of(lambda: by_counsellor(agreement)) == "state"
    assert code_of(lambda: by_member(agreement)) == "state"


def test_only_who_accompanies_the_member_signs_for_the_association(agreement):
    assert code_of(lambda: by_counsellor(agreement, counsellor=make_counsellor())) == "not_yours"

    stand_in = make_referent(agreement.member, role="remplacant", starts_at=PROPOSED, ends_at=LATER + timedelta(days=9))
    signed = by_counsellor(agreement, counsellor=stand_in.counsellor)
    assert signed.counsellor == stand_in.counsellor


@pytest.mark.parametrize("how", ["account", "mailbox", "record"])
def test_nobody_signs_on_both_sides(agreement, how):
    counsellor, member = make_counsellor(), agreement.member
    if how == "account":
        member.user = counsellor.user
    elif how == "mailbox":
        member.user.email = counsellor.user.email.upper()
    else:
        member.email = f" {counsellor.user.email}"

    assert code_of(lambda: by_counsellor(agreement, counsellor=counsellor)) == "both_sides"


def test_who_signed_for_the_association_does_not_become_the_member_meanwhile(agreement):
    by_counsellor(agreement)
    Member.objects.filter(pk=agreement.member_id).update(user=agreement.counsellor.user)

    assert code_of(lambda: by_member(agreement)) == "both_sides"
    assert LearningAgreement.objects.get().member_signed_at is None


def test_somebody_without_any_address_is_somebody_else():
    agreements.check_two_people(make_member(account=False, email=""), make_counsellor())


def test_the_digest_holds_all_that_was_signed(agreement):
    by_member(agreement)
    signed = by_counsellor(agreement)
    kept = signed.digest

    assert agreements.digest_of(LearningAgreement.objects.get(pk=signed.pk)) == kept
    Roadmap.objects.update(aim="Autre chose")
    assert agreements.digest_of(LearningAgreement.objects.get(pk=signed.pk)) == kept
    for name, other in (
        ("content", signed.content | {"aim": "Autre"}),
        ("member_means", MEANS),
        ("member_signed_at", PROPOSED),
        ("counsellor_signed_at", PROPOSED),
        ("counsellor", make_counsellor()),
        ("member", make_member()),
        ("reference", "autre"),
    ):
        changed = LearningAgreement.objects.get(pk=signed.pk)
        setattr(changed, name, other)
        assert agreements.digest_of(changed) != kept, name


def test_the_path_says_who_still_has_to_sign_and_when_it_is_done(agreement):
    by_member(agreement)
    agreement.refresh_from_db()
    assert path.sentence_of(agreement, LATER) == path.YOU_SIGNED
    assert path.sentence_of(agreement, LATER, for_counsellor=True) == path.MEMBER_SIGNED
    by_counsellor(agreement)
    agreement.refresh_from_db()

    said = path.sentence_of(agreement, LATER)
    assert said.replace("\N{NO-BREAK SPACE}", " ") == "Signé par vous deux le mardi 2 mars 2027."
    step = path.steps_of(agreement.member, now=LATER)[3]
    assert (step.state, step.text) == ("done", said)


def test_the_path_says_that_only_the_counsellor_signed(agreement):
    by_counsellor(agreement)
    agreement.refresh_from_db()

    assert path.sentence_of(agreement, LATER) == path.YOU_SIGN_NOW
    assert path.sentence_of(agreement, LATER, for_counsellor=True) == path.MEMBER_SIGNS_NOW
