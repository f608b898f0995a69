"""Which figures are asked for."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst

from accounts.models import Organisation
from association.models import Audience, Departement
from events.periods import Period, Span, whole

IN_THE_LIST = {"invalid_choice": "Choisissez dans la liste."}
FIRST_YEAR, LAST_YEAR = 2000, 2100
NO_DAY = {"invalid": "Cette date n’existe pas. Écrivez-la comme 25/11/2026."}


def day_field(label: str) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget, error_messages=NO_DAY)


class FiguresForm(forms.Form):
    """A period, a département, a public, a prescriber; without anything, this year."""

    periode = forms.ChoiceField(
        label="Période",
        required=False,
        choices=[(value, capfirst(label)) for value, label in Span.choices],
        initial=Span.YEAR,
        error_messages=IN_THE_LIST,
    )
    du = day_field("Du")
    au = day_field("Au")
    departement = forms.ChoiceField(label="Département", required=False, error_messages=IN_THE_LIST)
    public = forms.ChoiceField(
        label="Public",
        required=False,
        choices=[("", "Tous"), *((value, capfirst(label)) for value, label in Audience.choices)],
        error_messages=IN_THE_LIST,
    )
    prescripteur = forms.ChoiceField(label="Prescripteur", required=False, error_messages=IN_THE_LIST)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        # Looked up here and not by the database, which answers some texts with a failure.
        self.departements = {row.code: row for row in Departement.objects.by_code()}
        self.prescribers = {row.reference: row for row in Organisation.objects.filter(is_prescriber=True).by_name()}
        self._offer("departement", [(code, row.name) for code, row in self.departements.items()])
        self._offer("prescripteur", [(key, row.name) for key, row in self.prescribers.items()])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", "Tous"), *choices]  # type: ignore[attr-defined]  # a choice field

    def clean_du(self) -> date | None:
        return self._sensible("du")

    def clean_au(self) -> date | None:
        return self._sensible("au")

    def _sensible(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(f"Choisissez une année entre {FIRST_YEAR} et {LAST_YEAR}.")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("periode") != Span.DATES or {"du", "au"} & set(self.errors):
            return data
        if not data["du"] or not data["au"]:
            self.add_error("au" if data["du"] else "du", "Donnez les deux dates.")
        elif data["du"] > data["au"]:
            self.add_error("au", "Cette date vient avant la première : échangez-les.")
        return data

    @property
    def period(self) -> Period:
        """This year where nothing is asked, or nothing that can be understood."""
        asked = getattr(self, "cleaned_data", {})
        if self.is_valid() and asked["periode"] == Span.DATES:
            return Period(asked["du"], asked["au"])
        return whole(asked.get("periode") or Span.YEAR, self.today)

    @property
    def query(self) -> dict[str, str]:
        """What was asked, for the addresses of the files."""
        if not self.is_valid():
            return {}
        return {name: str(value) for name, value in self.cleaned_data.items() if value}
