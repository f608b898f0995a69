from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base import forms as allauth
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature
from django.core.cache import cache
from django.forms import ValidationError

from accounts.authentication.plain_words import InPlainWords
from accounts.authentication.slowed import tell_owner

# A code of an application is right for this long, the drift of clocks included.
RIGHT_FOR_SECONDS = 180
# How the library that reads keys says that it cannot.
UNREADABLE = (AttributeError, InvalidSignature, KeyError, TypeError, ValueError)


class OnceForm(InPlainWords, allauth.BaseAuthenticateForm):
    """A code that was accepted is not accepted again; the owner is told of many wrong ones."""

    authenticator: Authenticator

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()
        except ValidationError as error:
            if error.code == "too_many_login_attempts":
                tell_owner(self.user.email)
            raise
        used = f"second-factor-used:{self.authenticator.pk}:{normalize_user_code(code)}"
        if not cache.add(used, True, timeout=RIGHT_FOR_SECONDS):
            raise allauth.get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(OnceForm, allauth.AuthenticateForm):
    pass


class ReauthenticateForm(OnceForm, allauth.ReauthenticateForm):
    pass


class ActivateTOTPForm(InPlainWords, totp.ActivateTOTPForm):
    pass


class KeyForm(InPlainWords):
    """What a script sends in the place of a key, and is none, is an error of the form."""

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except UNREADABLE:
            self.cleaned_data = {}
            self.add_error("credential", allauth.get_adapter().validation_error("incorrect_code"))


class AddWebAuthnForm(KeyForm, webauthn.AddWebAuthnForm):
    pass


class AuthenticateWebAuthnForm(KeyForm, webauthn.AuthenticateWebAuthnForm):
    pass


class LoginWebAuthnForm(KeyForm, webauthn.LoginWebAuthnForm):
    pass


class ReauthenticateWebAuthnForm(KeyForm, webauthn.ReauthenticateWebAuthnForm):
    pass


class EditWebAuthnForm(InPlainWords, webauthn.EditWebAuthnForm):
    pass
