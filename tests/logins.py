"""Somebody who has logged in, second factor included, and the codes that an application of theirs would show."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

# What a telephone keeps; only for tests.
APPLICATION = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PERIOD = 30


def protect(user):
    """Give the account an application that makes codes, unless it has one."""
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(user, APPLICATION)
    return user


def code_of(secret=APPLICATION, *, later=0):
    """What the application shows now, or some periods later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + later))


def log_in(client, user):
    """As the login leaves them: whoever needs a second factor has one."""
    Client.force_login(client, protect(user))


class CompleteLogin(Client):
    """A browser in which `force_login` stands for the whole login, with its second factor."""

    def force_login(self, user, backend=None):
        super().force_login(protect(user), backend)


def bring_in(context, address, user):
    """The same for a real browser: the cookie of a complete login."""
    client = CompleteLogin()
    client.force_login(user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])
