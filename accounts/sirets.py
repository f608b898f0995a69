"""The number of a French establishment: fourteen digits, of which the last checks the others."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

LENGTH = 14
# La Poste has more establishments than Luhn's rule has numbers for: theirs add up to a multiple of five.
LA_POSTE = "356000000"
# As printed on letterheads: in groups, by any kind of space or by dots.
BETWEEN_GROUPS = re.compile(r"[\s.\u2009\u202f-]+")


def without_spaces(value: str) -> str:
    return BETWEEN_GROUPS.sub("", value)


def check_siret(value: str) -> None:
    if not (value.isascii() and value.isdigit()):
        raise ValidationError("Un SIRET n’a que des chiffres.", code="siret_digits")
    if len(value) != LENGTH:
        raise ValidationError(f"Un SIRET a 14 chiffres ; celui-ci en a {len(value)}.", code="siret_length")
    if not _adds_up(value):
        raise ValidationError("Ce SIRET n’existe pas : un de ses chiffres est faux.", code="siret_sum")


def _adds_up(siret: str) -> bool:
    digits = [int(digit) for digit in siret]
    doubled = [2 * digit if place % 2 == 0 else digit for place, digit in enumerate(digits)]
    if sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0:
        return True
    return siret.startswith(LA_POSTE) and sum(digits) % 5 == 0


class SiretFormField(forms.CharField):
    """Takes the number as it is printed, gives its digits."""

    def to_python(self, value: Any) -> str:
        return without_spaces(super().to_python(value) or "")


class SiretField(models.CharField):
    default_validators = [check_siret]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": LENGTH, "blank": True} | kwargs)

    def to_python(self, value: Any) -> Any:
        return without_spaces(value) if isinstance(value, str) else super().to_python(value)

    def formfield(self, **kwargs: Any) -> Any:
        field: Any = super().formfield(**{"form_class": SiretFormField} | kwargs)
        # The check on the model counts the digits, and says how many there are.
        field.validators = []
        field.max_length = None
        field.widget.attrs |= {"inputmode": "numeric", "maxlength": "30"}
        return field
