"""Whether the mailbox that a member is invited at may be that of somebody who works here.

Who opens that mailbox signs as the member: nobody signs both sides, and whoever
invites cannot be sure of it alone. So it is said where people look at it.
"""

from django.db.models import Q

from accounts.models import Counsellor, Invitation, InvitedAs, User

# Where anybody has a mailbox: the same one says nothing.
OPEN_TO_ALL = frozenset(
    {
        *("example.org", "free.fr", "gmail.com", "gmx.fr", "hotmail.com", "hotmail.fr", "icloud.com", "laposte.net"),
        *("live.fr", "orange.fr", "outlook.com", "outlook.fr", "proton.me", "protonmail.com", "sfr.fr", "wanadoo.fr"),
        *("yahoo.com", "yahoo.fr"),
    }
)
CHECK = "\N{NO-BREAK SPACE}: vérifiez que c’est bien celle de la personne."
OF_THE_TEAM = f"Cette adresse est celle d’un compte de l’équipe{CHECK}"
SAME_DOMAIN = f"Cette adresse a le même domaine que celles de l’équipe{CHECK}"


def doubt_of(email: str) -> str:
    """In a sentence; nothing where there is no reason to doubt. Three queries at most."""
    works_here = Q(counsellor__isnull=False) | Q(groups__isnull=False) | Q(is_superuser=True)
    if User.objects.filter(works_here, email__iexact=email).exists():
        return OF_THE_TEAM
    domain = email.rpartition("@")[2].lower()
    if domain in OPEN_TO_ALL:
        return ""
    same = {"email__iendswith": f"@{domain}"}
    invited = Invitation.objects.exclude(invited_as__in=(InvitedAs.MEMBER, InvitedAs.ORGANISATION)).filter(**same)
    known = Counsellor.objects.filter(user__email__iendswith=f"@{domain}")
    return SAME_DOMAIN if invited.exists() or known.exists() else ""
