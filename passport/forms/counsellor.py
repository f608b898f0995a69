"""What a counsellor types about passports and visits, besides the visit itself."""

from typing import Any, cast

from django import forms
from django.utils.text import capfirst

from accompaniment.forms.appointments import day_field
from passport import decisions, evaluations, paper
from passport.models import Decision, Dispute, Passport

Act = Decision.Act
IN_THE_LIST = {"invalid_choice": "Choisissez dans la liste."}
NBSP = "\N{NO-BREAK SPACE}"
WHAT_IT_DOES = {
    Act.SUSPEND: "Suspendre : le prescripteur doit accepter",
    Act.RESUME: "Reprendre : les jours de la suspension sont rendus",
    Act.EXTEND: "Prolonger : le prescripteur doit accepter",
    Act.TRIAL: "Noter la fin de la période d’essai",
    Act.END: "Mettre fin au passeport, pour toujours",
}


def long_text(label: str, most: int, *, rows: int = 3, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": most})
    return forms.CharField(label=label, max_length=most, widget=widget, **more)


class CancelForm(forms.Form):
    reason = long_text(
        "Pourquoi l’annuler",
        300,
        help_text="Le membre et le prescripteur le liront. La visite et son annulation restent écrites.",
        error_messages={"required": "Dites pourquoi cette visite est annulée."},
    )


class NoteForm(forms.Form):
    assessment = long_text("Bilan", 2000, rows=4, required=False, help_text="Où en est la personne.")
    strategy = long_text("Stratégie", 2000, rows=4, required=False, help_text="Ce que vous avez choisi ensemble.")
    next_steps = long_text("Prochaines étapes", 2000, rows=4, required=False, help_text="Qui fait quoi, et quand.")


class OpinionForm(forms.Form):
    score = forms.TypedChoiceField(
        label=f"Cette visite a-t-elle été utile{NBSP}?",
        choices=evaluations.SCORES,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=IN_THE_LIST | {"required": "Choisissez une réponse."},
    )
    words = long_text("En quelques mots", 600, required=False, help_text="Le membre les lit aussi.")


class SettleForm(forms.Form):
    outcome = forms.ChoiceField(
        label="Votre décision",
        choices=[(value, capfirst(Dispute.Outcome(value).label)) for value in ("maintenue", "annulee")],
        widget=forms.RadioSelect,
        error_messages=IN_THE_LIST | {"required": "Dites si la visite est maintenue ou annulée."},
    )
    answer = long_text(
        "Votre réponse",
        1000,
        rows=5,
        help_text="Le membre la lit. Si la visite est annulée, c’est la raison que lit aussi le prescripteur.",
        error_messages={"required": "Répondez au membre."},
    )


class DecisionForm(forms.Form):
    act = forms.ChoiceField(
        label="Décision", widget=forms.RadioSelect, error_messages=IN_THE_LIST | {"required": "Choisissez."}
    )
    motive = forms.ChoiceField(
        label="Motif", required=False, help_text="Pour une prolongation.", error_messages=IN_THE_LIST
    )
    until = day_field("Dernier jour", required=False, help_text="D’une prolongation, ou de la période d’essai.")
    reason = long_text(
        "Raison",
        300,
        help_text="Le membre et le prescripteur la liront.",
        error_messages={"required": "Donnez la raison."},
    )

    def __init__(self, *args: Any, passport: Passport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        motives = passport.version.motives
        acts = [act for act in Act if passport.state in decisions.FROM[act] and (act != Act.EXTEND or motives)]
        self._offer("act", [(act.value, WHAT_IT_DOES[act]) for act in acts])
        self._offer("motive", [("", "Aucun"), *((motive, motive) for motive in motives)])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        """Only what the decision needs is kept of the rest."""
        data = super().clean() or {}
        act = data.get("act")
        if act != Act.EXTEND:
            data["motive"] = ""
        if act not in {Act.EXTEND, Act.TRIAL}:
            data["until"] = None
        return data


class ProofForm(forms.Form):
    """The prescriber agreed elsewhere than on the site."""

    proof = forms.CharField(
        label="Où est son accord",
        max_length=200,
        help_text=f"Par exemple{NBSP}: courriel de M.{NBSP}Petit du 3{NBSP}mars.",
        error_messages={"required": "Dites où se trouve l’accord du prescripteur."},
    )


class BookletForm(forms.Form):
    leaves = forms.TypedChoiceField(
        label="Nombre de chèques",
        coerce=int,
        choices=[(number, str(number)) for number in paper.LEAVES],
        error_messages=IN_THE_LIST | {"required": "Choisissez un nombre."},
    )


class SerialForm(forms.Form):
    serial = forms.CharField(
        label="Numéro de série",
        max_length=24,
        help_text="Imprimé en haut du chèque, comme K7QMWP-03. Ou lisez son QR code.",
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Tapez le numéro imprimé sur le chèque."},
    )

    def clean_serial(self) -> str:
        return "".join(str(self.cleaned_data["serial"]).upper().split())


class SpoilForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi cette feuille ne sert plus",
        max_length=200,
        error_messages={"required": "Dites pourquoi cette feuille ne sert plus."},
    )
