"""What people write to the association: kept, announced by e-mail, and slowed down when it comes too fast."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest
from django.tasks import task
from django.template.loader import render_to_string
from django.utils import timezone

from association.models import Identity
from home.models.messages import ContactMessage

KEPT_FOR = timedelta(days=365)
# Messages an hour from one network address: a shared computer of a town hall sends a few.
HOURLY_LIMIT = 10


def receive(message: ContactMessage) -> ContactMessage:
    """Keep the message; the mail that announces it leaves once it is kept for sure."""
    message.full_clean()
    with transaction.atomic():
        message.save()
        transaction.on_commit(lambda: announce.enqueue(message.pk))
    return message


@task
def announce(pk: int) -> None:
    """Tell the association that a message came. Its text stays on the site: a mailbox is not a file of people."""
    message = ContactMessage.objects.get(pk=pk)
    identity = Identity.objects.first()
    if identity is None or not identity.email:
        return
    context: dict[str, Any] = {"message": message, "base_url": settings.WAGTAILADMIN_BASE_URL}
    send_mail(
        subject=f"Un message sur le site : {message.get_kind_display()}",
        message=render_to_string("home/mails/contact_message.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        recipient_list=[identity.email],
    )


def too_many(request: HttpRequest) -> bool:
    """Count one more message from this network address; true when it is over the hour's limit."""
    key = f"contact:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, timeout=3600)
    return cache.incr(key) > HOURLY_LIMIT


def forget_old(now: datetime | None = None) -> int:
    """Erase the messages older than a year; how many there were."""
    deleted, _by_model = ContactMessage.objects.filter(sent_at__lt=(now or timezone.now()) - KEPT_FOR).delete()
    return deleted
