"""What a counsellor types of the people they accompany."""

from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone

from accounts.contact_details import check_mailbox, check_name, check_telephone
from accounts.models import Counsellor, Member
from association.models import Departement


def day(**attributes: Any) -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"} | attributes)


class MemberForm(forms.Form):
    """Who somebody is, as the association knows it."""

    first_name = forms.CharField(label="Prénom", max_length=150, required=False, validators=[check_name])
    last_name = forms.CharField(
        label="Nom", max_length=150, validators=[check_name], error_messages={"required": "Donnez un nom."}
    )
    email = forms.EmailField(
        label="Adresse e-mail",
        required=False,
        validators=[check_mailbox],
        help_text="Sans elle, pas de compte : l’invitation y est envoyée.",
        error_messages={"invalid": "Cette adresse n’est pas complète. Par exemple : prenom@example.org."},
    )
    telephone = forms.CharField(
        label="Téléphone",
        max_length=20,
        required=False,
        validators=[check_telephone],
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
    )
    born_on = forms.DateField(
        label="Date de naissance",
        required=False,
        widget=day(),
        help_text="Demandée pour la vidéo, à partir de 18 ans.",
        error_messages={"invalid": "Cette date n’existe pas."},
    )
    departement = forms.ModelChoiceField(
        Departement.objects.by_code(), label="Département", required=False, empty_label="Non précisé"
    )


class NewMemberForm(MemberForm):
    belongs = forms.BooleanField(label="Cette personne adhère aujourd’hui, pour un an", required=False, initial=True)
    invites = forms.BooleanField(label="Lui envoyer l’invitation à ouvrir son compte", required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("invites") and not data.get("email") and "email" not in self.errors:
            self.add_error("email", "Donnez une adresse e-mail, ou n’envoyez pas d’invitation.")
        return data

    def facts(self) -> dict[str, Any]:
        """What the record holds."""
        return {name: self.cleaned_data[name] for name in MemberForm.base_fields}


class InviteForm(forms.Form):
    email = forms.EmailField(
        label="Adresse e-mail",
        validators=[check_mailbox],
        error_messages={
            "required": "Donnez l’adresse à laquelle écrire.",
            "invalid": "Cette adresse n’est pas complète.",
        },
    )


class ColleagueForm(forms.Form):
    """Another counsellor than those who accompany the member as it is."""

    counsellor = forms.ModelChoiceField(
        Counsellor.objects.none(), label="Conseiller", error_messages={"required": "Choisissez quelqu’un."}
    )
    reason = forms.CharField(label="Raison", max_length=300, error_messages={"required": "Dites pourquoi."})

    def __init__(self, *args: Any, member: Member, not_counsellors: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Counsellor.objects.active().exclude(pk__in=not_counsellors)
        if member.user_id:
            others = others.exclude(user=member.user_id)
        choices = cast("forms.ModelChoiceField[Counsellor]", self.fields["counsellor"])
        choices.queryset = others.select_related("user").by_name()


class HandOverForm(ColleagueForm):
    field_order = ("counsellor", "reason")


class RelayForm(forms.Form):
    answer = forms.CharField(
        label="Pourquoi",
        max_length=300,
        help_text="Votre collègue le lira.",
        error_messages={"required": "Dites pourquoi\N{NO-BREAK SPACE}: votre collègue le lira."},
    )


class StandInForm(ColleagueForm):
    until = forms.DateField(
        label="Jusqu’au", widget=day(), help_text="Ce jour compris.", error_messages={"required": "Donnez un jour."}
    )
    field_order = ("counsellor", "until", "reason")

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < timezone.localdate():
            raise forms.ValidationError("Ce jour est passé.")
        return until

    def until_moment(self) -> datetime:
        """The end of that day, on the clocks of Paris."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["until"] + timedelta(days=1), time()))


class MembershipForm(forms.Form):
    ends_on = forms.DateField(
        label="Jusqu’au",
        required=False,
        widget=day(),
        help_text="Un an si vous n’écrivez rien.",
        error_messages={"invalid": "Cette date n’existe pas."},
    )
