"""Moves the days of the demonstration's people along with the rest of it."""

from datetime import timedelta

from django.db.models import F, Model

from accompaniment.models import Answer, Appointment, Availability, DaysOff, Diagnostic, LearningAgreement, Roadmap
from accounts.models import AccountRequest, Affiliation, Counsellor, Invitation, Member, Membership, Referent, Relay
from candidates.models import Comment, Consent, Look, Profile, Version, Video, VideoHelp
from events.models import Booking, KeptSeats, Opinion
from home.demo.dates import shifted

SIGNED = ("counsellor_signed_at", "member_signed_at")
# Birthdays stay where they are.
DATES: dict[type[Model], list[str]] = {
    Member: ["last_contact_on"],
    Membership: ["starts_on", "ends_on", "recorded_at"],
    Affiliation: ["starts_on", "ends_on"],
    Counsellor: ["starts_on", "ends_on"],
    Referent: ["starts_at", "ends_at"],
    Relay: ["asked_at", "answered_at"],
    Invitation: ["created_at", "sent_at", "expires_at", "accepted_at", "revoked_at"],
    AccountRequest: ["asked_at", "answered_at"],
    Profile: ["created_at"],
    Version: ["changed_at", "submitted_at", "decided_at"],
    Comment: ["said_at"],
    Consent: ["given_at", "ends_on", "withdrawn_at"],
    Look: ["looked_at", "hour", "objected_at"],
    Video: ["sent_at", "changed_at", "approved_at"],
    VideoHelp: ["starts_at", "ends_at"],
    Booking: [
        *("booked_at", "held_until", "offered_until", "confirmed_at", "ended_at", "attended_at", "invited_at"),
        *("opinion_at", "reminded_days_for", "reminded_hours_for", "anonymised_at"),
    ],
    KeptSeats: ["until"],
    Opinion: ["given_on"],
    Availability: ["since", "until"],
    DaysOff: ["starts_on", "ends_on"],
    Appointment: ["made_at", "ended_at", "reminded_days_for", "reminded_hours_for"],
    Diagnostic: ["started_at", "finished_at"],
    Answer: ["saved_at"],
    Roadmap: ["made_at", "changed_at"],
    LearningAgreement: ["made_at", "proposed_at", "reflect_until", "ended_at", *SIGNED],
}


def move(days: int) -> None:
    """Every moment is as many days later; those that are not known stay so."""
    for model, names in DATES.items():
        model._base_manager.update(**{name: F(name) + timedelta(days=days) for name in names})
    _move_appointments(days)


def _move_appointments(days: int) -> None:
    """At the same hours on the wall."""
    rows = list(Appointment.objects.all())
    for row in rows:
        row.starts_at, row.ends_at = shifted(row.starts_at, days), shifted(row.ends_at, days)
    Appointment.objects.bulk_update(rows, ["starts_at", "ends_at"])
