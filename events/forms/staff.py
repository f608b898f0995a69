"""What a counsellor types of a meeting: somebody who comes in, somebody who calls, seats kept for a prescriber."""

from datetime import date
from typing import Any, cast
from uuid import UUID, uuid4, uuid5

from django import forms
from django.utils import timezone
from django.utils.text import capfirst

from accounts.contact_details import check_mailbox, check_name
from accounts.models import Member, Organisation, User
from association.models import Audience, Departement
from events.bookings import Asked
from events.forms.booking import needs_field, telephone_field
from events.forms.reached import ReachedForm
from events.models import Meeting

SAID = ("first_name", "last_name", "email", "telephone")


class PersonForm(forms.Form):
    """Somebody whose name is asked on the spot. The `form_token` of one sent twice is the same."""

    form_token = forms.UUIDField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    first_name = forms.CharField(label="Prénom", max_length=150, required=False, validators=[check_name])
    last_name = forms.CharField(
        label="Nom", max_length=150, validators=[check_name], error_messages={"required": "Donnez un nom."}
    )
    email = forms.EmailField(
        label="Adresse e-mail",
        required=False,
        max_length=254,
        validators=[check_mailbox],
        error_messages={"invalid": "Cette adresse n’est pas complète. Par exemple : prenom@example.org."},
    )
    telephone = telephone_field()
    departement = forms.ModelChoiceField(
        Departement.objects.by_code(), label="Département", required=False, empty_label="Non précisé"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_token"].initial = uuid4

    def asked(self) -> Asked:
        names = (*SAID, "departement")
        return Asked(**{name: self.cleaned_data[name] for name in names})

    def token(self, session: Meeting) -> UUID | None:
        """Another for another person, though the page comes back from the browser's memory."""
        data = self.cleaned_data
        said = [session.reference, *(data[name].casefold() for name in SAID)]
        return uuid5(data["form_token"], "\n".join(said)) if data["form_token"] else None


class WalkInForm(PersonForm):
    """Somebody who is there without having booked: a name is enough."""


class LateBookingForm(ReachedForm, PersonForm):
    """Somebody who calls, or writes to a counsellor."""

    audience = forms.ChoiceField(
        label="Public",
        required=False,
        choices=[("", "Non précisé")]
        + [(value, capfirst(label)) for value, label in Audience.choices if value != Audience.EVERYONE],
    )
    needs = needs_field()

    def asked(self) -> Asked:
        data = self.cleaned_data
        names = (*SAID, "departement", "audience")
        return Asked(**{name: data[name] for name in names}, needs=tuple(data["needs"]))


class MemberPlaceForm(forms.Form):
    """A place in a members' event, for one of the members whom this counsellor accompanies."""

    member = forms.ModelChoiceField(
        Member.objects.none(),
        label="Membre",
        to_field_name="reference",
        empty_label="Choisissez",
        help_text="Les personnes que vous accompagnez et dont l’adhésion est en cours.",
        error_messages={"required": "Choisissez un membre.", "invalid_choice": "Choisissez dans la liste."},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = cast("forms.ModelChoiceField[Member]", self.fields["member"])
        choices.queryset = Member.objects.followed_by(user).current().not_erased().by_name()


class KeepSeatsForm(forms.Form):
    """Seats that only one prescriber can book, until the evening of a day."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Prescripteur",
        to_field_name="reference",
        empty_label="Choisissez",
        error_messages={"required": "Choisissez un prescripteur.", "invalid_choice": "Choisissez dans la liste."},
    )
    seats = forms.IntegerField(
        label="Places",
        min_value=1,
        max_value=1000,
        error_messages={
            "required": "Dites combien de places.",
            "invalid": "Écrivez un nombre.",
            "min_value": "Gardez au moins une place.",
        },
    )
    until = forms.DateField(
        label="Jusqu’au",
        help_text="Ce jour compris. Ensuite, les places qui restent sont à tous.",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "Donnez un jour.", "invalid": "Cette date n’existe pas."},
    )

    def __init__(self, *args: Any, session: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"])
        choices.queryset = Organisation.objects.prescribers().by_name()
        self.fields["until"].widget.attrs["max"] = _day(session).isoformat()


def _day(session: Meeting) -> date:
    return timezone.localdate(session.starts_at)
