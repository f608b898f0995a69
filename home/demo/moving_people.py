"""Moves the days of the demonstration's people along with the rest of it."""

from datetime import timedelta

from django.db.models import F, Model

from accounts.models import AccountRequest, Affiliation, Counsellor, Invitation, Member, Membership, Referent
from candidates.models import Comment, Consent, Look, Profile, Version, Video, VideoHelp

# Birthdays stay where they are.
DATES: dict[type[Model], list[str]] = {
    Member: ["last_contact_on"],
    Membership: ["starts_on", "ends_on", "recorded_at"],
    Affiliation: ["starts_on", "ends_on"],
    Counsellor: ["starts_on", "ends_on"],
    Referent: ["starts_at", "ends_at"],
    Invitation: ["created_at", "sent_at", "expires_at", "accepted_at", "revoked_at"],
    AccountRequest: ["asked_at", "answered_at"],
    Profile: ["created_at"],
    Version: ["changed_at", "submitted_at", "decided_at"],
    Comment: ["said_at"],
    Consent: ["given_at", "ends_on", "withdrawn_at"],
    Look: ["looked_at", "hour", "objected_at"],
    Video: ["sent_at", "changed_at", "approved_at"],
    VideoHelp: ["starts_at", "ends_at"],
}


def move(days: int) -> None:
    """Every moment is as many days later; those that are not known stay so."""
    for model, names in DATES.items():
        model._base_manager.update(**{name: F(name) + timedelta(days=days) for name in names})
