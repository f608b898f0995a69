"""The life of a page: what may follow what, by whom, and that nothing happens twice."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Referent
from candidates import copies, experiences, writing
from candidates.models import Profile, Version
from notices.models import Notice
from tests.candidates.factories import (
    give_portrait,
    make_approved,
    make_experience,
    make_profile,
    make_sector,
    make_version,
)
from tests.people import make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db

State = Version.State


def followed(state=State.SUBMITTED):
    """A version in this state, its author, and the counsellor who accompanies them."""
    version = make_version(state=state)
    member = version.profile.member
    counsellor = make_referent(member).counsellor.user
    return version, member.user, counsellor


def test_a_page_begins_once():
    member = make_member()

    first = writing.open_page(member, by=member.user)

    assert writing.open_page(member, by=member.user) == first
    assert writing.latest(first).pk is None
    assert Version.objects.count() == 0


def test_nobody_begins_the_page_of_somebody_else():
    with pytest.raises(PermissionDenied):
        writing.open_page(make_member(), by=make_member().user)


def test_a_member_whose_membership_ended_writes_no_more():
    member = make_member(current=False)

    with pytest.raises(PermissionDenied):
        writing.open_page(member, by=member.user)


def test_a_step_is_kept_as_a_draft():
    profile = make_profile()
    seen = writing.latest(profile).changed_at

    version = writing.save_step(
        profile, by=profile.member.user, seen=seen, fields={"headline": "Jardinier", "sectors": [make_sector()]}
    )

    assert (version.state, version.headline) == (State.DRAFT, "Jardinier")
    assert list(version.sectors.all()) == [make_sector()]
    assert version.changed_at > seen


def test_a_window_that_is_behind_overwrites_nothing():
    version = make_version()
    by, seen = version.profile.member.user, version.changed_at
    writing.save_step(version.profile, by=by, seen=seen, fields={"headline": "Une"})

    with pytest.raises(ValidationError) as refused:
        writing.save_step(version.profile, by=by, seen=seen, fields={"headline": "Deux"})

    assert refused.value.code == writing.STALE
    assert writing.latest(version.profile).headline == "Une"


def test_the_same_answers_sent_twice_are_kept_once():
    version = make_version()
    by, seen = version.profile.member.user, version.changed_at
    fields = {"headline": "Une", "sectors": [make_sector()]}
    first = writing.save_step(version.profile, by=by, seen=seen, fields=fields)

    again = writing.save_step(version.profile, by=by, seen=seen, fields=fields)

    assert again.changed_at == first.changed_at


def test_an_approved_page_is_written_on_in_a_copy():
    approved = make_approved(skills=["cuisiner"])
    make_experience(approved, sector=make_sector(), years=3)
    give_portrait(approved)
    profile = approved.profile

    draft = writing.save_step(
        profile, by=profile.member.user, seen=writing.latest(profile).changed_at, fields={"headline": "Autre"}
    )

    approved.refresh_from_db()
    assert (approved.state, approved.headline) == (State.APPROVED, "Cuisinière, je cherche une cuisine collective")
    assert (draft.skills, draft.headline) == (["cuisiner"], "Autre")
    assert [one.years for one in draft.experiences.all()] == [3]
    assert draft.portrait.read() == approved.portrait.read()
    assert draft.portrait.name != approved.portrait.name
    assert draft.portrait_reference != approved.portrait_reference
    draft.portrait.close()
    approved.portrait.close()


def test_a_page_without_a_portrait_is_copied_without_one():
    assert not copies.of(make_approved()).portrait


def test_what_was_sent_is_not_written_until_it_is_taken_back():
    version, author, _counsellor = followed()

    with pytest.raises(ValidationError) as refused:
        writing.save_step(version.profile, by=author, seen=version.changed_at, fields={"headline": "Autre"})
    writing.take_back(version.profile, by=author)

    assert refused.value.code == "submitted"
    assert writing.latest(version.profile).state == State.DRAFT


def test_an_empty_page_is_not_sent():
    profile = make_profile()
    writing.save_step(
        profile, by=profile.member.user, seen=writing.latest(profile).changed_at, fields={"summary": "Bonjour"}
    )

    with pytest.raises(ValidationError, match="une phrase qui vous présente, au moins un secteur visé"):
        writing.submit(profile, by=profile.member.user)


def test_there_must_be_something_to_send():
    approved = make_approved()

    with pytest.raises(ValidationError) as refused:
        writing.submit(approved.profile, by=approved.profile.member.user)

    assert refused.value.code == "nothing"


def test_a_page_sent_twice_is_told_once_to_whoever_follows():
    version, author, counsellor = followed(State.DRAFT)
    make_referent(version.profile.member, role=Referent.Role.STAND_IN, ends_at=timezone.now() - timedelta(hours=1))

    writing.submit(version.profile, by=author)
    writing.submit(version.profile, by=author)

    assert list(Notice.objects.values_list("recipient", flat=True)) == [counsellor.email]
    assert version.headline not in Notice.objects.get().text


def test_approval_puts_the_page_in_the_place_of_the_former_one(django_capture_on_commit_callbacks):
    before = give_portrait(make_approved())
    file, storage = before.portrait.name, before.portrait.storage
    version = make_version(before.profile, state=State.SUBMITTED)
    counsellor = make_referent(before.profile.member).counsellor.user

    with django_capture_on_commit_callbacks(execute=True):
        writing.approve(version, by=counsellor, seen=version.changed_at)

    before.refresh_from_db()
    version.refresh_from_db()
    assert (before.state, version.state) == (State.REPLACED, State.APPROVED)
    assert version.decided_by == counsellor
    assert not before.portrait
    assert not storage.exists(file)


def test_a_page_approved_twice_is_approved_once():
    version, author, counsellor = followed()
    first = writing.approve(version, by=counsellor, seen=version.changed_at)

    again = writing.approve(version, by=counsellor, seen=version.changed_at)

    assert again.decided_at == first.decided_at
    assert list(Notice.objects.values_list("recipient", flat=True)) == [author.email]


def test_a_page_is_not_approved_otherwise_than_as_it_was_read():
    version, author, counsellor = followed()
    seen = version.changed_at
    writing.take_back(version.profile, by=author)
    writing.save_step(version.profile, by=author, seen=seen, fields={"headline": "Tout autre chose"})
    writing.submit(version.profile, by=author)

    with pytest.raises(ValidationError) as refused:
        writing.approve(version, by=counsellor, seen=seen)

    assert refused.value.code == writing.STALE


def test_a_draft_is_not_approved():
    version, _author, counsellor = followed(State.DRAFT)

    with pytest.raises(ValidationError) as refused:
        writing.approve(version, by=counsellor, seen=version.changed_at)

    assert refused.value.code == "answered"


@pytest.mark.parametrize("who", ["author", "stranger", "former"])
def test_only_who_follows_the_member_now_answers(who):
    version, author, counsellor = followed()
    if who == "former":
        Referent.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    by = {"author": author, "stranger": make_counsellor().user, "former": counsellor}[who]

    with pytest.raises(PermissionDenied):
        writing.approve(version, by=by, seen=version.changed_at)
    with pytest.raises(PermissionDenied):
        writing.send_back(version, by=by, seen=version.changed_at, comment="Non")


def test_nobody_approves_their_own_page():
    version = make_version(state=State.SUBMITTED)
    member = version.profile.member
    make_referent(member, make_counsellor(user=member.user))

    with pytest.raises(PermissionDenied):
        writing.approve(version, by=member.user, seen=version.changed_at)


def test_a_page_is_sent_back_with_a_reason_and_written_on():
    version, author, counsellor = followed()

    writing.send_back(version, by=counsellor, seen=version.changed_at, comment="Ajoutez vos dates.")
    writing.send_back(version, by=counsellor, seen=version.changed_at, comment="Ajoutez vos dates.")
    kept = writing.save_step(version.profile, by=author, seen=version.changed_at, fields={"headline": "Mieux"})
    writing.submit(version.profile, by=author)

    assert kept.pk == version.pk
    assert [comment.text for comment in version.profile.comments.all()] == ["Ajoutez vos dates."]
    assert writing.latest(version.profile).state == State.SUBMITTED


def test_a_page_is_not_sent_back_without_a_word():
    version, _author, counsellor = followed()

    with pytest.raises(ValidationError):
        writing.send_back(version, by=counsellor, seen=version.changed_at, comment="  ")


def test_words_are_exchanged_and_mails_say_none_of_them():
    version, author, counsellor = followed()
    profile = version.profile

    writing.say(profile, text="Que pensez-vous du titre ?", by=author)
    writing.say(profile, text="Que pensez-vous du titre ?", by=author)
    writing.say(profile, text="Il est clair.", by=counsellor)

    assert profile.comments.count() == 2
    assert sorted(Notice.objects.values_list("recipient", flat=True)) == sorted([counsellor.email, author.email])
    assert not Notice.objects.filter(text__contains="titre").exists()
    assert not Notice.objects.filter(text__contains="clair").exists()


def test_a_member_without_an_account_is_not_written_to():
    version = make_version(make_profile(make_member(account=False)), state=State.SUBMITTED)
    counsellor = make_referent(version.profile.member).counsellor.user

    writing.say(version.profile, text="Bonjour", by=counsellor)

    assert not Notice.objects.exists()


def test_nothing_is_not_said_and_strangers_say_nothing():
    version, author, _counsellor = followed()

    with pytest.raises(ValidationError):
        writing.say(version.profile, text=" ", by=author)
    with pytest.raises(PermissionDenied):
        writing.say(version.profile, text="Bonjour", by=make_member().user)


def test_experiences_are_added_first_moved_changed_and_taken_away():
    profile = make_profile()
    kept = {"by": profile.member.user}
    now = lambda: writing.latest(profile).changed_at  # noqa: E731  # what the window shows

    for title in ("un", "deux", "trois"):
        experiences.add(profile, seen=now(), fields={"title": title}, **kept)
    experiences.move_up(profile, 3, seen=now(), **kept)
    experiences.move_up(profile, 1, seen=now(), **kept)
    experiences.replace(profile, 1, seen=now(), fields={"title": "TROIS"}, **kept)
    experiences.remove(profile, 2, seen=now(), **kept)

    listed = writing.latest(profile).experiences.all()
    assert [(one.position, one.title) for one in listed] == [(1, "TROIS"), (2, "deux")]


def test_an_experience_added_twice_is_there_once():
    version = make_version()
    sent = {"by": version.profile.member.user, "seen": version.changed_at, "fields": {"title": "un"}}

    experiences.add(version.profile, **sent)
    experiences.add(version.profile, **sent)

    assert version.experiences.count() == 1


def test_another_experience_from_a_window_that_is_behind_is_refused():
    version = make_version()
    sent = {"by": version.profile.member.user, "seen": version.changed_at}
    experiences.add(version.profile, fields={"title": "un"}, **sent)

    with pytest.raises(ValidationError):
        experiences.add(version.profile, fields={"title": "deux"}, **sent)


def test_a_page_has_twelve_experiences_at_most():
    version = make_version()
    for _ in range(experiences.MOST):
        make_experience(version)

    with pytest.raises(ValidationError, match="12 expériences au plus"):
        experiences.add(
            version.profile, by=version.profile.member.user, seen=version.changed_at, fields={"title": "de trop"}
        )


def test_a_portrait_that_is_replaced_or_removed_leaves_the_disk(django_capture_on_commit_callbacks):
    version = give_portrait(make_version())
    storage, first, address = version.portrait.storage, version.portrait.name, version.portrait_reference

    with django_capture_on_commit_callbacks(execute=True):
        copies.put_portrait(version, b"autre")
        version.save()
    second = version.portrait.name
    with django_capture_on_commit_callbacks(execute=True):
        copies.remove_portrait(version)
        version.save()

    assert version.portrait_reference != address
    assert (storage.exists(first), storage.exists(second)) == (False, False)
    assert not Version.objects.exclude(portrait="").exists()


@pytest.mark.parametrize("states", [("brouillon", "a_reprendre"), ("validee", "validee")])
def test_the_database_keeps_one_version_of_each_kind(states):
    profile = make_profile()
    make_version(profile, state=states[0])

    with pytest.raises(IntegrityError), transaction.atomic():
        make_version(profile, state=states[1])


def test_a_page_without_anything_shows_an_empty_version():
    profile = make_profile()

    assert writing.missing(writing.latest(Profile.objects.get(pk=profile.pk))) == [
        "une phrase qui vous présente",
        "au moins un secteur visé",
        "au moins un département",
        "votre disponibilité",
    ]
