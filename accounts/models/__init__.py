from accounts.models.counsellors import Counsellor, Referent
from accounts.models.invitations import AccountRequest, Invitation
from accounts.models.members import Member, Membership
from accounts.models.organisations import Affiliation, Organisation
from accounts.models.users import User, UserManager

__all__ = [
    "AccountRequest",
    "Affiliation",
    "Counsellor",
    "Invitation",
    "Member",
    "Membership",
    "Organisation",
    "Referent",
    "User",
    "UserManager",
]
