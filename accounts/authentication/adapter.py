"""What django-allauth asks the site: where it may send somebody, how a mail leaves, what slows a login."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.authentication import idle, secrets
from accounts.authentication.addresses import folded, known_by
from accounts.authentication.slowed import tell_owner
from accounts.models import User
from notices import outbox

NAME = "Actess"
MESSAGES = {
    "account_inactive": "Ce compte est fermé.",
    "email_password_mismatch": "Cette adresse et ce mot de passe ne vont pas ensemble.",
    "email_taken": "Cette adresse ne peut pas être utilisée.",
    "enter_current_password": "Ce n’est pas votre mot de passe actuel.",
    "incorrect_code": "Ce code n’est pas le bon.",
    "incorrect_password": "Ce n’est pas votre mot de passe.",
    "rate_limited": "Trop d’essais. Attendez quelques minutes avant de recommencer.",
    "same_as_current": "C’est déjà votre adresse.",
    "duplicate_email": "C’est déjà votre adresse.",
    "too_many_login_attempts": "Trop d’essais. Attendez dix minutes, ou demandez un code par e-mail.",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | MESSAGES

    def is_safe_url(self, url: str) -> bool:
        """Only an address of this very site."""
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )

    def is_ajax(self, request: HttpRequest) -> bool:
        """Only the script of passkeys reads data; everybody else reads pages."""
        return (
            request.path_info == reverse("mfa_login_webauthn") and request.headers.get("Accept") == "application/json"
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """By the outbox: the page answers at once, and the mail leaves when the mail server is there."""
        template = template_prefix.replace("/email/", "/")
        outbox.put(kind=template, to=email, template=template, context={"email": email} | context)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return folded(credentials.get("email", ""))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            tell_owner(credentials.get("email", ""))
            raise

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        user = super().authenticate(request, **credentials)
        if isinstance(user, User) and known_by(credentials.get("email", ""), [user]):
            return user
        return None

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        request.session[idle.LAST_SEEN] = int(time.time())


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": MESSAGES["incorrect_code"]}

    def encrypt(self, text: str) -> str:
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypt(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": NAME}
