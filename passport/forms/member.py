"""What a member writes about their visits."""

from typing import Any

from django import forms

from passport import evaluations
from passport.models import Evaluation


class ContestForm(forms.Form):
    words = forms.CharField(
        label="Ce qui ne va pas",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 1000}),
        help_text="Par exemple : la durée, le jour, ou une visite qui n’a pas eu lieu. 1 000 signes au plus.",
        error_messages={"required": "Dites ce qui ne va pas, en une phrase."},
    )


class EvaluationForm(forms.Form):
    score = forms.TypedChoiceField(
        label="Cette visite vous a-t-elle été utile\N{NO-BREAK SPACE}?",
        choices=evaluations.SCORES,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse.", "invalid_choice": "Choisissez dans la liste."},
    )
    words = forms.CharField(
        label="En quelques mots",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 600}),
        help_text="Vous et celles et ceux qui vous accompagnent les lisez. 600 signes au plus.",
    )
    words_are_shared = forms.BooleanField(
        label="Le prescripteur peut lire ces mots",
        required=False,
        help_text="Sans votre accord, il ne voit que la réponse choisie plus haut.",
    )

    @classmethod
    def of(cls, typed: Any, evaluation: Evaluation | None, *, whole: bool = False) -> "EvaluationForm":
        """What was said before is shown; `whole`: of the accompaniment and not of a visit."""
        names = ("score", "words", "words_are_shared")
        form = cls(typed, initial={name: getattr(evaluation, name) for name in names} if evaluation else None)
        if whole:
            form.fields["score"].label = "Votre accompagnement vous est-il utile\N{NO-BREAK SPACE}?"
        return form
