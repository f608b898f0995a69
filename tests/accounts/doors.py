"""Ways in, for the tests of logging in: an account that may, what its owner types, the code they received."""

import re

from django.urls import reverse

from accounts.authentication.addresses import mark_verified
from notices.models import Notice
from tests.factories import make_user

PASSWORD = "only-for-this-test, quatre mots"
CODE = re.compile(r"\d{3}-\d{3}-\d{3}")

LOGIN = reverse("account_login")
ASK_CODE = reverse("account_request_login_code")
TYPE_CODE = reverse("account_confirm_login_code")
RESET = reverse("account_reset_password")
TYPE_RESET_CODE = reverse("account_confirm_password_reset_code")
NEW_PASSWORD = reverse("account_complete_password_reset")
SECOND_FACTOR = reverse("mfa_authenticate")
CONFIRM = reverse("account_reauthenticate")


def make_account(email="awa@example.org", password=PASSWORD, **fields):
    user = make_user(email=email, password=password, **fields)
    mark_verified(user)
    return user


def type_password(client, email="awa@example.org", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password} | more)


def is_logged_in(client):
    return "_auth_user_id" in client.session


def code_received(email="awa@example.org"):
    notice = Notice.objects.filter(recipient=email).latest("pk")
    return CODE.search(notice.text)[0]


def ask_code(client, email="awa@example.org"):
    return client.post(ASK_CODE, {"email": email})


def confirm(client, password=PASSWORD):
    """Show again who one is, before a change that matters."""
    return client.post(CONFIRM, {"password": password})
