"""What is written to people about their appointments: each in the transaction that makes it true."""

from accompaniment.calendars import for_member
from accompaniment.links import address_of
from accompaniment.models import Appointment
from accounts.models import Counsellor, User
from notices import outbox
from pages.addresses import absolute


def fixed(appointment: Appointment) -> None:
    """When, where, with whom, the calendar file, the link to move it or cancel it."""
    _tell_member(appointment, "appointment_fixed")


def moved(appointment: Appointment, *, before: Appointment, by: User | None) -> None:
    """To the member; to the counsellors too, the one who had it and the one who has it, unless they moved it."""
    _tell_member(appointment, "appointment_moved", before=before.starts_at)
    for counsellor in {before.counsellor, appointment.counsellor}:
        _tell_counsellor(appointment, counsellor, "appointment_moved_counsellor", by, before=before)


def cancelled(appointment: Appointment, *, by: User | None) -> None:
    _tell_member(appointment, "appointment_cancelled")
    _tell_counsellor(appointment, appointment.counsellor, "appointment_cancelled_counsellor", by)


def reminder(appointment: Appointment, which: str) -> bool:
    """Two days or three hours before; whether there was somebody to write to."""
    return _tell_member(appointment, f"appointment_in_{which}")


def _tell_member(appointment: Appointment, template: str, **said: object) -> bool:
    member = appointment.member
    if not member.mailbox:
        return False
    outbox.put(
        kind=template,
        to=member.mailbox,
        template=template,
        context={"appointment": appointment, "address": address_of(appointment)} | said,
        person=member.user,
        key=f"{template} {appointment.reference} {appointment.changes}",
        about=appointment.reference,
        calendar=for_member(appointment),
    )
    return True


def _tell_counsellor(
    appointment: Appointment, counsellor: Counsellor, template: str, by: User | None, **said: object
) -> None:
    """Nothing of the member but when: who it is stands in the agenda, behind the login."""
    if counsellor.user == by or not counsellor.user.is_active:
        return
    outbox.put(
        kind=template,
        to=counsellor.user.email,
        template=template,
        context={
            "appointment": appointment,
            "is_theirs": counsellor == appointment.counsellor,
            "address": absolute("/espace/conseil/agenda/"),
        }
        | said,
        person=counsellor.user,
        key=f"{template} {appointment.reference} {appointment.changes} {counsellor.pk}",
        about=appointment.reference,
    )
