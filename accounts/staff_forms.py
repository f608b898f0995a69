"""What administrators type about people."""

from typing import Any

from django import forms

from accounts.contact_details import check_mailbox
from accounts.models import Affiliation, Counsellor, InvitedAs, Organisation

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
    ends_on = forms.DateField(label="Au", required=False, help_text="Vide : un an.")


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
