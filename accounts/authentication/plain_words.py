"""Forms of django-allauth in the words of the site."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

LABELS = {
    "code": "Code",
    "credential": "Clé",
    "email": "Adresse e-mail",
    "login": "Adresse e-mail",
    "name": "Nom de cette clé",
    "oldpassword": "Mot de passe actuel",
    "password": "Mot de passe",
    "password1": "Nouveau mot de passe",
    "password2": "Le même mot de passe, une seconde fois",
    "passwordless": "Me connecter avec cette clé seule, sans mot de passe",
}
HINTS = {
    "password1": "15 caractères au moins. Quatre ou cinq mots qui n’ont rien à voir ensemble font l’affaire.",
    "passwordless": "Votre appareil demandera votre empreinte, votre visage ou son code.",
}
# Longer ones are refused before anything costly is made of them.
LONGEST = {"code": 40, "email": 254, "login": 254, "name": 60}
LONGEST_PASSWORD = 1000
TOO_LONG = "Ce texte est trop long."


class InPlainWords(forms.Form):
    """Labels and hints of ours, no text inside the inputs, a length beyond which nothing is read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HINTS.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.CharField) and not isinstance(field, forms.JSONField):
                longest = LONGEST.get(name, LONGEST_PASSWORD)
                field.max_length = longest
                field.validators = [v for v in field.validators if not isinstance(v, MaxLengthValidator)]
                field.validators.append(MaxLengthValidator(longest, TOO_LONG))
