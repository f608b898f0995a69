"""Who did what to a meeting besides its editors, in Wagtail's log: by references, without a name."""

from typing import Any

from wagtail.log_actions import log

from accounts.models import User
from events.models import InfoSession, Meeting, MemberEvent

# Action, what the button says, what the history says.
ACTIONS = {
    "events.host": ("Animer", "Réunion prise par un conseiller"),
    "events.close_sheet": ("Clore", "Feuille de présence close"),
    "events.reopen_sheet": ("Rouvrir", "Feuille de présence rouverte"),
    "events.keep_seats": ("Garder", "Places gardées pour un prescripteur"),
    "events.confirm_place": ("Confirmer", "Place confirmée par téléphone"),
    "events.cancel_place": ("Annuler", "Place annulée"),
    "events.release_seats": ("Rendre", "Places gardées rendues à tous"),
}


def note(session: Meeting, action: str, *, by: User) -> None:
    # A meeting has its history under the kind that its editors know.
    kind: Any = InfoSession if session.is_for_all else MemberEvent
    log(kind.objects.get(pk=session.pk), f"events.{action}", user=by, title=f"réunion {session.reference}")
