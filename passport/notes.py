"""What a visit came to, in three parts, for the next one: written by who accompanies the member, read by both."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Counsellor
from passport import rules
from passport.ledger import locked
from passport.models import Cheque, Note

PARTS = ("assessment", "strategy", "next_steps")


def keep(
    cheque: Cheque,
    *,
    counsellor: Counsellor,
    assessment: str = "",
    strategy: str = "",
    next_steps: str = "",
    now: datetime | None = None,
) -> Note | None:
    """The note of this visit as it is now; without any word, there is none."""
    moment = now or timezone.now()
    with locked(cheque.passport) as passport:
        rules.check_writer(passport, counsellor, now=moment)
        note = Note.objects.filter(cheque=cheque).first()
        if note is not None and note.author_id != counsellor.pk:
            raise ValidationError("Cette note est d’une autre personne\N{NO-BREAK SPACE}: elle se lit.", code="other")
        texts = dict(zip(PARTS, (assessment.strip(), strategy.strip(), next_steps.strip()), strict=True))
        if not any(texts.values()):
            if note is not None:
                note.delete()
            return None
        note = note or Note(passport=passport, cheque=cheque, author=counsellor, written_at=moment)
        for name, text in texts.items():
            setattr(note, name, text)
        note.full_clean(exclude=["passport", "cheque", "author"])
        note.save()
    return note
