"""Messages to people: written in the transaction that needs them, sent by an errand, forgotten once sent.

    put(kind="invitation", to=email, template="invitation", context={…}, key=f"invitation {reference}")

`templates/notices/mails/<template>.txt` holds the subject on its first line, a
blank line, then paragraphs. Of an address of ours that is alone on its line,
the HTML part makes a button.
"""

import re
import unicodedata
from datetime import datetime, timedelta
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused, SMTPResponseException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import timezone

from association.models import Identity
from errands import work
from notices.models import Notice

ERRAND = "notice"
LONGEST_SUBJECT = 200
# An address is broken on a narrow screen.
LONGEST_WORD = 24
LATE = timedelta(hours=1)
# What reverses the reading of a line, or hides in it.
HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


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
) -> Notice:
    """Have the message sent after the present transaction; with a `key` already used, what was put then is given."""
    validate_email(to)
    if key is not None and (already := Notice.objects.filter(key=key).first()):
        return already
    subject, text, html = _written(template, context or {})
    try:
        with transaction.atomic():
            notice = Notice.objects.create(
                kind=kind, key=key, recipient=to, person=person, subject=subject, text=text, html=html
            )
    except IntegrityError:
        return Notice.objects.get(key=key)  # put by another process at the same moment
    work.ask(ERRAND, about=notice.reference)
    return notice


def send(reference: str, now: datetime | None = None) -> None:
    """Give the message to the mail server, and forget its text; nothing where that was done.

    Its Message-ID is always the same: should a process die between the two, the
    second copy can be recognised.
    """
    notice = Notice.objects.filter(reference=reference, sent_at=None).first()
    if notice is None:
        return
    message = EmailMultiAlternatives(
        notice.subject,
        notice.text,
        settings.DEFAULT_FROM_EMAIL,
        [notice.recipient],
        headers={"Message-ID": f"<{notice.reference}@{_host()}>", "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(notice.html, "text/html")
    try:
        message.send()
    except OSError as error:  # those of SMTP among them
        if _is_final(error):
            raise RefusedByServerError from error
        raise work.KeepTryingError(type(error).__name__) from error
    Notice.objects.filter(pk=notice.pk).update(sent_at=now or timezone.now(), text="", html="")


def count_late(now: datetime) -> int:
    """How many messages have been waiting for more than an hour."""
    return Notice.objects.filter(sent_at=None, asked_at__lt=now - LATE).count()


def _is_final(error: OSError) -> bool:
    """Whether the server refuses this message, and not all of them: a wrong password is put right some day."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _answer in error.recipients.values())
    if isinstance(error, SMTPResponseException) and not isinstance(error, SMTPAuthenticationError):
        return error.smtp_code >= 500
    return False


def _written(template: str, context: dict[str, Any]) -> tuple[str, str, str]:
    """Subject, text and HTML; nothing in the context can open a header."""
    identity = Identity.objects.first() or Identity()
    shared = {"association": identity, "base_url": settings.WAGTAILADMIN_BASE_URL}
    source: Any = get_template(f"notices/mails/{template}.txt")
    whole = _plain(source.template.render(Context(shared | context, autoescape=False)))
    subject, _, text = whole.strip().partition("\n\n")
    subject = " ".join(HIDDEN.sub("", subject).split())[:LONGEST_SUBJECT]
    text = re.sub(r"\n{3,}", "\n\n", text.strip())
    parts = [_part(paragraph) for paragraph in text.split("\n\n")]
    html = render_to_string("notices/mail.html", shared | {"subject": subject, "parts": parts})
    return subject, f"{text}\n\n-- \n{_signature(identity)}\n", html


def _plain(text: str) -> str:
    """Without the characters that only machines read."""
    text = text.replace("\r\n", "\n")
    return "".join(letter for letter in text if letter == "\n" or unicodedata.category(letter) != "Cc")


def _part(paragraph: str) -> dict[str, Any]:
    """A paragraph's lines, or the address that it is."""
    lines = [line.strip() for line in paragraph.split("\n")]
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    if len(lines) == 1 and " " not in lines[0] and lines[0].startswith(f"{base}/"):
        pieces = [lines[0][start : start + LONGEST_WORD] for start in range(0, len(lines[0]), LONGEST_WORD)]
        return {"address": lines[0], "pieces": pieces, "lines": []}
    return {"address": "", "pieces": [], "lines": lines}


def _signature(identity: Identity) -> str:
    town = f"{identity.postcode} {identity.city}".strip()
    return "\n".join(line for line in (identity.name, identity.address, town, identity.telephone) if line)


def _host() -> str:
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
