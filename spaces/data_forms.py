"""What somebody types about their own data."""

from django import forms

from spaces.my_data import LONGEST_COMPLAINT


class ComplaintForm(forms.Form):
    text = forms.CharField(
        label="Votre demande",
        max_length=LONGEST_COMPLAINT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Une erreur à corriger, une utilisation que vous refusez, une question : dites-le avec vos mots.",
        error_messages={"required": "Écrivez votre demande."},
    )


class EraseForm(forms.Form):
    understood = forms.BooleanField(
        label="J’ai compris : c’est définitif, et mon compte se ferme tout de suite.",
        error_messages={"required": "Cochez cette case pour confirmer."},
    )
