"""A visit as it is typed, with hours as clocks show them."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from accompaniment.forms.appointments import day_field, hour_field
from accompaniment.models import PackageKind
from association.clocks import moment_of
from pages.templatetags.french import hour as in_words
from pages.templatetags.french import short_date
from passport import rules
from passport.models import Passport
from passport.visits import LONGEST_DAY, Said

AN_HOUR = timedelta(hours=1)
FURTHEST = timedelta(days=1000)
TWICE = [("premiere", "la première fois, avant le changement d’heure"), ("seconde", "la seconde fois, après")]


def moments_of(day: date, hour: time) -> list[datetime]:
    """When clocks show this hour on this day: never, once, or twice."""
    first = moment_of(day, hour)
    if first is None:
        return []
    again = first + AN_HOUR
    return [first, again] if timezone.localtime(again).time() == timezone.localtime(first).time() else [first]


class VisitForm(forms.Form):
    """`kind` comes from the step before, `origin` is what was planned; `key` makes that sent twice it is one visit."""

    kind = forms.CharField(widget=forms.HiddenInput, max_length=20)
    origin = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    paper = forms.CharField(widget=forms.HiddenInput, max_length=24, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    day = day_field("Jour")
    hour = hour_field("Heure de début")
    twice = forms.ChoiceField(
        label="Cette heure existe deux fois ce jour-là",
        choices=TWICE,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Dites de laquelle il s’agit."},
    )
    hours = forms.TypedChoiceField(
        label="Durée",
        coerce=int,
        choices=[
            (number, f"{number}\N{NO-BREAK SPACE}h{', deux chèques' if number > rules.LONGEST_VISIT else ''}")
            for number in range(1, LONGEST_DAY + 1)
        ],
        error_messages={
            "required": "Dites combien d’heures.",
            "invalid_choice": f"Choisissez de 1 à {LONGEST_DAY} heures entières.",
        },
    )
    resumes = forms.TimeField(
        label="Reprise l’après-midi",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text="Au-delà de 4\N{NO-BREAK SPACE}heures. Vide\N{NO-BREAK SPACE}: une heure de pause.",
        error_messages={"invalid": "Écrivez l’heure ainsi\N{NO-BREAK SPACE}: 14:30."},
    )
    place = forms.CharField(label="Lieu", max_length=200, required=False)
    what = forms.CharField(
        label="Ce qui a été fait",
        max_length=200,
        required=False,
        help_text="En une ligne, que le membre lit avant de signer. Vide\N{NO-BREAK SPACE}: le nom de l’activité.",
    )

    def __init__(self, *args: Any, passport: Passport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.passport = passport
        self.kinds = {kind.code: kind for kind in passport.version.kinds.all()}
        self.is_doubled = False

    @property
    def of_kind(self) -> PackageKind | None:
        return self.kinds.get(self["kind"].value() or "")

    @property
    def may_be_two(self) -> bool:
        """Whether the afternoon is asked for."""
        hours = str(self["hours"].value() or "")
        return (hours.isdecimal() and int(hours) > rules.LONGEST_VISIT) or bool(self.errors.get("resumes"))

    def clean_day(self) -> date:
        """Far from here, no clock can count: the ledger refuses long before."""
        day: date = self.cleaned_data["day"]
        if abs(day - timezone.localdate()) > FURTHEST:
            raise forms.ValidationError("Ce jour est trop loin d’aujourd’hui.", code="far")
        return day

    def clean_kind(self) -> str:
        if self.cleaned_data["kind"] not in self.kinds:
            raise forms.ValidationError("Choisissez une activité de ce forfait.", code="kind")
        code: str = self.cleaned_data["kind"]
        return code

    def clean_origin(self) -> str:
        """What was never planned for this passport is no origin."""
        origin = self.cleaned_data["origin"]
        return origin if self.passport.reservations.filter(origin=origin).exists() else ""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("day") and data.get("hour"):
            data["starts_at"] = self._moment(data["day"], data["hour"], "hour")
        if data.get("day") and data.get("resumes") and data.get("hours", 0) > rules.LONGEST_VISIT:
            data["resumes_at"] = self._moment(data["day"], data["resumes"], "resumes")
        return data

    def _moment(self, day: date, hour: time, name: str) -> datetime | None:
        found = moments_of(day, hour)
        if not found:
            told = f"Le {short_date(day)}, les horloges avancent d’une heure\N{NO-BREAK SPACE}: "
            self.add_error(name, f"{told}{in_words(datetime.combine(day, hour))} n’existe pas.")
            return None
        if len(found) == 1 or name != "hour":
            return found[-1]
        self.is_doubled = True
        chosen = self.cleaned_data.get("twice")
        if not chosen:
            self.add_error("twice", "Les horloges ont reculé cette nuit-là\N{NO-BREAK SPACE}: dites laquelle.")
        return found[0] if chosen == "premiere" else found[1]

    def said(self) -> Said:
        data = self.cleaned_data
        kind = self.kinds[data["kind"]]
        return Said(
            kind.code,
            data["starts_at"],
            data["hours"],
            data["what"] or kind.label,
            place=data["place"],
            origin=data["origin"],
            resumes_at=data.get("resumes_at"),
        )

    @staticmethod
    def shown(said: Said) -> dict[str, Any]:
        """What the form proposes."""
        local = timezone.localtime(said.starts_at)
        return {
            "kind": said.kind,
            "origin": said.origin,
            "day": local.date(),
            "hour": local.time(),
            "hours": said.hours,
            "place": said.place,
        }
