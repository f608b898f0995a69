"""A learning agreement signed by hand, for who has neither a telephone nor an account: printed, copied, then seen.

The member’s signature counts once a second person of the staff has seen the
copy; the counsellor signs in their own session, before or after.
"""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accompaniment import agreements, copies, reading
from accompaniment.means import PAPER_SEEN
from accompaniment.models import LearningAgreement, PaperAgreement
from accounts.models import Counsellor, User
from notices import outbox
from pages.templatetags.french import long_date
from private_files.kinds import PrivateFile

KIND = "contrat-papier"
NOBODY = "une personne qui n’a plus de compte"
State = LearningAgreement.State


def keep_copy(
    agreement: LearningAgreement,
    content: bytes,
    *,
    extension: str,
    signed_on: date,
    by: User,
    now: datetime | None = None,
) -> PaperAgreement:
    """The copy, by who accompanies the member; another one replaces it until the signature counts."""
    moment = now or timezone.now()
    with transaction.atomic():
        row = agreements.locked(agreement, State.PROPOSED, agreements.NOT_PROPOSED)
        agreements.check_accompanies(row.member, Counsellor.objects.get(user=by), now=moment)
        _check_unsigned(row)
        _check_day(row, signed_on, timezone.localdate(moment))
        found, _is_new = PaperAgreement.objects.get_or_create(agreement=row, defaults={"signed_on": signed_on})
        found.signed_on = signed_on
        copies.put(found, content, extension=extension, by=by, now=moment)
        found.save(update_fields=["signed_on", *copies.KEPT])
    return found


def to_see(user: User) -> QuerySet[PaperAgreement]:
    """Copies that wait for a second person, by the rule of cheques on paper; nor is it who wrote the roadmap.

    Whoever signs for the association takes the place of who prepared the
    agreement: who wrote what is annexed to it stays.
    """
    waiting = PaperAgreement.objects.filter(agreement__state=State.PROPOSED, agreement__member_signed_at=None)
    return waiting.filter(
        copies.for_second_person(user, counsellor="agreement__counsellor", member="agreement__member"),
        ~Q(agreement__roadmap__counsellor__user=user),
    )


def see(paper: PaperAgreement, *, by: User, now: datetime | None = None) -> LearningAgreement:
    """A second person has seen the member’s signature on this copy: it counts from now on, and the member is told."""
    moment = now or timezone.now()
    with transaction.atomic():
        row = agreements.locked(paper.agreement, State.PROPOSED, agreements.NOT_PROPOSED)
        _check_unsigned(row)
        found = to_see(by).filter(pk=paper.pk).first()
        if found is None:
            raise ValidationError("Une autre personne que celle qui l’a envoyée doit voir la copie.", code="same")
        if found.scanned_at != paper.scanned_at:
            raise ValidationError("La copie a changé\N{NO-BREAK SPACE}: regardez-la de nouveau.", code="changed")
        agreements.check_two_people(row.member, Counsellor.objects.get(user=by))
        found.seen_by, found.seen_at = by, moment
        found.save(update_fields=["seen_by", "seen_at"])
        signed = agreements.sign_as_member(row, means=PAPER_SEEN, now=moment)
        _tell(signed)
    return signed


def find(user: User, reference: str) -> PrivateFile | None:
    """The copy: for the member, who accompanies them, and the second person while it waits for one."""
    near = Q(agreement__in=reading.agreements_read_by(user).values("pk")) | Q(pk__in=to_see(user).values("pk"))
    paper = PaperAgreement.objects.exclude(scan="").filter(near, reference=reference).first()
    return copies.file_of(paper, "contrat") if paper else None


def in_words(paper: PaperAgreement) -> str:
    """« signé à la main le mardi 2 mars 2027, copie envoyée par Léa Petit et vue par Jean Durand »."""
    sender, witness = (str(person or NOBODY) for person in (paper.scanned_by, paper.seen_by))
    seen = f" et vue par {witness}" if paper.seen_at else ", pas encore vue par une deuxième personne"
    return f"signé à la main le {long_date(paper.signed_on)}, copie envoyée par {sender}{seen}"


def _tell(agreement: LearningAgreement) -> None:
    """To the address where they are written to. What the agreement says is read after the login."""
    if agreement.member.mailbox:
        outbox.put(
            kind="agreement_signed_on_paper",
            to=agreement.member.mailbox,
            template="agreement_signed_on_paper",
            context={
                "path": reverse("agreement", args=[agreement.reference]),
                "has_account": agreement.member.user_id is not None,
            },
            person=agreement.member.user,
            key=f"agreement-signed-on-paper {agreement.reference}",
        )


def _check_unsigned(agreement: LearningAgreement) -> None:
    if agreement.member_signed_at:
        raise ValidationError("Le membre a déjà signé ce contrat.", code="signed")


def _check_day(agreement: LearningAgreement, day: date, today: date) -> None:
    """Neither to come nor before the end of the time to reflect, which began with the proposal."""
    told = ""
    if day > today:
        told = "Ce jour n’est pas encore venu."
    elif agreement.reflect_until and day < agreement.reflect_until:
        told = f"Ce contrat se signe à partir du {long_date(agreement.reflect_until)}."
    if told:
        raise ValidationError({"signed_on": ValidationError(told, code="signed_on")})
