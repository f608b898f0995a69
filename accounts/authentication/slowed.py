"""Somebody tries many passwords or codes: the account's owner is told, once an hour at most, and how to come in."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from notices import outbox

KIND = "account/slowed"


def tell_owner(address: str, now: datetime | None = None) -> None:
    """Nothing where no account has this address."""
    user = User.objects.filter(email__iexact=address.strip(), is_active=True).first()
    if user is None:
        return
    hour = (now or timezone.now()).strftime("%Y-%m-%d %H")
    url = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("account_request_login_code")
    outbox.put(
        kind=KIND, to=user.email, template=KIND, context={"url": url}, person=user, key=f"{KIND} {user.pk} {hour}"
    )
