"""Whether the mailbox that a member is invited at may be that of somebody who works here.

Who opens that mailbox signs as the member: nobody signs both sides, and whoever
invites cannot be sure of it alone. So it is said where people look at it.
"""

from django.db.models import Q

from accounts.authentication.addresses import folded
from accounts.models import Invitation, InvitedAs, User

# Where anybody has a mailbox: the same one says nothing.
OPEN_TO_ALL = frozenset(
    {
        *("example.org", "free.fr", "gmail.com", "gmx.fr", "hotmail.com", "hotmail.fr", "icloud.com", "laposte.net"),
        *("live.fr", "orange.fr", "outlook.com", "outlook.fr", "proton.me", "protonmail.com", "sfr.fr", "wanadoo.fr"),
        *("yahoo.com", "yahoo.fr"),
    }
)
GMAIL = frozenset({"gmail.com", "googlemail.com"})
CHECK = "\N{NO-BREAK SPACE}: vérifiez que c’est bien celle de la personne."
OF_THE_TEAM = f"Cette adresse est celle d’un compte de l’équipe{CHECK}"
SAME_DOMAIN = f"Cette adresse a le même domaine que celles de l’équipe{CHECK}"


def doubt_of(email: str) -> str:
    """In a sentence; nothing where there is no reason to doubt. Two queries at most."""
    works_here = Q(counsellor__isnull=False) | Q(groups__isnull=False) | Q(is_superuser=True)
    team = {same_mailbox(address) for address in User.objects.filter(works_here).values_list("email", flat=True)}
    mailbox = same_mailbox(email)
    if mailbox in team:
        return OF_THE_TEAM
    domain = _domain_of(mailbox)
    if domain in OPEN_TO_ALL:
        return ""
    if domain in map(_domain_of, team):
        return SAME_DOMAIN
    invited = Invitation.objects.exclude(invited_as__in=(InvitedAs.MEMBER, InvitedAs.ORGANISATION))
    return SAME_DOMAIN if invited.filter(email__iendswith=f"@{domain}").exists() else ""


def same_mailbox(address: str) -> str:
    """The same text for the addresses that arrive in one mailbox: without « +… » and, at Gmail, without dots."""
    name, _at, domain = folded(address).rpartition("@")
    name = name.partition("+")[0]
    if domain in GMAIL:
        return f"{name.replace('.', '')}@gmail.com"
    return f"{name}@{domain}"


def _domain_of(address: str) -> str:
    return address.rpartition("@")[2]
