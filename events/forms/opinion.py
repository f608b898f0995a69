"""Three questions to those who came."""

from typing import Any

from django import forms
from django.utils.text import capfirst

from events.models import Opinion

MARKS = [(mark.value, capfirst(mark.label)) for mark in Opinion.Mark]


def mark_field(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=MARKS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse.", "invalid_choice": "Choisissez dans la liste."},
    )


class OpinionForm(forms.Form):
    useful = mark_field("Cette réunion vous a-t-elle été utile ?")
    clear = mark_field("Était-elle claire ?")
    better = forms.CharField(
        label="Que pouvons-nous améliorer ?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 500}),
        help_text="N’écrivez ni votre nom ni rien qui vous fasse reconnaître. 500 signes au plus.",
    )

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("useful", "clear", "better")}
