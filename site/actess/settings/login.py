"""How people log in: django-allauth, and what it may do (docs/decisions/0008-accounts-by-allauth.md)."""

from datetime import timedelta

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/espace/"
# Longer than the longest silence (`accounts.authentication.idle`), so that who comes back late is told why.
SESSION_COOKIE_AGE = 30 * 24 * 3600
# Whether those whose role asks for a second factor must have one (`accounts.roles.NEED_A_SECOND_FACTOR`).
SECOND_FACTOR_REQUIRED = True
# The visitor's address is already in REMOTE_ADDR (`actess.proxies`).
ALLAUTH_TRUSTED_PROXY_COUNT = 0
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 9, "dashed": True}
ACCOUNT_ADAPTER = "accounts.authentication.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.authentication.forms.LoginForm",
    "request_login_code": "accounts.authentication.forms.RequestLoginCodeForm",
    "confirm_login_code": "accounts.authentication.forms.ConfirmLoginCodeForm",
    "reset_password": "accounts.authentication.forms.ResetPasswordForm",
    "confirm_password_reset_code": "accounts.authentication.forms.ConfirmPasswordResetCodeForm",
    "reset_password_from_key": "accounts.authentication.forms.ResetPasswordKeyForm",
    "change_password": "accounts.authentication.forms.ChangePasswordForm",
    "set_password": "accounts.authentication.forms.SetPasswordForm",
    "add_email": "accounts.authentication.forms.AddEmailForm",
    "confirm_email_verification_code": "accounts.authentication.forms.ConfirmEmailVerificationCodeForm",
    "reauthenticate": "accounts.authentication.forms.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Nothing is sent to an address that has no account.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
# By network (`ip`), by address or account (`key`), by person (`user`); kept in the shared cache.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,60/h/ip,5/10m/key",
    "request_login_code": "30/10m/ip,20/h/key",
    "reset_password": "30/10m/ip,3/10m/key",
    "reauthenticate": "9/10m/user",
    "change_password": "5/10m/user",
}
MFA_ADAPTER = "accounts.authentication.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.authentication.second_factor_forms.AuthenticateForm",
    "reauthenticate": "accounts.authentication.second_factor_forms.ReauthenticateForm",
    "activate_totp": "accounts.authentication.second_factor_forms.ActivateTOTPForm",
    "add_webauthn": "accounts.authentication.second_factor_forms.AddWebAuthnForm",
    "authenticate_webauthn": "accounts.authentication.second_factor_forms.AuthenticateWebAuthnForm",
    "login_webauthn": "accounts.authentication.second_factor_forms.LoginWebAuthnForm",
    "reauthenticate_webauthn": "accounts.authentication.second_factor_forms.ReauthenticateWebAuthnForm",
    "edit_webauthn": "accounts.authentication.second_factor_forms.EditWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Actess"
MFA_TOTP_TOLERANCE = 1
MFA_TRUST_ENABLED = True
MFA_TRUST_COOKIE_AGE = timedelta(days=30)
