"""The views of django-allauth that the site has, at French addresses. Nobody makes their own account: no sign-up."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.urls import path

from accounts.authentication import views

LOGIN = [
    path("connexion/", account.login, name="account_login"),
    path("connexion/code/", account.request_login_code, name="account_request_login_code"),
    path("connexion/code/saisie/", account.confirm_login_code, name="account_confirm_login_code"),
    path("connexion/cle/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("connexion/verification/", mfa.authenticate, name="mfa_authenticate"),
    path("connexion/navigateur/", mfa.trust, name="mfa_trust"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("ferme/", account.account_inactive, name="account_inactive"),
    path("adresse/code/", account.email_verification_sent, name="account_email_verification_sent"),
    path("mot-de-passe/oublie/", account.password_reset, name="account_reset_password"),
    path("mot-de-passe/oublie/code/", account.confirm_password_reset_code, name="account_confirm_password_reset_code"),
    path("mot-de-passe/oublie/nouveau/", account.complete_password_reset, name="account_complete_password_reset"),
    path("mot-de-passe/oublie/fait/", account.password_reset_from_key_done, name="account_password_reset_completed"),
]
OWN = [
    path("", views.account, name="account"),
    path("adresse/", account.email, name="account_email"),
    path("mot-de-passe/", account.password_change, name="account_change_password"),
    path("mot-de-passe/choisir/", views.password_set, name="account_set_password"),
    path("confirmer/", account.reauthenticate, name="account_reauthenticate"),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
]
SECOND_FACTOR = [
    path("double-verification/", mfa.index, name="mfa_index"),
    path("double-verification/demandee/", views.second_factor, name="second_factor"),
    path("double-verification/confirmer/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("double-verification/application/", totp.activate_totp, name="mfa_activate_totp"),
    path("double-verification/application/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("double-verification/cles/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("double-verification/cles/ajouter/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("double-verification/cles/confirmer/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("double-verification/cles/<int:pk>/renommer/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("double-verification/cles/<int:pk>/retirer/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("double-verification/secours/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "double-verification/secours/nouveaux/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "double-verification/secours/fichier/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
urlpatterns = [*LOGIN, *OWN, *SECOND_FACTOR]
