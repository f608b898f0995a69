from django import forms

from events.models import Guest


class GuestForm(forms.ModelForm):
    """Who is invited: a name, the body they come for, and whether members read it before."""

    class Meta:
        model = Guest
        fields = ["name", "body", "role", "is_shown"]
        labels = {"name": "Prénom et nom", "body": "Structure", "is_shown": "Les membres lisent son nom avant de venir"}
