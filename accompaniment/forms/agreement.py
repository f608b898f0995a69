"""What is typed about a learning agreement."""

from typing import Any

from django import forms

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
