"""What a prescriber types to book one of their people."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.text import capfirst

from accounts.contact_details import check_mailbox, check_name, check_telephone
from accounts.models import Organisation
from association.models import Audience, Departement
from events.bookings import Asked
from events.forms.reached import ReachedForm
from events.models import HeardFrom, Need

IN_THE_LIST = {"invalid_choice": "Choisissez dans la liste."}
OF_ANOTHER: dict[str, str] = {Need.COMPANION: "Une place pour la personne qui l’accompagne"}
# Another person's details: the browser's memory of the prescriber's own is no help.
NOT_MINE = {"autocomplete": "off"}


class PersonForm(ReachedForm):
    """A place for somebody else, who agrees. `form_token` says that a form sent twice is one demand."""

    form_token = forms.CharField(required=False, initial=uuid4, widget=forms.HiddenInput(attrs=NOT_MINE))
    organisme = forms.ChoiceField(
        label="Votre organisme", error_messages=IN_THE_LIST | {"required": "Choisissez l’organisme."}
    )
    first_name = forms.CharField(
        label="Prénom",
        max_length=150,
        validators=[check_name],
        widget=forms.TextInput(attrs=NOT_MINE),
        error_messages={"required": "Donnez le prénom de la personne."},
    )
    last_name = forms.CharField(
        label="Nom",
        max_length=150,
        validators=[check_name],
        widget=forms.TextInput(attrs=NOT_MINE),
        error_messages={"required": "Donnez le nom de la personne."},
    )
    email = forms.EmailField(
        label="Adresse e-mail de la personne",
        required=False,
        max_length=254,
        validators=[check_mailbox],
        widget=forms.EmailInput(attrs=NOT_MINE),
        help_text="Elle y reçoit la date, le lieu, les rappels, et de quoi changer ou annuler.",
        error_messages={"invalid": "Saisissez une adresse e-mail comme prenom@example.org."},
    )
    telephone = forms.CharField(
        label="Téléphone de la personne",
        required=False,
        max_length=30,
        validators=[check_telephone],
        widget=forms.TextInput(attrs=NOT_MINE | {"inputmode": "tel", "type": "tel"}),
    )
    departement = forms.ChoiceField(label="Département", required=False, error_messages=IN_THE_LIST)
    audience = forms.ChoiceField(
        label="Public",
        required=False,
        choices=[("", "Aucun de ceux-ci, ou je ne sais pas")]
        + [(value, capfirst(label)) for value, label in Audience.choices if value != Audience.EVERYONE],
        error_messages=IN_THE_LIST,
    )
    needs = forms.MultipleChoiceField(
        label="Ce qu’il faut à la personne pour être à l’aise",
        required=False,
        choices=[(value, OF_ANOTHER.get(value) or capfirst(label)) for value, label in Need.choices],
        widget=forms.CheckboxSelectMultiple,
        help_text="Jamais la raison. Seule la personne qui anime la réunion le lit ; c’est effacé un mois après.",
        error_messages=IN_THE_LIST,
    )
    agreed = forms.BooleanField(
        label="La personne est d’accord pour que je l’inscrive et que je sache si elle est venue",
        error_messages={"required": "Demandez-lui d’abord : sans son accord, nous ne pouvons pas l’inscrire."},
    )

    def __init__(self, *args: Any, bodies: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {body.reference: body for body in bodies}
        self.departements = {row.code: row for row in Departement.objects.by_code()}
        if len(bodies) < 2:
            del self.fields["organisme"]
        else:
            self._offer("organisme", [(key, body.name) for key, body in self.bodies.items()])
        known = [(code, row.name) for code, row in self.departements.items()]
        self._offer("departement", [("", "Un autre, ou je ne sais pas"), *known])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field

    @property
    def body(self) -> Organisation:
        """For which organisation; where there is one, it is not asked."""
        return self.bodies[self.cleaned_data.get("organisme") or next(iter(self.bodies))]

    @property
    def token(self) -> UUID | None:
        try:
            return UUID(self.cleaned_data["form_token"])
        except ValueError:
            return None

    def asked(self) -> Asked:
        """What was typed, as the rules take it."""
        data = self.cleaned_data
        return Asked(
            first_name=data["first_name"],
            last_name=data["last_name"],
            email=data["email"],
            telephone=data["telephone"],
            departement=self.departements.get(data["departement"]),
            audience=data["audience"],
            heard_from=HeardFrom.PRESCRIBER,
            needs=tuple(data["needs"]),
        )
