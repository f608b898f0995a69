"""What is typed about a learning agreement."""

from typing import Any

from django import forms

from accompaniment.forms.copy import CopyField
from accompaniment.models import LearningAgreement


class AgreementForm(forms.Form):
    starts_on = forms.DateField(
        label="Premier jour",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Sans date, le parcours commence le jour de la première visite signée.",
    )
    commitments = forms.CharField(
        label="Les engagements",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": "Écrivez les engagements de chacun."},
    )

    @classmethod
    def shown(cls, agreement: LearningAgreement) -> dict[str, Any]:
        return {"starts_on": agreement.starts_on, "commitments": agreement.commitments}


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi le retirer",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Le membre le lira.",
        error_messages={"required": "Dites pourquoi : le membre le lira."},
    )


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Rien ne vous oblige à le dire.",
    )


class PaperForm(forms.Form):
    """The copy of an agreement that its member signed by hand, and the day they wrote on it."""

    signed_on = forms.DateField(
        label="Signé par le membre le",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Le jour écrit à la main à côté de sa signature.",
        error_messages={"required": "Dites quel jour le membre a signé.", "invalid": "Ce jour n’existe pas."},
    )
    copy = CopyField(
        label="Photo ou copie du contrat signé",
        help_text="JPEG, PNG ou PDF, 10\N{NO-BREAK SPACE}Mo au plus. La signature et le bas de la page se voient.",
        error_messages={"required": "Choisissez la photo ou la copie du contrat.", "empty": "Ce fichier est vide."},
    )
