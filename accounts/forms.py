"""What people type to get an account."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.contact_details import check_name
from accounts.models import AccountRequest, Invitation, User
from accounts.newcomers import Newcomer


class AccountRequestForm(forms.ModelForm[AccountRequest]):
    """A company introduces itself. `site_web` is a trap: people do not see it, robots fill it in."""

    site_web = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    class Meta:
        model = AccountRequest
        fields = ("organisation_name", "siret", "person_name", "email", "telephone", "message")
        widgets = {
            "organisation_name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "person_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "telephone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
            "message": forms.Textarea(attrs={"rows": 5}),
        }
        labels = {
            "organisation_name": "Nom de l’entreprise",
            "person_name": "Votre nom",
            "email": "Votre adresse e-mail",
            "message": "Ce que vous cherchez",
        }
        help_texts = {
            "siret": "Les 14 chiffres de l’établissement, avec ou sans espaces.",
            "email": "L’invitation y sera envoyée.",
            "message": "Par exemple les métiers pour lesquels vous recrutez.",
        }
        error_messages = {
            "organisation_name": {"required": "Donnez le nom de l’entreprise."},
            "person_name": {"required": "Dites-nous votre nom."},
            "email": {"required": "Donnez l’adresse e-mail à laquelle vous répondre."},
        }

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get("site_web"))


class NewAccountForm(forms.Form):
    """The name and the password of an account that an invitation makes."""

    first_name = forms.CharField(
        label="Prénom",
        max_length=150,
        validators=[check_name],
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": "Donnez votre prénom."},
    )
    last_name = forms.CharField(
        label="Nom",
        max_length=150,
        validators=[check_name],
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": "Donnez votre nom."},
    )
    password = forms.CharField(
        label="Mot de passe",
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="15 caractères au moins : quatre ou cinq mots sans rapport entre eux se retiennent bien.",
        error_messages={"required": "Choisissez un mot de passe."},
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        self.invitation = invitation
        super().__init__(*args, **kwargs)
        if member := invitation.member:
            self.initial.update({"first_name": member.first_name, "last_name": member.last_name})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if password := data.get("password"):
            user = User(
                email=self.invitation.email,
                first_name=data.get("first_name", ""),
                last_name=data.get("last_name", ""),
            )
            try:
                validate_password(password, user)
            except ValidationError as error:
                self.add_error("password", error)
        return data

    def newcomer(self) -> Newcomer:
        return Newcomer(**self.cleaned_data)
