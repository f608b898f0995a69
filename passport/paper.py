"""Cheques on paper, for a visit without a telephone: printed blank, signed by hand, recorded, copied, then seen.

One counts once a second person of the staff has seen its copy, or the member
has confirmed it in their own session. A spoilt leaf stays written, with why.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accompaniment import copies
from accompaniment.agreements import check_two_people
from accounts.models import Counsellor, Member, User
from passport import ledger, looks, means, reading, rules
from passport.models import Cheque, PaperCheque
from private_files.kinds import PrivateFile

KIND = "cheque-papier"
LEAVES = (6, 12, 24)
# Nothing that is mistaken for something else when it is typed.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
BOOKLET = 6


def print_booklet(counsellor: Counsellor, leaves: int, now: datetime | None = None) -> str:
    """So many blank cheques for this counsellor; the name of their booklet, which `passport.pdf.blanks` prints."""
    if leaves not in LEAVES:
        raise rules.refused("leaves", "Choisissez un des nombres proposés.", code="leaves")
    booklet = "".join(secrets.choice(ALPHABET) for _letter in range(BOOKLET))
    moment = now or timezone.now()
    PaperCheque.objects.bulk_create(
        PaperCheque(serial=f"{booklet}-{leaf:02}", counsellor=counsellor, printed_at=moment)
        for leaf in range(1, leaves + 1)
    )
    return booklet


def given_to(user: User) -> QuerySet[PaperCheque]:
    """The leaves of this counsellor, used or not."""
    return PaperCheque.objects.filter(counsellor__in=Counsellor.objects.active().filter(user=user))


def booklets(papers: Iterable[PaperCheque]) -> list[tuple[str, list[PaperCheque]]]:
    """Their leaves by booklet, in the order given."""
    found: dict[str, list[PaperCheque]] = {}
    for paper in papers:
        found.setdefault(paper.serial.rpartition("-")[0], []).append(paper)
    return list(found.items())


def is_blank(paper: PaperCheque) -> bool:
    """Not spoilt, and no visit holds it: none was recorded, or it was withdrawn, or nobody signed it."""
    is_free = paper.cheque is None or paper.cheque.state in {Cheque.State.WITHDRAWN, Cheque.State.EXPIRED}
    return is_free and not paper.spoilt_because


def hold(paper: PaperCheque, cheque: Cheque) -> None:
    """The leaf is this cheque, which its own counsellor has just proposed; the same one again changes nothing."""
    found = PaperCheque.objects.select_for_update(of=("self",)).select_related("cheque").get(pk=paper.pk)
    if found.cheque_id == cheque.pk:
        return
    if not is_blank(found):
        raise ValidationError("Ce chèque papier a déjà servi, ou il est annulé.", code="paper_used")
    if found.counsellor_id != cheque.counsellor_id:
        raise ValidationError("Ce chèque papier n’est pas de votre carnet.", code="paper_other")
    if PaperCheque.objects.filter(cheque=cheque).exists():
        raise ValidationError("Cette visite est déjà sur un autre chèque papier.", code="other_paper")
    if former := found.scan.name:
        transaction.on_commit(lambda: found.scan.storage.delete(former))
    found.cheque = cheque
    found.scan, found.scanned_by, found.scanned_at = "", None, None
    found.save(update_fields=["cheque", "scan", "scanned_by", "scanned_at"])


def spoil(paper: PaperCheque, *, reason: str) -> PaperCheque:
    """A leaf that was lost, torn or badly filled in; not one that is recorded."""
    if not reason.strip():
        raise rules.refused("reason", "Dites pourquoi cette feuille ne sert plus.", code="no_reason")
    with transaction.atomic():
        found = PaperCheque.objects.select_for_update(of=("self",)).select_related("cheque").get(pk=paper.pk)
        if not is_blank(found):
            raise ValidationError("Cette feuille a déjà servi, ou elle est déjà annulée.", code="used")
        found.spoilt_because = reason.strip()
        found.full_clean(exclude=["cheque", "scan"])
        found.save(update_fields=["spoilt_because"])
    return found


def keep_copy(
    paper: PaperCheque, content: bytes, *, extension: str, by: User, now: datetime | None = None
) -> PaperCheque:
    """The copy of a recorded leaf, by who accompanies the member; another one replaces it until the cheque counts."""
    with ledger.locked(_cheque(paper).passport) as passport:
        rules.check_writer(passport, reading.counsellor_of(by), now=now or timezone.now())
        found = _waiting(paper)
        copies.put(found, content, extension=extension, by=by, now=now or timezone.now())
        found.save(update_fields=copies.KEPT)
    return found


def to_see(user: User) -> QuerySet[PaperCheque]:
    """Copies that wait for a second person."""
    proposed = PaperCheque.objects.filter(cheque__state=Cheque.State.PROPOSED)
    return proposed.filter(
        copies.for_second_person(user, counsellor="cheque__counsellor", member="cheque__passport__member")
    )


def see(paper: PaperCheque, *, by: User, now: datetime | None = None) -> Cheque:
    """A second person of the staff has seen both signatures on the copy: the visit counts."""
    moment = now or timezone.now()
    with ledger.locked(_cheque(paper).passport) as passport:
        found = _waiting(paper)
        if not to_see(by).filter(pk=found.pk).exists():
            raise ValidationError("Une autre personne que celle qui l’a enregistré doit voir la copie.", code="same")
        check_two_people(passport.member, reading.counsellor_of(by))
        found.seen_by, found.seen_at = by, moment
        found.save(update_fields=["seen_by", "seen_at"])
        return ledger.sign(_cheque(found), member=passport.member, means=means.PAPER_SEEN, now=moment)


def confirm(paper: PaperCheque, *, member: Member, now: datetime | None = None) -> Cheque:
    """The member says that they signed it, in their own session."""
    return ledger.sign(_cheque(paper), member=member, means=means.PAPER_CONFIRMED, now=now)


def find(user: User, reference: str) -> PrivateFile | None:
    """The copy: for the member, who accompanies them, and the second person while it waits for one."""
    copied = PaperCheque.objects.exclude(scan="").filter(reference=reference).select_related("cheque__passport__member")
    paper = copied.first()
    if paper is None:
        return None
    passport = _cheque(paper).passport
    near = (reading.own(user), reading.accompanied(user))
    if not any(rows.filter(pk=passport.pk).exists() for rows in near) and not to_see(user).filter(pk=paper.pk).exists():
        return None
    return copies.file_of(paper, "cheque", on_sent=lambda _request: looks.note(passport, user))


def _cheque(paper: PaperCheque) -> Cheque:
    if paper.cheque is None:
        raise ValidationError("Cette feuille n’est pas encore enregistrée.", code="blank")
    return paper.cheque


def _waiting(paper: PaperCheque) -> PaperCheque:
    found = PaperCheque.objects.select_related("cheque__passport").get(pk=paper.pk)
    if _cheque(found).state != Cheque.State.PROPOSED:
        raise ValidationError(f"Ce chèque est {_cheque(found).get_state_display()}.", code="not_proposed")
    return found
