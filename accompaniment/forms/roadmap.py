"""The roadmap as it is typed: a few rows for each kind of activity, some of them blank."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from accompaniment import roadmaps
from accompaniment.looks import drawing_of
from accompaniment.models import PackageKind, PackageVersion, Roadmap
from accompaniment.roadmaps import Line

BLANK_ROWS = 2
MOST_ROWS = 40


class ChooseVersionForm(forms.Form):
    version = forms.ModelChoiceField(
        label="Le forfait",
        queryset=PackageVersion.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choisissez un forfait.", "invalid_choice": "Ce forfait n’est plus proposé."},
    )

    def __init__(self, data: Any = None, *, versions: list[PackageVersion]) -> None:
        super().__init__(data, initial={"version": versions[0].pk if versions else None})
        field: Any = self.fields["version"]
        field.queryset = PackageVersion.objects.filter(pk__in=[version.pk for version in versions])
        names = {
            version.pk: f"{version.package.name}, {version.hours} h sur {version.window_months} mois"
            for version in versions
        }
        field.label_from_instance = lambda version: names[version.pk]


@dataclass
class Row:
    hours: forms.BoundField
    what: forms.BoundField
    when: forms.BoundField
    removed: forms.BoundField | None


@dataclass
class Group:
    """A kind of activity: its rows, and how many of its hours are planned."""

    kind: PackageKind
    drawing: str
    planned: int
    rows: list[Row]

    @property
    def left(self) -> int:
        return self.kind.hours - self.planned

    @property
    def kept(self) -> list[Row]:
        return [row for row in self.rows if row.removed]

    @property
    def blank(self) -> list[Row]:
        return [row for row in self.rows if not row.removed]

    @property
    def is_adding(self) -> bool:
        """Whether something is typed in a row that was blank."""
        return any(row.hours.value() or row.what.value() or row.when.value() for row in self.blank)


class RoadmapForm(forms.Form):
    aim = forms.CharField(
        label="L’objectif",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce que la personne veut atteindre au bout du parcours, en une ou deux phrases.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60)

    def __init__(self, roadmap: Roadmap, data: Any = None) -> None:
        super().__init__(data, initial={"aim": roadmap.aim, "seen": roadmaps.seen_of(roadmap)})
        self.roadmap = roadmap
        self.kinds = list(roadmap.version.kinds.all())
        lines: dict[int, list[Any]] = {}
        for line in roadmap.lines.all():
            lines.setdefault(line.kind_id, []).append(line)
        for kind in self.kinds:
            self._add_rows(kind, lines.get(kind.pk, []))

    def _add_rows(self, kind: PackageKind, lines: list[Any]) -> None:
        """Those that there are and a few blank ones; as many as were sent, where more were."""
        for number in range(self._count(kind, len(lines) + BLANK_ROWS)):
            line = lines[number] if number < len(lines) else None
            for name, field in _row(kind, line).items():
                self.fields[f"{kind.code}-{number}-{name}"] = field

    def _count(self, kind: PackageKind, least: int) -> int:
        sent = sum(1 for name in self.data if name.startswith(f"{kind.code}-") and name.endswith("-what"))
        return min(max(least, sent), max(least, MOST_ROWS))

    def see(self, roadmap: Roadmap) -> None:
        """The page now knows of what another tab wrote: what is typed on it may take its place."""
        sent: Any = self.data
        data = MultiValueDict(dict(sent.lists()))
        data["seen"] = roadmaps.seen_of(roadmap)
        self.data = data

    def groups(self) -> Iterator[Group]:
        for kind in self.kinds:
            rows = [self._row_at(kind, number) for number in self._places(kind)]
            yield Group(kind, drawing_of(kind.look), sum(map(_hours_in, rows)), rows)

    def _places(self, kind: PackageKind) -> Iterator[int]:
        number = 0
        while f"{kind.code}-{number}-hours" in self.fields:
            yield number
            number += 1

    def _row_at(self, kind: PackageKind, number: int) -> Row:
        start = f"{kind.code}-{number}"
        removed = self[f"{start}-removed"] if f"{start}-removed" in self.fields else None
        return Row(self[f"{start}-hours"], self[f"{start}-what"], self[f"{start}-when"], removed)

    def clean(self) -> dict[str, Any]:
        self.lines = [
            line for kind in self.kinds for number in self._places(kind) if (line := self._line(kind, number))
        ]
        return super().clean() or {}

    def _line(self, kind: PackageKind, number: int) -> Line | None:
        """What a row says; nothing where it is empty or taken away."""
        start = f"{kind.code}-{number}"
        said = {name: self.cleaned_data.get(f"{start}-{name}") for name in ("hours", "what", "when", "removed")}
        if said["removed"]:
            for name in ("hours", "what", "when"):
                self.errors.pop(f"{start}-{name}", None)
            return None
        if not said["hours"]:
            if (said["what"] or said["when"]) and f"{start}-hours" not in self.errors:
                self.add_error(f"{start}-hours", "Donnez le nombre d’heures, ou videz toute la ligne.")
            return None
        return Line(kind, said["hours"], said["what"] or kind.label, said["when"] or "")


def _row(kind: PackageKind, line: Any) -> dict[str, forms.Field]:
    about = f" ({kind.label})"
    fields: dict[str, forms.Field] = {
        "hours": forms.IntegerField(
            label="Heures",
            required=False,
            min_value=1,
            max_value=999,
            initial=line.hours if line else None,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            error_messages={
                "invalid": f"Écrivez un nombre entier d’heures{about}.",
                "min_value": f"Une activité dure au moins une heure{about}.",
                "max_value": f"C’est plus que le forfait{about}.",
            },
        ),
        "what": forms.CharField(label="Quoi", required=False, max_length=200, initial=line.what if line else ""),
        "when": forms.CharField(label="Quand", required=False, max_length=80, initial=line.when if line else ""),
    }
    if line:
        fields["removed"] = forms.BooleanField(label="Retirer", required=False)
    return fields


def _hours_in(row: Row) -> int:
    """What the row shows, also when it was refused."""
    value = str(row.hours.value() or "")
    is_removed = row.removed is not None and bool(row.removed.value())
    return int(value) if value.isdecimal() and len(value) < 4 and not is_removed else 0
