from spaces.views.door import space
from spaces.views.homes import (
    company_space,
    counsellor_space,
    member_space,
    prescriber_space,
    treasurer_space,
    volunteer_space,
)
from spaces.views.members import (
    add_member,
    correct_member,
    end_membership,
    hand_over,
    invite_member,
    member_list,
    note_contact,
    record,
    renew_membership,
    stand_in,
)

__all__ = [
    "add_member",
    "company_space",
    "correct_member",
    "counsellor_space",
    "end_membership",
    "hand_over",
    "invite_member",
    "member_list",
    "member_space",
    "note_contact",
    "prescriber_space",
    "record",
    "renew_membership",
    "space",
    "stand_in",
    "treasurer_space",
    "volunteer_space",
]
