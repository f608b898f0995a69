"""What a prescriber types: an order, an answer to a decision, an opinion, what an audit is about."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import RegexValidator
from django.utils.text import capfirst

from accompaniment.models import PackageVersion
from accounts.models import Organisation
from accounts.sirets import SiretFormField, check_siret
from passport.evaluations import SCORES
from passport.models import Order
from passport.orders import MOST_PACKAGES

IN_THE_LIST = {"invalid_choice": "Choisissez dans la liste."}
CHORUS = RegexValidator(r"\A[\w .\-/]*\Z", "Seuls les lettres, les chiffres, les espaces et . - / _ conviennent.")
DAY = {"type": "date"}
YEARS = range(2000, 2101)


class OrderForm(forms.Form):
    """How many packages, and how they are paid."""

    organisation = forms.ChoiceField(
        label="Votre organisme", error_messages=IN_THE_LIST | {"required": "Choisissez l’organisme."}
    )
    version = forms.ChoiceField(label="Forfait", error_messages=IN_THE_LIST | {"required": "Choisissez le forfait."})
    quantity = forms.IntegerField(
        label="Nombre de forfaits",
        min_value=1,
        max_value=MOST_PACKAGES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text="Un forfait par personne accompagnée.",
        error_messages={
            "required": "Dites combien de forfaits vous commandez.",
            "invalid": "Saisissez un nombre entier, comme 12.",
            "min_value": f"Commandez de 1 à {MOST_PACKAGES} forfaits à la fois.",
            "max_value": f"Commandez de 1 à {MOST_PACKAGES} forfaits à la fois.",
        },
    )
    siret = SiretFormField(
        label="SIRET à facturer",
        max_length=30,
        validators=[check_siret],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Donnez le SIRET de l’établissement à facturer."},
    )
    service_code = forms.CharField(
        label="Code service (Chorus Pro)",
        required=False,
        max_length=100,
        validators=[CHORUS],
        help_text="Si votre établissement en demande un.",
    )
    commitment_number = forms.CharField(
        label="Numéro d’engagement (Chorus Pro)", required=False, max_length=50, validators=[CHORUS]
    )
    billing = forms.ChoiceField(
        label="Ce qui est facturé",
        choices=[(value, capfirst(label)) for value, label in Order.Billing.choices],
        initial=Order.Billing.WHOLE,
        widget=forms.RadioSelect,
        error_messages=IN_THE_LIST | {"required": "Choisissez ce qui est facturé."},
    )

    def __init__(self, *args: Any, bodies: list[Organisation], versions: list[PackageVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {body.reference: body for body in bodies}
        self.versions = {str(version.pk): version for version in versions}
        self.fields["siret"].initial = bodies[0].siret
        self._offer("organisation", [(key, body.name) for key, body in self.bodies.items()])
        self._offer("version", [(key, version.package.name) for key, version in self.versions.items()])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """What there is only one of is not asked."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields[name].initial = choices[0][0]
        if len(choices) == 1:
            self.fields[name].widget = forms.HiddenInput()
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name, known in (("organisation", self.bodies), ("version", self.versions)):
            if name not in self.errors:
                data[name] = known.get(data.get(name) or next(iter(known)))
        return data


class ConfirmForm(forms.Form):
    """Sent with what the form before it says: `key` makes that sent twice it is one order."""

    key = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """To a decision that the counsellor asks for."""

    answer = forms.ChoiceField(
        label="Votre réponse",
        choices=[("oui", "J’accepte"), ("non", "Je refuse")],
        widget=forms.RadioSelect,
        error_messages=IN_THE_LIST | {"required": "Dites si vous acceptez ou refusez."},
    )
    reason = forms.CharField(
        label="Pourquoi, si vous refusez",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Le conseiller et la personne le liront.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("answer") == "non" and "reason" not in self.errors and not data.get("reason"):
            self.add_error("reason", "Dites pourquoi : le conseiller et la personne le liront.")
        return data


class OpinionForm(forms.Form):
    """Of the whole accompaniment."""

    score = forms.TypedChoiceField(
        label="Cet accompagnement a été",
        choices=[(str(score), words) for score, words in SCORES],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=IN_THE_LIST | {"required": "Choisissez une des quatre réponses."},
    )
    words = forms.CharField(
        label="En quelques mots",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="La personne et son conseiller les liront.",
    )


class AuditForm(forms.Form):
    """What an audit file is about: an order, or the visits of some days."""

    organisation = forms.ChoiceField(label="Votre organisme", error_messages=IN_THE_LIST)
    order = forms.ChoiceField(
        label="Une commande", required=False, error_messages=IN_THE_LIST, help_text="Ou choisissez une période."
    )
    first = forms.DateField(
        label="Du", required=False, widget=forms.DateInput(attrs=DAY), error_messages={"invalid": "Donnez une date."}
    )
    last = forms.DateField(
        label="Au", required=False, widget=forms.DateInput(attrs=DAY), error_messages={"invalid": "Donnez une date."}
    )

    def __init__(self, *args: Any, bodies: list[Organisation], orders: list[Order], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {body.reference: body for body in bodies}
        self.orders = {order.reference: order for order in orders}
        self._offer("organisation", [(key, body.name) for key, body in self.bodies.items()])
        told = [(key, f"{order.number}, {order.organisation}") for key, order in self.orders.items()]
        self._offer("order", [("", "Aucune en particulier"), *told])
        if len(self.bodies) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].required = False

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields[name].initial = choices[0][0]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("first", "last"):
            if data.get(name) and data[name].year not in YEARS:
                self.add_error(name, f"Donnez une date entre {YEARS[0]} et {YEARS[-1]}.")
        if self.errors:
            return data
        first, last = data["first"], data["last"]
        if data["order"] and (first or last):
            self.add_error("first", "Choisissez une commande ou une période, pas les deux.")
        elif not data["order"] and not (first and last):
            self.add_error("last" if first else "first", "Choisissez une commande, ou donnez les deux jours.")
        elif first and last and last < first:
            self.add_error("last", "Le dernier jour vient après le premier.")
        return data

    @property
    def body(self) -> Organisation:
        """That of the order, where one is chosen."""
        if order := self.orders.get(self.cleaned_data["order"]):
            return order.organisation
        return self.bodies[self.cleaned_data["organisation"] or next(iter(self.bodies))]

    @property
    def scope(self) -> dict[str, str]:
        """As `passport.audits` takes it."""
        if self.cleaned_data["order"]:
            return {"order": self.cleaned_data["order"]}
        days: tuple[date, date] = (self.cleaned_data["first"], self.cleaned_data["last"])
        return {"from": days[0].isoformat(), "to": days[1].isoformat()}


class SummaryForm(forms.Form):
    """For who reads it, and nobody else of their body."""

    SENT, STOPPED = "oui", "non"

    summary = forms.ChoiceField(
        label="Ce résumé",
        choices=[(SENT, "Je le reçois"), (STOPPED, "Je ne le reçois plus")],
        widget=forms.RadioSelect,
        help_text="Ce choix est le vôtre\N{NO-BREAK SPACE}: vos collègues gardent le leur.",
        error_messages=IN_THE_LIST | {"required": "Choisissez."},
    )
