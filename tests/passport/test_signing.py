"""Links to sign: who makes them, what they open, how often."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accompaniment import means as words
from accounts.models import Member, Referent
from passport import ledger, pins, signing
from passport.models import Cheque, Passport, SigningLink
from tests.accompaniment.paths import make_agreement, make_roadmap
from tests.passport.factories import FIRST, MEANS, at, counsellor_of, make_passport, make_proposal
from tests.people import make_counsellor, make_member

pytestmark = pytest.mark.django_db
CODE = "480927"
NOW = at(FIRST + timedelta(days=6), 12)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def cheque():
    return make_proposal(make_passport())


def link(cheque, way="pin", now=NOW, **fields):
    by = fields.pop("by", None) or counsellor_of(cheque.passport).user
    return signing.make_link(cheque, way=way, by=by, now=now)


def refusal(act):
    with pytest.raises(ValidationError) as refused:
        act()
    return refused.value.messages


def test_only_the_digest_of_a_token_is_kept(cheque):
    token = link(cheque)

    kept = SigningLink.objects.get()
    assert len(token) >= 43
    assert token not in {str(value) for value in vars(kept).values()}
    assert (kept.made_by, kept.expires_at) == (counsellor_of(cheque.passport).user, NOW + 15 * MINUTE)


def test_a_link_lasts_fifteen_minutes(cheque):
    token = link(cheque)

    assert signing.find(token, NOW + 14 * MINUTE).cheque == cheque
    with pytest.raises(signing.DeadLinkError):
        signing.find(token, NOW + 15 * MINUTE)


def test_only_who_accompanies_the_member_makes_one(cheque):
    other = make_counsellor()
    assert "Vous n’accompagnez pas ce membre." in refusal(lambda: link(cheque, by=other.user))

    Referent.objects.update(ends_at=NOW - MINUTE)
    assert refusal(lambda: link(cheque, by=cheque.counsellor.user)) == ["Vous n’accompagnez pas ce membre."]


def test_nobody_is_on_both_sides_by_a_second_account(cheque):
    address = cheque.counsellor.user.email.upper().replace("@EXAMPLE", "@example")
    Member.objects.filter(pk=cheque.passport.member_id).update(email=address)

    assert refusal(lambda: link(Cheque.objects.get(pk=cheque.pk))) == ["Personne ne signe des deux côtés."]
    passport = Passport.objects.get(pk=cheque.passport_id)
    assert refusal(lambda: make_proposal(passport, hour=15)) == ["Personne ne signe des deux côtés."]


@pytest.mark.parametrize("how", ["account", "address"])
def test_whoever_proposed_it_does_not_become_the_member_meanwhile(cheque, how):
    """Their account linked to the record, or their address written in it, once the visit waits."""
    user = cheque.counsellor.user
    Member.objects.filter(pk=cheque.passport.member_id).update(
        **({"user": user} if how == "account" else {"email": user.email})
    )
    member = Member.objects.get(pk=cheque.passport.member_id)

    assert refusal(lambda: signing.sign(cheque, member=member, how=MEANS, now=NOW)) == [
        "Personne ne signe des deux côtés."
    ]
    assert Cheque.objects.get().state == "propose"


def test_nothing_more_to_sign_makes_no_link(cheque):
    ledger.sign(cheque, member=cheque.passport.member, means=MEANS, now=NOW)
    assert refusal(lambda: link(Cheque.objects.get(pk=cheque.pk))) == ["Il n’y a plus rien à signer ici."]

    Passport.objects.update(state="suspendu")
    assert "suspendu" in refusal(lambda: link(Cheque.objects.get(pk=cheque.pk)))[0]


def test_a_link_for_a_telephone_opens_on_no_other_door(cheque):
    member = cheque.passport.member
    pins.choose(member, CODE)
    qr, pin = link(cheque, "qr"), link(cheque, "pin")

    with pytest.raises(signing.DeadLinkError):
        signing.sign_here(qr, CODE, now=NOW)
    with pytest.raises(signing.DeadLinkError):
        signing.sign_there(pin, member.user, how="password", now=NOW)
    with pytest.raises(signing.DeadLinkError):
        signing.sign_there(qr, make_member().user, how="password", now=NOW)


def test_a_refused_signature_leaves_the_link_unused(cheque):
    pins.choose(cheque.passport.member, CODE)
    token = link(cheque)
    Passport.objects.update(state="suspendu")

    assert "suspendu" in refusal(lambda: signing.sign_here(token, CODE, now=NOW))[0]
    assert SigningLink.objects.get().used_at is None
    Passport.objects.update(state="ouvert")
    assert signing.sign_here(token, CODE, now=NOW).state == "signe"


def test_a_used_link_signs_nothing_else(cheque):
    pins.choose(cheque.passport.member, CODE)
    token = link(cheque)
    SigningLink.objects.update(used_at=NOW)

    with pytest.raises(signing.DeadLinkError):
        signing.sign_here(token, CODE, now=NOW)


def test_what_is_left_counts_this_visit_and_no_other_proposal(cheque):
    make_proposal(cheque.passport, hour=15)

    left = signing.after(cheque)
    assert (left.of_kind, left.quota, left.in_all, left.of_package) == (5, 6, 34, 35)
    signed = ledger.sign(cheque, member=cheque.passport.member, means=MEANS, now=NOW)
    assert signing.after(signed) == left


def test_nobody_signs_what_is_not_theirs(cheque):
    agreement = make_agreement(make_roadmap(), state="propose", now=timezone.now() - timedelta(days=9))

    for thing in (cheque, agreement):
        refused = refusal(lambda thing=thing: signing.sign(thing, member=make_member(), how=MEANS, now=NOW))
        assert "pas le vôtre" in refused[0]


def test_an_agreement_is_signed_by_a_code_too():
    now = timezone.now()
    agreement = make_agreement(make_roadmap(), state="propose", now=now - timedelta(days=9))
    pins.choose(agreement.member, CODE)
    by = Referent.objects.get(member=agreement.member).counsellor.user

    token = signing.make_link(agreement, way="pin", by=by)
    signed = signing.sign_here(token, CODE)

    assert (signed.member_means, signed.state) == ("pin", "propose")
    assert not signing.waits_for_member(signed, now)
    assert refusal(lambda: signing.make_link(signed, way="pin", by=by)) == ["Il n’y a plus rien à signer ici."]
    early = make_agreement(make_roadmap(), state="propose")
    follower = Referent.objects.get(member=early.member).counsellor.user
    assert refusal(lambda: signing.make_link(early, way="qr", by=follower)) == ["Il n’y a plus rien à signer ici."]


def test_a_link_to_nothing_opens_nothing(cheque):
    with pytest.raises(signing.DeadLinkError):
        signing.thing_of(SigningLink())


@pytest.mark.parametrize(
    ("means", "told"),
    [
        (words.session("password"), "dans son espace, avec son mot de passe"),
        (words.session("passkey"), "dans son espace, avec une clé d’accès"),
        (words.qr("code"), "dans son espace, par QR code, avec un code de sécurité"),
        (words.PIN, "sur le téléphone du conseiller, avec son code de signature"),
        (words.PAPER_SEEN, "sur papier, et une deuxième personne de l’association a vu la copie"),
        (words.PAPER_CONFIRMED, "sur papier, puis confirmé dans son espace"),
        ("session:rien", "par un moyen que ce document ne nomme pas"),
        ("session+password", "par un moyen que ce document ne nomme pas"),
    ],
)
def test_each_means_is_short_and_is_said_in_words(means, told):
    assert len(means) <= 20
    assert words.in_words(means) == told
    assert "votre" not in words.in_words(means)


def test_to_the_person_themselves_it_says_your():
    assert words.in_words("session:password", to_them=True) == "dans votre espace, avec votre mot de passe"
