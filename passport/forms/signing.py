"""Codes as they are typed: six digits, a space between them or none."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

SIX_DIGITS = RegexValidator(r"\A[0-9]{6}\Z", "Le code est fait de 6 chiffres.", code="not_six_digits")


class CodeField(forms.CharField):
    """Never written back in the page."""

    def __init__(self, **told: Any) -> None:
        widget = forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "code"})
        wrong = {"required": "Tapez les 6 chiffres."}
        super().__init__(widget=widget, validators=[SIX_DIGITS], error_messages=wrong, **told)

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value) or ""
        return typed.replace(" ", "").replace("\N{NO-BREAK SPACE}", "")


class PinForm(forms.Form):
    code = CodeField(label="Votre code de signature", help_text="6 chiffres. Ne le dites à personne.")


class ChooseForm(forms.Form):
    code = CodeField(
        label="Nouveau code",
        help_text="6 chiffres que vous retenez, et que personne ne devine : pas votre date de naissance.",
    )
    again = CodeField(label="Le même, encore une fois")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("code") and data.get("again") and data["code"] != data["again"]:
            self.add_error("again", "Les deux codes ne sont pas les mêmes.")
        return data
