"""What a treasurer types of orders and sheets, and a counsellor of the sheet of a member."""

import re
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms

from accompaniment.forms.appointments import day_field
from accounts.models import Member
from accounts.sirets import SiretFormField, check_siret
from pages.templatetags.french import price
from passport.forms.prescriber import IN_THE_LIST, OrderForm
from passport.invoiced import LONGEST_NUMBER
from passport.models import Order, Sheet
from passport.orders import DEAREST, LONGEST_REASON

WRONG_PRICE = "Donnez un prix en euros et en centimes, comme 1050 ou 1050,50."
SPACES = re.compile("[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]")


class PriceField(forms.DecimalField):
    """Euros, as « 1 400,00 »: with a comma or a point, and spaces where people put them."""

    def __init__(self, **kwargs: Any) -> None:
        told = dict.fromkeys(
            ("invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits"), WRONG_PRICE
        )
        super().__init__(
            min_value=0,
            max_digits=len(str(DEAREST)) - 1,
            decimal_places=2,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            error_messages=told | {"required": "Donnez le prix d’un forfait, en euros."},
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        typed = SPACES.sub("", value).replace(",", ".") if isinstance(value, str) else value
        return super().to_python(typed)

    def prepare_value(self, value: Any) -> Any:
        """What was typed stays as it was."""
        return price(value) if isinstance(value, Decimal) else value


class ConfirmForm(forms.Form):
    price = PriceField(label="Prix d’un forfait (€)", help_text="Il ne change plus une fois la commande confirmée.")


class RecordForm(OrderForm):
    """An order that came by letter. Without a SIRET, that of the prescriber; without a price, that of the package."""

    price = PriceField(
        label="Prix d’un forfait (€)", required=False, help_text="Vide\N{NO-BREAK SPACE}: le prix du forfait choisi."
    )
    key = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput, error_messages={"invalid": "Rechargez la page."})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].label = "Prescripteur"
        self.fields["siret"] = SiretFormField(
            label="SIRET à facturer",
            max_length=30,
            required=False,
            validators=[check_siret],
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            help_text="Vide\N{NO-BREAK SPACE}: celui du prescripteur.",
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        body = data.get("organisation")
        if body and "siret" not in self.errors and not data.get("siret"):
            data["siret"] = body.siret
        return data


class InvoiceForm(forms.Form):
    """On which invoice the lines of a month are."""

    number = forms.CharField(
        label="Numéro de la facture",
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Donnez le numéro de la facture."},
    )
    dated_on = day_field("Date de la facture")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Raison",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_REASON}),
        error_messages={"required": "Dites pourquoi."},
    )


class TakeBackForm(ReasonForm):
    """Why an invoice counts no more: its row is never changed, nor emptied."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = "Sans nom de personne\N{NO-BREAK SPACE}: ces mots restent."


class GiveForm(forms.Form):
    """One of the members who wait for a sheet."""

    member = forms.ModelChoiceField(
        Member.objects.none(),
        label="À qui",
        to_field_name="reference",
        empty_label="Choisissez",
        error_messages=IN_THE_LIST | {"required": "Choisissez un membre."},
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]  # a choice field


class SheetOfForm(forms.Form):
    """Of which order: its first free sheet is given."""

    order = forms.ChoiceField(
        label="De quelle commande",
        widget=forms.RadioSelect,
        error_messages=IN_THE_LIST | {"required": "Choisissez une commande."},
    )

    def __init__(self, *args: Any, sheets: list[Sheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets: dict[str, Sheet] = {}
        counts: dict[str, int] = {}
        for sheet in sheets:
            self.sheets.setdefault(sheet.order.reference, sheet)
            counts[sheet.order.reference] = counts.get(sheet.order.reference, 0) + 1
        self.fields["order"].choices = [  # type: ignore[attr-defined]  # a choice field
            (reference, _said(sheet.order, counts[reference])) for reference, sheet in self.sheets.items()
        ]

    @property
    def sheet(self) -> Sheet:
        return self.sheets[self.cleaned_data["order"]]


def _said(order: Order, free: int) -> str:
    left = "une planche libre" if free == 1 else f"{free} planches libres"
    return f"{order.organisation}, commande {order}, {order.version.package}\N{NO-BREAK SPACE}: {left}"
