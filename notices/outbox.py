"""Messages to people: written in the transaction that needs them, sent by an errand, forgotten once sent.

    put(kind="invitation", to=email, template="invitation", context={…}, key=f"invitation {reference}")
    put(kind="booking_confirmed", …, about=booking.reference, calendar=file)
    put_sms(kind="booking_confirmed", telephone=number, template="booking_confirmed", …)

What a template is, `notices.writing` says.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.message import MIMEPart
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused, SMTPResponseException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from errands import work
from notices import sms
from notices.models import ERRAND, Channel, Notice, State
from notices.writing import written_mail, written_sms

LATE = timedelta(hours=1)
CALENDAR_NAME = "invite.ics"
METHOD = re.compile(r"^METHOD:(\w+)", re.MULTILINE)


class RefusedByServerError(Exception):
    """The mail server says that it will never take this message."""


def put(
    *,
    kind: str,
    to: str,
    template: str,
    context: dict[str, Any] | None = None,
    person: Any = None,
    key: str | None = None,
    about: str = "",
    calendar: bytes | None = None,
) -> Notice:
    """Have the mail sent after the present transaction; with a `key` already used, what was put then is given.

    `calendar` is attached to it, with the METHOD that the file says. `about` is
    the reference of what the message speaks of (`log_about`).
    """
    validate_email(to)
    if key is not None and (already := Notice.objects.filter(key=key).first()):
        return already
    subject, text, html = written_mail(template, context or {})
    file = "" if calendar is None else calendar.decode()
    return _put(
        Notice(
            kind=kind,
            key=key,
            about=about,
            recipient=to,
            person=person,
            subject=subject,
            text=text,
            html=html,
            calendar=file,
        )
    )


def put_sms(
    *,
    kind: str,
    telephone: str,
    template: str,
    context: dict[str, Any] | None = None,
    person: Any = None,
    key: str | None = None,
    about: str = "",
) -> Notice | None:
    """The same, as a short message; nothing to a number that no message reaches, or where they are off."""
    if not sms.reaches(telephone):
        return None
    if key is not None and (already := Notice.objects.filter(key=key).first()):
        return already
    subject, text = written_sms(template, context or {})
    return _put(
        Notice(
            kind=kind,
            key=key,
            about=about,
            channel=Channel.SMS,
            telephone=telephone,
            person=person,
            subject=subject,
            text=text,
        )
    )


def _put(notice: Notice) -> Notice:
    try:
        with transaction.atomic():
            notice.save(force_insert=True)
    except IntegrityError:
        if notice.key is None:
            raise
        return Notice.objects.get(key=notice.key)  # put by another process at the same moment
    work.ask(ERRAND, about=notice.reference)
    return notice


def send(reference: str, now: datetime | None = None) -> None:
    """Give the message to the mail server, or to the sender of short ones, and forget its text; once.

    A mail's Message-ID is always the same: should a process die between the two,
    the second copy can be recognised.
    """
    notice = Notice.objects.filter(reference=reference, sent_at=None).first()
    if notice is None:
        return
    try:
        if notice.channel == Channel.SMS:
            sms.send(notice.telephone, notice.text)
        else:
            _mail(notice).send()
    except OSError as error:  # those of SMTP among them
        if _is_final(error):
            raise RefusedByServerError from error
        raise work.KeepTryingError(type(error).__name__) from error
    Notice.objects.filter(pk=notice.pk).update(sent_at=now or timezone.now(), text="", html="", calendar="")


def log_about(reference: str) -> list[Notice]:
    """What was written about this booking or appointment, newest first: each has its `state_in_words`."""
    return list(Notice.objects.about(reference).with_state().newest_first())


def forget_about(references: Iterable[str]) -> int:
    """Whom these things were written to about, once they are nobody's: what waits is not sent; how many there were."""
    return Notice.objects.filter(about__in=[reference for reference in references if reference]).delete()[0]


def count_late(now: datetime) -> int:
    """How many messages have been waiting for more than an hour; what was given up waits for nobody."""
    return Notice.objects.in_state(State.WAITING).filter(asked_at__lt=now - LATE).count()


def _mail(notice: Notice) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        notice.subject,
        notice.text,
        settings.DEFAULT_FROM_EMAIL,
        [notice.recipient],
        headers={"Message-ID": f"<{notice.reference}@{_host()}>", "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(notice.html, "text/html")
    if notice.calendar:
        message.attach(_calendar_part(notice.calendar))
    return message


def _calendar_part(file: str) -> MIMEPart:
    """A calendar program reads in the part's type what it is asked to do."""
    found = METHOD.search(file)
    part: MIMEPart = MIMEPart()
    part.set_content(
        file.encode(),
        maintype="text",
        subtype="calendar",
        cte="base64",
        disposition="attachment",
        filename=CALENDAR_NAME,
        params={"charset": "utf-8", "method": found[1] if found else "PUBLISH", "name": CALENDAR_NAME},
    )
    return part


def _is_final(error: OSError) -> bool:
    """Whether the server refuses this message, and not all of them: a wrong password is put right some day."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _answer in error.recipients.values())
    if isinstance(error, SMTPResponseException) and not isinstance(error, SMTPAuthenticationError):
        return error.smtp_code >= 500
    return False


def _host() -> str:
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
