from accounts.models.account_requests import AccountRequest
from accounts.models.counsellors import Counsellor, Referent
from accounts.models.invitations import Invitation, InvitedAs
from accounts.models.members import Member, MemberQuerySet, Membership
from accounts.models.organisations import Affiliation, Organisation
from accounts.models.relays import Relay
from accounts.models.users import User, UserManager

__all__ = [
    "AccountRequest",
    "Affiliation",
    "Counsellor",
    "Invitation",
    "InvitedAs",
    "Member",
    "MemberQuerySet",
    "Membership",
    "Organisation",
    "Referent",
    "Relay",
    "User",
    "UserManager",
]
