"""What administrators type about people."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.contact_details import check_mailbox
from accounts.models import Affiliation, Counsellor, InvitedAs, Organisation, User
from accounts.models.counsellors import LONGEST_HELP

# These are invited from the member's and the organisation's own screens.
ALONE = [
    (choice.value, choice.label.capitalize())
    for choice in InvitedAs
    if choice not in (InvitedAs.MEMBER, InvitedAs.ORGANISATION)
]


class InviteForm(forms.Form):
    email = forms.EmailField(label="Adresse e-mail", validators=[check_mailbox])


class InviteAloneForm(InviteForm):
    """Somebody who works with the association."""

    invited_as = forms.ChoiceField(label="Comme", choices=ALONE, widget=forms.RadioSelect)


class MembershipForm(forms.Form):
    starts_on = forms.DateField(label="Du")
    ends_on = forms.DateField(label="Au", required=False, help_text="Vide : un an.")


class CounsellorForm(forms.Form):
    counsellor = forms.ModelChoiceField(label="Conseiller", queryset=Counsellor.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["counsellor"]
        chosen.queryset = Counsellor.objects.active().select_related("user").by_name()


class EntrustForm(CounsellorForm):
    reason = forms.CharField(label="Raison", max_length=300, help_text="Gardée dans le dossier du membre.")


class StandInForm(CounsellorForm):
    until = forms.DateField(label="Jusqu’au")


class EmergencyHelpForm(CounsellorForm):
    reason = forms.CharField(label="Raison", max_length=300, help_text="Le membre la lira.")
    hours = forms.IntegerField(
        label="Pendant combien d’heures", min_value=1, max_value=LONGEST_HELP // timedelta(hours=1), initial=24
    )


class AppointForm(forms.Form):
    """An account that exists; who has none is invited."""

    email = forms.EmailField(label="Adresse e-mail du compte")

    def clean_email(self) -> str:
        self.user = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if self.user is None:
            raise ValidationError("Aucun compte n’a cette adresse : invitez plutôt cette personne.")
        return self.user.email


class DetachForm(forms.Form):
    affiliation = forms.ModelChoiceField(label="Personne", queryset=Affiliation.objects.none())

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["affiliation"]
        running = Affiliation.objects.current().filter(organisation=organisation)
        chosen.queryset = running.select_related("user", "organisation").order_by("user__last_name", "pk")


class AcceptRequestForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label="Organisme",
        queryset=Organisation.objects.filter(closed_on=None).by_name(),
        required=False,
        empty_label="Celui que la demande décrit",
    )
