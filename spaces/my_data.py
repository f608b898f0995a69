"""What somebody is told of what the site keeps about them, and how they object."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from association.models import Identity
from candidates.models import Consent
from notices import outbox
from spaces import erasure, exports
from spaces.models import Export, Retention

LONGEST_COMPLAINT = 4000


def context(user: User, now: datetime) -> dict[str, Any]:
    """For the page « Mes données », in a fixed number of queries."""
    person = exports.person_of(user)
    mine = Export.objects.filter(user=user).order_by("-asked_at", "-pk")
    consents = Consent.objects.filter(member=person.member).select_related("organisation").newest_first()
    return {
        "person": person,
        "export": next((row for row in mine[:1] if row.expires_at is None or row.expires_at > now), None),
        "consents": list(consents) if person.member else [],
        "limits": Retention.load(),
        "keeps": erasure.reasons_to_keep(person),
    }


def complain(user: User, *, text: str, now: datetime | None = None) -> None:
    """To the association's own address, with the one to answer; the site keeps no copy once it is sent."""
    identity = Identity.objects.first()
    if identity is None or not identity.email:
        told = "Cette demande ne peut pas partir d’ici pour le moment : appelez l’association, ou écrivez-lui."
        raise ValidationError(told, code="nowhere")
    moment = now or timezone.now()
    outbox.put(
        kind="complaint",
        to=identity.email,
        template="complaint",
        context={"user": user, "text": text, "at": moment},
        key=f"complaint {user.pk} {sha256(text.encode()).hexdigest()[:16]} {moment:%Y-%m-%d %H:%M}",
    )
