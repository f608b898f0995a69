"""What administrators type in the draft of a package or of a grid: a few rows, some of them blank."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms

from accompaniment import grids, packages
from accompaniment.models import Grid, Look, PackageVersion, Question

BLANK_ROWS = 2


class NameForm(forms.Form):
    name = forms.CharField(label="Nom du forfait", max_length=80)


class RowsForm(forms.Form):
    """Rows that follow one another by their number; one without words is not there."""

    row_title = ""
    most_rows = 0
    needed = "label"

    def __init__(self, rows: Iterable[dict[str, Any]], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        known = list(rows)
        sent = sum(1 for name in self.data if name.startswith("row-") and name.endswith(f"-{self.needed}"))
        self.length = min(max(len(known) + BLANK_ROWS, sent), self.most_rows)
        for number in range(self.length):
            row = known[number] if number < len(known) else {}
            for name, field in self.fields_of_a_row().items():
                field.initial = row.get(name, field.initial)
                self.fields[f"row-{number}-{name}"] = field
            self.fields[f"row-{number}-place"].initial = number + 1
            self.fields[f"row-{number}-code"] = forms.CharField(
                required=False, max_length=30, widget=forms.HiddenInput, initial=row.get("code", "")
            )

    def fields_of_a_row(self) -> dict[str, forms.Field]:
        raise NotImplementedError

    def heads(self) -> Iterator[forms.BoundField]:
        yield from (field for field in self.visible_fields() if not field.name.startswith("row-"))

    def rows(self) -> Iterator[list[forms.BoundField]]:
        names = self.fields_of_a_row()
        for number in range(self.length):
            yield [self[f"row-{number}-{name}"] for name in names]

    def said(self) -> list[dict[str, Any]]:
        """The rows that say something, in the order that was asked for."""
        found = []
        for number in range(self.length):
            start = f"row-{number}-"
            sent = self.cleaned_data.items()
            row = {name.removeprefix(start): value for name, value in sent if name.startswith(start)}
            if row.get(self.needed):
                found.append(row)
        found.sort(key=lambda row: row.pop("place") or self.length)
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in range(self.length):
            if not data.get(f"row-{number}-{self.needed}"):
                for name in self.fields_of_a_row():
                    self.errors.pop(f"row-{number}-{name}", None)
            else:
                self.check_row(number, data)
        return data

    def check_row(self, number: int, data: dict[str, Any]) -> None:
        """What a row that says something lacks."""


def _place() -> forms.Field:
    return forms.IntegerField(label="Ordre", required=False, min_value=1, max_value=99)


class VersionForm(RowsForm):
    row_title = "Activité"
    most_rows = packages.MOST_KINDS

    window_months = forms.IntegerField(label="Durée (mois)", min_value=1, max_value=24)
    reflection_days = forms.IntegerField(
        label="Temps de réflexion (jours)",
        min_value=0,
        max_value=90,
        help_text="Entre la proposition du contrat et sa signature.",
    )
    price = forms.DecimalField(
        label="Prix d’un forfait (€)",
        min_value=0,
        max_digits=9,
        decimal_places=2,
        help_text="Une commande garde le prix du jour où elle est demandée.",
    )
    extension_motives = forms.CharField(
        label="Motifs de prolongation",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Un par ligne. Sans motif, un passeport ne se prolonge pas.",
    )
    longest_extension_days = forms.IntegerField(label="Prolongation (jours au plus)", min_value=0, max_value=366)

    def __init__(self, version: PackageVersion, data: Any = None) -> None:
        facts = {name: getattr(version, name) for name in packages.FACTS}
        rows: Any = version.kinds.values()
        super().__init__(rows, data, initial=facts)

    def fields_of_a_row(self) -> dict[str, forms.Field]:
        return {
            "label": forms.CharField(
                label="Nom", required=False, max_length=80, help_text="Videz le nom pour retirer l’activité."
            ),
            "look": forms.ChoiceField(label="Présentation", required=False, choices=Look.choices),
            "hours": forms.IntegerField(label="Heures", required=False, min_value=1, max_value=999),
            "usual_hours": forms.IntegerField(label="Heures par séance", required=False, min_value=1, max_value=24),
            "goes_beyond_window": forms.BooleanField(label="Peut finir après la durée", required=False),
            "place": _place(),
        }

    def check_row(self, number: int, data: dict[str, Any]) -> None:
        for name, told in (("hours", "Donnez les heures."), ("usual_hours", "Donnez les heures d’une séance.")):
            field = f"row-{number}-{name}"
            if not data.get(field) and field not in self.errors:
                self.add_error(field, told)


class GridForm(RowsForm):
    row_title = "Question"
    most_rows = grids.MOST_QUESTIONS

    def __init__(self, grid: Grid, data: Any = None) -> None:
        rows: Any = list(grid.questions.values())
        for row in rows:
            row["choices"] = "\n".join(row["choices"])
        super().__init__(rows, data)

    def fields_of_a_row(self) -> dict[str, forms.Field]:
        return {
            "label": forms.CharField(
                label="Question", required=False, max_length=160, help_text="Videz la question pour la retirer."
            ),
            "help": forms.CharField(label="Aide", required=False, max_length=300),
            "kind": forms.ChoiceField(label="Réponse", required=False, choices=Question.Kind.choices),
            "choices": forms.CharField(
                label="Choix possibles",
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text="Un par ligne, pour une réponse par choix.",
            ),
            "place": _place(),
        }

    def said(self) -> list[dict[str, Any]]:
        rows = super().said()
        for row in rows:
            lines = (" ".join(line.split()) for line in row["choices"].splitlines())
            row["choices"] = list(dict.fromkeys(line for line in lines if line))
        return rows
