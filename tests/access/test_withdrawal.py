"""What was allowed is refused at the very next request, on each address, once its reason is gone."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import memberships, referents
from accounts.models import Affiliation, Counsellor, Organisation, Referent
from candidates import consents
from candidates.models import Consent, VideoHelp

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FILMS = ["file: film", "file: poster", "file: captions"]
BYTES = ["file: portrait", *FILMS]


def enter(world, person):
    return world.browsers[person]


def statuses(world, client, names=BYTES):
    page = reverse("candidate_page", args=[world.paths["profile"]])
    answers = [client.get(path) for path in (page, f"{page}pdf/", *(world.fixed[name] for name in names))]
    parts = [client.get(world.fixed[name], headers={"Range": "bytes=0-1"}) for name in names]
    heads = [client.head(path) for path in (page, *(world.fixed[name] for name in names))]
    return {answer.status_code for answer in (*answers, *parts, *heads)}


def test_a_withdrawn_consent_closes_the_page_and_every_byte(world):
    company = enter(world, "E")
    assert statuses(world, company) == {200, 206}

    consents.withdraw(Consent.objects.get(reference=world.paths["consent"]), by=world.people["M"])

    assert statuses(world, company) == {404}
    assert statuses(world, enter(world, "M")) == {200, 206}


def test_a_consent_without_the_video_opens_no_byte_of_it(world):
    Consent.objects.filter(reference=world.paths["consent"]).update(with_video=False)
    company = enter(world, "E")

    assert statuses(world, company, ["file: portrait"]) == {200, 206}
    for name in FILMS:
        assert company.get(world.fixed[name]).status_code == 404


def test_a_consent_that_ran_out_closes_the_page(world):
    Consent.objects.filter(reference=world.paths["consent"]).update(ends_on=timezone.localdate() - DAY)

    assert statuses(world, enter(world, "E")) == {404}


def test_the_end_of_the_membership_closes_the_page_to_companies_and_the_decks_to_the_member(world):
    company, member = enter(world, "E"), enter(world, "M")
    decks = [reverse("decks"), reverse("deck", args=[world.paths["deck"]]), world.fixed["file: deck"]]
    assert {member.get(path).status_code for path in decks} == {200}

    memberships.end(world.member, by=world.people["C"])

    assert statuses(world, company) == {404}
    assert [member.get(path).status_code for path in decks] == [403, 403, 404]
    assert member.get(reverse("my_page")).status_code == 200


def test_who_handed_a_member_over_reads_no_byte_more(world):
    former, newcomer = enter(world, "C"), enter(world, "C2")
    assert statuses(world, newcomer) == {404}

    to = Counsellor.objects.get(user=world.people["C2"])
    referents.hand_over(world.member, to=to, reason="Départ", by=world.people["C"])

    assert statuses(world, former) == {404}
    assert former.get(reverse("candidate_review", args=[world.paths["profile"]])).status_code == 404
    assert statuses(world, newcomer) == {200, 206}


@pytest.mark.parametrize("person", ["S", "X"])
def test_help_that_is_over_opens_nothing(world, person):
    helper = enter(world, person)
    assert statuses(world, helper) == {200, 206}

    Referent.objects.filter(counsellor__user=world.people[person]).update(ends_at=timezone.now())

    assert statuses(world, helper) == {404}


def test_who_left_a_company_sees_nothing_for_it(world):
    company = enter(world, "E")
    row = Affiliation.objects.filter(user=world.people["E"])

    row.update(ends_on=timezone.localdate() - DAY)

    assert statuses(world, company) == {404}
    assert company.get(reverse("company_candidates")).status_code == 403


def test_a_closed_company_sees_nothing(world):
    company = enter(world, "E")

    Organisation.objects.filter(reference=world.paths["organisation"]).update(closed_on=timezone.localdate())

    assert statuses(world, company) == {404}


def test_a_volunteer_whose_help_is_over_sees_no_film(world):
    volunteer = enter(world, "B")
    assert volunteer.get(world.fixed["file: film"]).status_code == 200

    VideoHelp.objects.filter(volunteer=world.people["B"]).update(ends_at=timezone.now())

    assert volunteer.get(world.fixed["file: film"]).status_code == 404


def test_an_account_that_is_closed_comes_in_no_more(world):
    company, user = enter(world, "E"), world.people["E"]

    type(user).objects.filter(pk=user.pk).update(is_active=False)

    assert company.get(reverse("company_space")).status_code == 302
    assert company.get(world.fixed["file: film"]).status_code == 404


DISGUISES = ["style.css", "style.css/", "a.png", "%2e%2e/style.css", ";style.css", "?style.css", "x.js?y=1"]


@pytest.mark.parametrize("disguise", DISGUISES)
def test_what_a_member_just_read_is_given_to_nobody_under_another_name(world, disguise):
    """A cache that keeps files by their ending must find nothing to keep."""
    page = reverse("candidate_page", args=[world.paths["profile"]])
    paths = [page, reverse("member_space"), reverse("my_page"), world.fixed["file: film"]]
    member = enter(world, "M")
    for path in paths:
        member.get(path)
        asked = f"{path}{disguise}"
        own = member.get(asked)
        assert own.headers["Cache-Control"] == "private, no-store"
        if not disguise.startswith("?"):
            assert own.status_code in {302, 404}
        stranger = Client().get(asked)
        assert stranger.status_code in {302, 404}
        assert b"zqx" not in stranger.content
        caches["local"].clear()


def test_a_right_and_a_wrong_address_are_the_same_answer(world):
    """Somebody else's and nobody's: not one byte apart, but for the address that was asked for."""
    kinds = [("candidate_page", []), ("company_candidate", []), ("private_file", ["portrait"])]
    others = enter(world, "E2")
    for name, before in kinds:
        reference = world.paths["portrait" if before else "profile"]
        real = others.get(reverse(name, args=[*before, reference]))
        wrong = others.get(reverse(name, args=[*before, "z" * 16]))
        assert (real.status_code, real.content, real.headers.items()) == (404, wrong.content, wrong.headers.items())
