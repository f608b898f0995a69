from typing import Any

from allauth.account import forms as allauth
from allauth.core import context
from allauth.core.internal import ratelimit

from accounts.authentication.addresses import folded, known_by
from accounts.authentication.plain_words import InPlainWords
from accounts.models import User

# Each code that is asked for may be tried three times.
CODES = {"login_code": "3/10m/key"}


class LoginForm(InPlainWords, allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class RequestLoginCodeForm(InPlainWords, allauth.RequestLoginCodeForm):
    _user: User | None

    def clean_email(self) -> str:
        """Slowed for an address from one network: somebody else's tries do not close this door."""
        key = f"{folded(self.cleaned_data['email'])} {ratelimit.get_ip(context.request)}"
        if not ratelimit.consume(context.request, app="accounts", action="login_code", config=CODES, key=key):
            raise allauth.get_adapter().validation_error("rate_limited")
        email: str = super().clean_email()
        self._user = next(iter(known_by(email, [self._user] if self._user else [])), None)
        return email


class ConfirmLoginCodeForm(InPlainWords, allauth.ConfirmLoginCodeForm):
    pass


class ResetPasswordForm(InPlainWords, allauth.ResetPasswordForm):
    users: list[User]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = known_by(email, self.users)
        return email


class ConfirmPasswordResetCodeForm(InPlainWords, allauth.ConfirmPasswordResetCodeForm):
    pass


class ResetPasswordKeyForm(InPlainWords, allauth.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(InPlainWords, allauth.ChangePasswordForm):
    pass


class SetPasswordForm(InPlainWords, allauth.SetPasswordForm):
    pass


class AddEmailForm(InPlainWords, allauth.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Nouvelle adresse e-mail"


class ConfirmEmailVerificationCodeForm(InPlainWords, allauth.ConfirmEmailVerificationCodeForm):
    pass


class ReauthenticateForm(InPlainWords, allauth.ReauthenticateForm):
    pass
