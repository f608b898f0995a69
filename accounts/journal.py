"""Who did what to whom, in Wagtail's log: by references, so that no name outlives the erasure of a person."""

from typing import Any

from wagtail.log_actions import log

from accounts.models import User

# Action, what the button says, what the history says.
ACTIONS = {
    "accounts.record": ("Enregistrer", "Fiche créée"),
    "accounts.correct": ("Corriger", "Fiche corrigée"),
    "accounts.membership": ("Adhésion", "Adhésion commencée"),
    "accounts.end_membership": ("Fin d’adhésion", "Adhésion terminée"),
    "accounts.assign": ("Confier", "Membre confié à un conseiller"),
    "accounts.hand_over": ("Passer le relais", "Membre confié à un autre conseiller"),
    "accounts.ask_relay": ("Demander un relais", "Relais demandé à un autre conseiller"),
    "accounts.stand_in": ("Remplacer", "Remplaçant désigné"),
    "accounts.emergency": ("Aider en urgence", "Aide d’urgence"),
    "accounts.appoint": ("Nommer", "Conseiller nommé"),
    "accounts.retire": ("Mettre fin", "Fin des fonctions du conseiller"),
    "accounts.affiliate": ("Rattacher", "Personne rattachée"),
    "accounts.leave": ("Détacher", "Personne détachée"),
    "accounts.close": ("Fermer", "Organisme fermé"),
    "accounts.invite": ("Inviter", "Invitation envoyée"),
    "accounts.resend": ("Renvoyer", "Invitation renvoyée"),
    "accounts.revoke": ("Retirer", "Invitation retirée"),
    "accounts.accept_request": ("Accepter", "Demande de compte acceptée"),
    "accounts.refuse_request": ("Refuser", "Demande de compte refusée"),
}


def note(thing: Any, action: str, *, by: User | None) -> None:
    """One line, without a name: the thing is called by its kind and its reference."""
    called = f"{thing._meta.verbose_name} {getattr(thing, 'reference', thing.pk)}"
    log(thing, f"accounts.{action}", user=by, title=called)
