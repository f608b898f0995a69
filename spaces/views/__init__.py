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
from spaces.views.my_data import ask_export, complain, erase_me, erased, my_data, stop_sharing
from spaces.views.relays import relay, relay_withdraw

__all__ = [
    "add_member",
    "ask_export",
    "company_space",
    "complain",
    "correct_member",
    "counsellor_space",
    "end_membership",
    "erase_me",
    "erased",
    "hand_over",
    "invite_member",
    "member_list",
    "member_space",
    "my_data",
    "note_contact",
    "prescriber_space",
    "record",
    "relay",
    "relay_withdraw",
    "renew_membership",
    "space",
    "stand_in",
    "stop_sharing",
    "treasurer_space",
    "volunteer_space",
]
