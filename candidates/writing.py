"""The life of a page: written by the member, read by who accompanies them; only what is approved is shown to others."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Member, User
from candidates import copies, mails
from candidates.models import Profile, Version
from candidates.permissions import can_review_page, can_write_page

TICK = timedelta(microseconds=1)
MANY = ("sectors", "structures", "departements")
STALE = "stale"
CHANGED_ELSEWHERE = (
    "Votre page a changé dans une autre fenêtre depuis que vous avez ouvert celle-ci. "
    "Ce que vous venez d’écrire est encore là : relisez, puis enregistrez de nouveau pour le garder."
)
AT_THE_COUNSELLOR = "Votre page est chez votre conseiller. Pour la modifier, reprenez-la d’abord."
NOT_WAITING = "Cette page n’attend plus de réponse : le membre l’a reprise, ou quelqu’un a déjà répondu."
NOT_AS_READ = "Cette page a changé depuis que vous l’avez ouverte. Relisez-la avant de répondre."


def open_page(member: Member, *, by: User) -> Profile:
    """The member's page, made when they begin it."""
    ask(can_write_page(by, member=member))
    return Profile.objects.get_or_create(member=member)[0]


def latest(profile: Profile) -> Version:
    """What the member sees of their page: the version in progress, else the approved one, else an empty one."""
    versions = profile.versions.filter(state__in=[*Version.IN_PROGRESS, Version.State.APPROVED])
    found = {version.state == Version.State.APPROVED: version for version in versions.with_all_they_say()}
    return found.get(False) or found.get(True) or Version(profile=profile, changed_at=profile.created_at)


def draft_of(profile: Profile) -> Version:
    """The version that can be written now. Where there is none, it starts as the approved one, moment of change too."""
    version = profile.versions.in_progress().first()
    if version is None:
        approved = profile.versions.approved().first()
        version = copies.of(approved) if approved else profile.versions.create(changed_at=profile.created_at)
    if version.state == Version.State.SUBMITTED:
        raise ValidationError(AT_THE_COUNSELLOR, code="submitted")
    return version


def change(
    profile: Profile, *, by: User, seen: datetime, apply: Callable[[Version], None], now: datetime | None = None
) -> Version:
    """Write something of the draft, unless it has changed since the moment that the writer has `seen`."""
    ask(can_write_page(by, member=profile.member))
    with transaction.atomic():
        _lock(profile)
        version = draft_of(profile)
        if version.changed_at != seen:
            raise ValidationError(CHANGED_ELSEWHERE, code=STALE)
        apply(version)
        version.changed_at = max(now or timezone.now(), version.changed_at + TICK)
        version.save()
    return version


def save_step(
    profile: Profile, *, by: User, seen: datetime, fields: dict[str, Any], now: datetime | None = None
) -> Version:
    """Keep the answers of one step. The same sent twice changes nothing more."""

    def apply(version: Version) -> None:
        for name, value in fields.items():
            if name in MANY:
                getattr(version, name).set(value)
            else:
                setattr(version, name, value)

    if (version := profile.versions.in_progress().first()) and version.changed_at != seen and _says(version, fields):
        return version
    return change(profile, by=by, seen=seen, apply=apply, now=now)


def _says(version: Version, fields: dict[str, Any]) -> bool:
    """Whether the version holds exactly these answers already."""
    return all(
        set(getattr(version, name).all()) == set(value) if name in MANY else getattr(version, name) == value
        for name, value in fields.items()
    )


def missing(version: Version) -> list[str]:
    """What a page needs before a counsellor reads it."""
    lacks = [
        ("une phrase qui vous présente", not version.headline),
        ("au moins un secteur visé", not (version.pk and version.sectors.all())),
        ("au moins un département", not (version.pk and version.departements.all())),
        ("votre disponibilité", not version.availability),
    ]
    return [told for told, lacking in lacks if lacking]


def submit(profile: Profile, *, by: User, now: datetime | None = None) -> Version:
    """Hand the draft to the counsellor. Sent twice, it is handed once."""
    ask(can_write_page(by, member=profile.member))
    with transaction.atomic():
        _lock(profile)
        version = profile.versions.in_progress().first()
        if version is None:
            raise ValidationError("Il n’y a rien de nouveau à envoyer.", code="nothing")
        if version.state == Version.State.SUBMITTED:
            return version
        if lacking := missing(version):
            raise ValidationError(f"Avant d’envoyer, il manque {', '.join(lacking)}.", code="missing")
        version.state, version.submitted_at = Version.State.SUBMITTED, now or timezone.now()
        version.save()
        mails.tell_of_submission(version)
    return version


def take_back(profile: Profile, *, by: User) -> None:
    """The member writes on: the counsellor no longer sees the draft. Nothing happens where none was sent."""
    ask(can_write_page(by, member=profile.member))
    with transaction.atomic():
        _lock(profile)
        profile.versions.submitted().update(state=Version.State.DRAFT)


def approve(version: Version, *, by: User, seen: datetime, now: datetime | None = None) -> Version:
    """What companies may be allowed to see is now this version, as the counsellor read it."""
    with transaction.atomic():
        waiting = _waiting(version, by=by, seen=seen, answer=Version.State.APPROVED)
        if waiting.state == Version.State.SUBMITTED:
            for before in waiting.profile.versions.approved():
                copies.retire(before)
            _decide(waiting, Version.State.APPROVED, by=by, now=now)
            mails.tell_member(waiting.profile.member, template="page_approved", key=f"page-approved {waiting.pk}")
    return waiting


def send_back(version: Version, *, by: User, seen: datetime, comment: str, now: datetime | None = None) -> Version:
    """Ask the member to go over their page, and say why."""
    if not comment.strip():
        raise ValidationError({"comment": "Dites au membre ce qu’il peut reprendre."})
    with transaction.atomic():
        waiting = _waiting(version, by=by, seen=seen, answer=Version.State.RETURNED)
        if waiting.state == Version.State.SUBMITTED:
            _decide(waiting, Version.State.RETURNED, by=by, now=now)
            say(waiting.profile, text=comment, by=by, now=now)
    return waiting


def _waiting(version: Version, *, by: User, seen: datetime, answer: Version.State) -> Version:
    """The version as it waits now, or as this same answer left it a moment ago."""
    ask(can_review_page(by, member=version.profile.member))
    _lock(version.profile)
    fresh = Version.objects.select_related("profile__member__user").get(pk=version.pk)
    if fresh.state not in {Version.State.SUBMITTED, answer}:
        raise ValidationError(NOT_WAITING, code="answered")
    if fresh.changed_at != seen:
        raise ValidationError(NOT_AS_READ, code=STALE)
    return fresh


def _decide(version: Version, state: Version.State, *, by: User, now: datetime | None) -> None:
    version.state, version.decided_by, version.decided_at = state, by, now or timezone.now()
    version.save()


def say(profile: Profile, *, text: str, by: User, now: datetime | None = None) -> None:
    """A word between the member and who accompanies them. The same sent twice is said once."""
    member = profile.member
    ask(can_write_page(by, member=member) or can_review_page(by, member=member))
    if not text.strip():
        raise ValidationError({"text": "Écrivez votre message."})
    with transaction.atomic():
        _lock(profile)
        last = profile.comments.order_by("-said_at", "-pk").first()
        if last and (last.author_id, last.text) == (by.pk, text.strip()):
            return
        comment = profile.comments.create(author=by, text=text.strip(), said_at=now or timezone.now())
        if by.pk == member.user_id:
            mails.tell_counsellors(member, template="page_commented", key=f"comment {comment.pk}")
        else:
            mails.tell_member(member, template="page_answered", key=f"comment {comment.pk}")


def _lock(profile: Profile) -> None:
    Profile.objects.select_for_update().get(pk=profile.pk)


def ask(allowed: bool) -> None:
    """What a predicate answered; nobody does what they may not."""
    if not allowed:
        raise PermissionDenied
