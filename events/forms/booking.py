"""What people type to have a place, and to change what they said of themselves. No account is needed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import capfirst

from accounts.contact_details import check_mailbox, check_name, check_telephone
from accounts.models import Organisation
from association.models import Audience, Departement
from events.asked import Asked
from events.forms.reached import ReachedForm
from events.models import Booking, HeardFrom, Need

# In the list of prescribers: one that is not in it.
ANOTHER = "autre"
FIRST_NAME = {"autocomplete": "given-name"}
LAST_NAME = {"autocomplete": "family-name"}
TELEPHONE = {"autocomplete": "tel", "inputmode": "tel", "type": "tel"}
NEEDS_HINT = (
    "Cochez ce qu’il vous faut, jamais la raison. Seule la personne qui anime la réunion le lit. "
    "C’est effacé un mois après."
)


def name_field(label: str, *, asked: str, attrs: dict[str, str]) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=150,
        validators=[check_name],
        widget=forms.TextInput(attrs=attrs),
        error_messages={"required": asked},
    )


def telephone_field() -> forms.CharField:
    return forms.CharField(
        label="Téléphone",
        required=False,
        max_length=30,
        validators=[check_telephone],
        widget=forms.TextInput(attrs=TELEPHONE),
    )


def needs_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="Ce qu’il vous faut pour être à l’aise",
        required=False,
        choices=[(value, capfirst(label)) for value, label in Need.choices],
        widget=forms.CheckboxSelectMultiple,
        help_text=NEEDS_HINT,
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )


class RefusableForm(forms.Form):
    """Says beside each field what a rule refuses of it, and above all of them the rest."""

    def refuse(self, refusal: ValidationError) -> None:
        by_field = refusal.message_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal.messages}
        for name, told in by_field.items():
            self.add_error(name if name in self.fields else None, told)


class BookingForm(ReachedForm, RefusableForm):
    """A place for one person. `site_web` is a trap: people do not see it, robots fill it in.

    `form_token` says that a form sent twice is one demand. It is kept from a
    browser's memory: a second person's form never bears the first one's.
    """

    form_token = forms.CharField(required=False, initial=uuid4, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    first_name = name_field("Prénom", asked="Donnez votre prénom.", attrs=FIRST_NAME)
    last_name = name_field("Nom", asked="Donnez votre nom.", attrs=LAST_NAME)
    email = forms.EmailField(
        label="Adresse e-mail",
        required=False,
        max_length=254,
        validators=[check_mailbox],
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Pour recevoir le lien qui confirme votre place.",
        error_messages={"invalid": "Saisissez une adresse e-mail comme prenom@example.org."},
    )
    telephone = telephone_field()
    departement = forms.ChoiceField(
        label="Votre département",
        required=False,
        error_messages={"invalid_choice": "Choisissez un département de la liste."},
    )
    audience = forms.ChoiceField(
        label="Vous faites partie des",
        required=False,
        choices=[("", "Aucun, ou non précisé")]
        + [(value, capfirst(label)) for value, label in Audience.choices if value != Audience.EVERYONE],
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )
    heard_from = forms.ChoiceField(
        label="Vous avez connu cette réunion",
        required=False,
        choices=[("", "Je ne sais plus"), *((value, capfirst(label)) for value, label in HeardFrom.choices)],
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )
    sent_by = forms.ChoiceField(
        label="Un conseiller ou un organisme vous envoie",
        required=False,
        error_messages={"invalid_choice": "Choisissez un organisme de la liste, ou « Un autre organisme »."},
    )
    tells_prescriber = forms.BooleanField(
        label="Mon conseiller peut savoir que je suis venu·e",
        required=False,
        help_text="Sans cette case, il n’apprend rien de nous. Vous pouvez changer d’avis à tout moment.",
    )
    needs = needs_field()
    consent = forms.BooleanField(
        label="J’accepte que l’association garde ces informations pour organiser ma venue",
        error_messages={"required": "Cochez cette case : sans ces informations, nous ne pouvons pas garder de place."},
    )
    site_web = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.departements = {row.code: row for row in Departement.objects.by_code()}
        self.prescribers = {row.reference: row for row in Organisation.objects.prescribers().by_name()}
        self._offer("departement", [("", "Un autre, ou non précisé")], self.departements)
        self._offer("sent_by", [("", "Personne : je viens de moi-même")], self.prescribers)
        self.fields["sent_by"].choices += [(ANOTHER, "Un autre organisme")]  # type: ignore[attr-defined]

    def _offer(self, name: str, first: list[tuple[str, str]], rows: Mapping[str, Any]) -> None:
        """Looked up here and not by the database, which answers some texts with a failure."""
        choices = first + [(key, row.name) for key, row in rows.items()]
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get("site_web"))

    def asked(self) -> Asked:
        """What was typed, as the rules take it."""
        data = self.cleaned_data
        sent_by = self.prescribers.get(data["sent_by"])
        return Asked(
            first_name=data["first_name"],
            last_name=data["last_name"],
            email=data["email"],
            telephone=data["telephone"],
            departement=self.departements.get(data["departement"]),
            audience=data["audience"],
            heard_from=data["heard_from"] or (HeardFrom.PRESCRIBER if data["sent_by"] else ""),
            sent_by=sent_by,
            tells_prescriber=bool(sent_by and data["tells_prescriber"]),
            needs=tuple(data["needs"]),
        )

    def token(self) -> UUID | None:
        """None for one that no form of ours bears."""
        try:
            return UUID(self.cleaned_data["form_token"])
        except ValueError:
            return None


class BookingChangeForm(RefusableForm):
    """What may be changed by the link of a booking; a member's name is that of their record."""

    first_name = name_field("Prénom", asked="Donnez votre prénom.", attrs=FIRST_NAME)
    last_name = name_field("Nom", asked="Donnez votre nom.", attrs=LAST_NAME)
    telephone = telephone_field()
    tells_prescriber = forms.BooleanField(
        required=False,
        help_text="Décochez pour qu’il n’apprenne plus rien de cette réunion.",
    )
    needs = needs_field()

    def __init__(self, *args: Any, booking: Booking, **kwargs: Any) -> None:
        known = ("first_name", "last_name", "telephone", "tells_prescriber")
        arrangement = getattr(booking, "arrangement", None)
        kwargs["initial"] = {name: getattr(booking, name) for name in known}
        kwargs["initial"]["needs"] = arrangement.needs if arrangement else []
        super().__init__(*args, **kwargs)
        if booking.member:
            for name in ("first_name", "last_name", "telephone"):
                del self.fields[name]
        elif not booking.email:
            self.fields["telephone"].required = True
            self.fields["telephone"].error_messages["required"] = "Donnez le numéro auquel vous appeler."
        if booking.sent_by is None:
            del self.fields["tells_prescriber"]
        else:
            self.fields["tells_prescriber"].label = f"{booking.sent_by} peut savoir que je suis venu·e"

    def details(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return data | {"needs": tuple(data["needs"])}
