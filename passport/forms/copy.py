"""The copy of a cheque signed on paper."""

from django import forms

from accompaniment.forms.copy import CopyField


class CopyForm(forms.Form):
    copy = CopyField(
        label="Photo ou copie du chèque",
        help_text="JPEG, PNG ou PDF, 10\N{NO-BREAK SPACE}Mo au plus. Les deux signatures se voient.",
        error_messages={"required": "Choisissez la photo ou la copie du chèque.", "empty": "Ce fichier est vide."},
    )
