"""The learning agreement: prepared, proposed with a time to reflect, then signed, declined or withdrawn.

What is proposed is kept as it was then: nothing that changes elsewhere changes
what is read during the time to reflect, nor what is signed after it.
"""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accompaniment.means import PAPER_SEEN
from accompaniment.models import Diagnostic, LearningAgreement, PaperAgreement, Roadmap
from accompaniment.models.agreements import reflection_ends
from accounts import members
from accounts.authentication.addresses import folded
from accounts.models import Counsellor, Member, Referent, User
from notices import outbox
from pages.templatetags.french import long_date

State = LearningAgreement.State
Signed = Callable[[LearningAgreement, datetime], object]
_when_signed: list[Signed] = []
FORM = "actess.agreement.v1"
LATEST_START = timedelta(days=365)
USUAL_COMMITMENTS = """\
La personne accompagnée :
– vient aux rendez-vous, aux ateliers et aux rencontres prévus, ou prévient au plus tôt ;
– dit à son conseiller ce qui change dans sa recherche ;
– signe avec lui chaque heure faite.

L’association :
– désigne un conseiller, qui suit la personne jusqu’à la fin de la période d’essai ;
– organise les activités de la feuille de route et s’y prépare ;
– garde pour elle ce qui se dit dans les entretiens.
"""
NOT_A_DRAFT = "Ce contrat a été proposé : il ne change plus. Retirez-le pour en préparer un autre."
NOT_PROPOSED = "Ce contrat n’est plus proposé."


def when_signed(act: Signed) -> Signed:
    """Registers what follows both signatures, in their transaction."""
    _when_signed.append(act)
    return act


def current_of(roadmap: Roadmap) -> LearningAgreement | None:
    """The one that is prepared or proposed."""
    return LearningAgreement.objects.filter(roadmap=roadmap, state__in=(State.DRAFT, State.PROPOSED)).first()


def latest_of(roadmap: Roadmap, *, with_drafts: bool) -> LearningAgreement | None:
    """The last one; what is still prepared is for the counsellor only."""
    found = LearningAgreement.objects.filter(roadmap=roadmap).select_related("paper__scanned_by", "paper__seen_by")
    return (found if with_drafts else found.exclude(state=State.DRAFT)).order_by("-made_at", "-pk").first()


def is_proposed(roadmap: Roadmap) -> bool:
    return LearningAgreement.objects.filter(roadmap=roadmap, state=State.PROPOSED).exists()


def start(roadmap: Roadmap, *, by: User, now: datetime | None = None) -> LearningAgreement:
    """A draft, which begins with the commitments of the one before; the present one, where there is one."""
    with transaction.atomic():
        locked = _locked_roadmap(roadmap)
        if current := current_of(locked):
            return current
        before = LearningAgreement.objects.filter(roadmap=locked).order_by("-made_at", "-pk").first()
        return LearningAgreement.objects.create(
            roadmap=locked,
            member=locked.member,
            counsellor=Counsellor.objects.get(user=by),
            commitments=before.commitments if before else USUAL_COMMITMENTS,
            made_at=now or timezone.now(),
        )


def write(
    agreement: LearningAgreement, *, starts_on: date | None, commitments: str, now: datetime | None = None
) -> LearningAgreement:
    """What a draft says besides its roadmap."""
    today = timezone.localdate(now or timezone.now())
    if starts_on and not today <= starts_on <= today + LATEST_START:
        raise ValidationError({"starts_on": "Choisissez un jour à venir, dans l’année."}, code="starts_on")
    with transaction.atomic():
        draft = locked(agreement, State.DRAFT, NOT_A_DRAFT)
        draft.starts_on, draft.commitments = starts_on, commitments.strip()
        draft.full_clean(validate_constraints=False)
        draft.save(update_fields=["starts_on", "commitments"])
    return draft


def propose(agreement: LearningAgreement, *, now: datetime | None = None) -> LearningAgreement:
    """Freezes what it says and starts the time to reflect; the member is told, not what it says."""
    moment = now or timezone.now()
    with transaction.atomic():
        draft = locked(agreement, State.DRAFT, NOT_A_DRAFT)
        _check_complete(draft, timezone.localdate(moment))
        draft.state, draft.proposed_at = State.PROPOSED, moment
        draft.reflect_until = reflection_ends(moment, draft.roadmap.version.reflection_days)
        draft.content = content_of(draft)
        draft.save(update_fields=["state", "proposed_at", "reflect_until", "content"])
        members.touch_contact(draft.member, on=timezone.localdate(moment))
        _tell(draft)
    return draft


def withdraw(agreement: LearningAgreement, *, reason: str, now: datetime | None = None) -> LearningAgreement:
    """By the association, with a reason that the member reads; another one may then be prepared."""
    if not reason.strip():
        raise ValidationError({"reason": "Dites pourquoi : le membre le lira."}, code="no_reason")
    return _end(agreement, State.WITHDRAWN, reason, now)


def decline(agreement: LearningAgreement, *, reason: str = "", now: datetime | None = None) -> LearningAgreement:
    """By the member, who says why only if they wish."""
    return _end(agreement, State.DECLINED, reason, now)


def sign_as_member(agreement: LearningAgreement, *, means: str, now: datetime | None = None) -> LearningAgreement:
    """The member signs, before or after the counsellor. Signed again, nothing changes."""
    return _sign(agreement, "member", means, now)


def sign_as_counsellor(
    agreement: LearningAgreement, *, counsellor: Counsellor, means: str, now: datetime | None = None
) -> LearningAgreement:
    """Who accompanies the member now signs for the association, whoever prepared it. Never the member themselves."""
    moment = now or timezone.now()
    check_accompanies(agreement.member, counsellor, now=moment)
    return _sign(agreement, "counsellor", means, moment, counsellor=counsellor)


def digest_of(agreement: LearningAgreement) -> str:
    """SHA-256 of what both signed, and of how and when they did: a line with the form’s name, then canonical JSON."""
    said = {
        "agreement": agreement.reference,
        "content": agreement.content,
        "member": agreement.member.reference,
        "counsellor": agreement.counsellor.number,
    }
    for side in ("member", "counsellor"):
        at = getattr(agreement, f"{side}_signed_at")
        said[f"{side}_signed_at"] = at.astimezone(UTC).isoformat(timespec="microseconds")
        said[f"{side}_means"] = getattr(agreement, f"{side}_means")
    if agreement.member_means == PAPER_SEEN:
        with agreement.paper.scan.open() as copy:
            said["paper"] = {
                "signed_on": agreement.paper.signed_on.isoformat(),
                "copy": sha256(copy.read()).hexdigest(),
            }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(f"{FORM}\n{normalize('NFC', text)}".encode()).hexdigest()


def abandon(agreement: LearningAgreement) -> None:
    """A draft that nobody was shown."""
    with transaction.atomic():
        locked(agreement, State.DRAFT, NOT_A_DRAFT).delete()


def content_of(agreement: LearningAgreement) -> dict[str, Any]:
    """All that the agreement and its roadmap say now, in plain values."""
    roadmap, version = agreement.roadmap, agreement.roadmap.version
    return {
        "member": str(agreement.member),
        "counsellor": str(agreement.counsellor) if agreement.counsellor_id else "",
        "package": {
            "name": version.package.name,
            "version": version.number,
            "hours": version.hours,
            "window_months": version.window_months,
            "reflection_days": version.reflection_days,
        },
        "kinds": [
            {
                "code": kind.code,
                "label": kind.label,
                "look": kind.look,
                "hours": kind.hours,
                "goes_beyond_window": kind.goes_beyond_window,
            }
            for kind in version.kinds.all()
        ],
        "aim": roadmap.aim,
        "lines": [
            {"kind": line.kind.code, "hours": line.hours, "what": line.what, "when": line.when}
            for line in roadmap.lines.select_related("kind")
        ],
        "starts_on": agreement.starts_on.isoformat() if agreement.starts_on else "",
        "commitments": agreement.commitments,
    }


def _end(agreement: LearningAgreement, state: State, reason: str, now: datetime | None) -> LearningAgreement:
    with transaction.atomic():
        proposed = locked(agreement, State.PROPOSED, NOT_PROPOSED)
        proposed.state, proposed.ended_because = state, reason.strip()
        proposed.ended_at = now or timezone.now()
        proposed.full_clean(validate_constraints=False)
        proposed.save(update_fields=["state", "ended_because", "ended_at"])
    return proposed


def _sign(
    agreement: LearningAgreement, side: str, means: str, now: datetime | None, **fields: Any
) -> LearningAgreement:
    moment, at = now or timezone.now(), f"{side}_signed_at"
    with transaction.atomic():
        _locked_roadmap(agreement.roadmap)
        found = LearningAgreement.objects.select_for_update(of=("self",)).select_related("member__user", "counsellor")
        row = found.get(pk=agreement.pk)
        if getattr(row, at) and row.state in (State.PROPOSED, State.SIGNED):
            return row
        if row.state != State.PROPOSED:
            raise ValidationError(NOT_PROPOSED, code="state")
        if not row.can_be_signed(moment):
            told = f"Ce contrat se signe à partir du {long_date(row.reflect_until)}."
            raise ValidationError(told, code="reflecting")
        for name, value in (fields | {at: moment, f"{side}_means": means}).items():
            setattr(row, name, value)
        if row.counsellor_signed_at and row.member_signed_at:
            check_two_people(row.member, row.counsellor)
            _check_saw_nothing(row)
            row.state, row.digest = State.SIGNED, digest_of(row)
        row.save(update_fields=[*fields, at, f"{side}_means", "state", "digest"])
        if row.state == State.SIGNED:
            for act in _when_signed:
                act(row, moment)
    return row


def check_two_people(member: Member, counsellor: Counsellor) -> None:
    """Nobody signs on both sides, not even by a second account."""
    theirs = {folded(address) for address in (member.mailbox, member.email) if address}
    if member.user_id == counsellor.user_id or folded(counsellor.user.email) in theirs:
        raise ValidationError("Personne ne signe des deux côtés.", code="both_sides")


def check_accompanies(member: Member, counsellor: Counsellor, *, now: datetime) -> None:
    """The referent, their stand-in, or who helps in an emergency; never the member themselves."""
    check_two_people(member, counsellor)
    if not Referent.objects.live(now).filter(member=member, counsellor=counsellor).exists():
        raise ValidationError("Vous n’accompagnez pas ce membre.", code="not_yours")


def _check_saw_nothing(agreement: LearningAgreement) -> None:
    """Who has seen the copy of the member’s signature answers for it: somebody else signs for the association."""
    if PaperAgreement.objects.filter(agreement=agreement, seen_by=agreement.counsellor.user_id).exists():
        told = "Vous avez vu la copie signée par le membre : une autre personne signe pour l’association."
        raise ValidationError(told, code="saw_the_copy")


def _check_complete(draft: LearningAgreement, today: date) -> None:
    if draft.roadmap.diagnostic.finished_at is None:
        raise ValidationError("Le diagnostic est repris : terminez-le d’abord.", code="not_finished")
    if not draft.roadmap.lines.exists():
        raise ValidationError("La feuille de route ne prévoit encore rien : complétez-la d’abord.", code="empty")
    if not draft.commitments:
        raise ValidationError({"commitments": "Écrivez les engagements de chacun."}, code="no_commitment")
    if draft.starts_on and draft.starts_on < today:
        raise ValidationError({"starts_on": "Ce jour est passé : choisissez-en un autre."}, code="starts_on")


def _tell(agreement: LearningAgreement) -> None:
    """To the address where they are written to; without one, they read it with their counsellor."""
    if agreement.member.mailbox:
        outbox.put(
            kind="agreement_proposed",
            to=agreement.member.mailbox,
            template="agreement_proposed",
            context={"path": reverse("my_path"), "has_account": agreement.member.user_id is not None},
            person=agreement.member.user,
            key=f"agreement-proposed {agreement.reference}",
        )


def locked(agreement: LearningAgreement, state: State, told: str) -> LearningAgreement:
    """The row as it is now, if it is in this state; what it rests on is locked first, as whoever writes that does."""
    roadmap = _locked_roadmap(agreement.roadmap)
    row = LearningAgreement.objects.select_for_update().filter(pk=agreement.pk, state=state).first()
    if row is None:
        raise ValidationError(told, code="state")
    row.roadmap = roadmap
    return row


def _locked_roadmap(roadmap: Roadmap) -> Roadmap:
    if Member.objects.select_for_update().get(pk=roadmap.member_id).erased_at:
        raise ValidationError(NOT_PROPOSED, code="state")
    Diagnostic.objects.select_for_update().get(pk=roadmap.diagnostic_id)
    Roadmap.objects.select_for_update().get(pk=roadmap.pk)
    return Roadmap.objects.select_related("member__user", "version__package", "diagnostic").get(pk=roadmap.pk)
