"""What people type about appointments: a slot, a time of the counsellor's own, when they receive, days off."""

from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms

from accompaniment.models import WEEKDAYS, Appointment
from accompaniment.slots import Slot
from accounts.models import Counsellor, Member, User
from association.clocks import moment_of
from pages.templatetags.french import hour as in_words
from pages.templatetags.french import short_date

WRONG_DATE = {"required": "Donnez un jour.", "invalid": "Cette date n’existe pas."}
WRONG_HOUR = {"required": "Donnez une heure.", "invalid": "Écrivez l’heure ainsi : 14:30."}
WRONG_NUMBER = {
    "required": "Donnez une durée en minutes.",
    "invalid": "Écrivez un nombre de minutes.",
    "min_value": "Au moins %(limit_value)s minutes.",
    "max_value": "Au plus %(limit_value)s minutes.",
}


def day_field(label: str, **options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, error_messages=WRONG_DATE, **options)


def hour_field(label: str) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, widget=widget, error_messages=WRONG_HOUR)


class SlotForm(forms.Form):
    """One of the slots that are free now. What was taken in between is no longer among them."""

    slot = forms.ChoiceField(
        label="Créneau",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez un créneau.",
            "invalid_choice": "Ce créneau vient d’être pris. Choisissez-en un autre : en voici qui sont libres.",
        },
    )

    def __init__(self, *args: Any, slots: list[Slot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slots = {slot.key: slot for slot in slots}
        cast("forms.ChoiceField", self.fields["slot"]).choices = [(key, key) for key in self.slots]

    def chosen(self) -> Slot:
        return self.slots[self.cleaned_data["slot"]]


class PlaceForm(forms.Form):
    """Somewhere, or by video."""

    place = forms.CharField(label="Lieu", max_length=200, required=False)
    video_url = forms.URLField(
        label="Lien de la visioconférence",
        required=False,
        assume_scheme="https",
        help_text="Pour un rendez-vous à distance : laissez alors le lieu vide.",
        error_messages={"invalid": "Cette adresse n’est pas complète. Par exemple : https://visio.example.org/salle."},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("place")) == bool(data.get("video_url")):
            self.add_error("place", "Donnez un lieu ou un lien de visioconférence, pas les deux.")
        return data


class TimeForm(PlaceForm):
    """A time that the counsellor chooses freely."""

    day = day_field("Jour")
    hour = hour_field("Heure")
    length = forms.IntegerField(
        label="Durée (minutes)", min_value=15, max_value=240, initial=60, error_messages=WRONG_NUMBER
    )
    field_order: tuple[str, ...] = ("day", "hour", "length", "place", "video_url")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        day, hour = data.get("day"), data.get("hour")
        if day and hour and moment_of(day, hour) is None:
            written = in_words(datetime.combine(day, hour))
            self.add_error("hour", f"Le {short_date(day)}, les horloges avancent d’une heure : {written} n’existe pas.")
        return data

    def slot(self, counsellor: Counsellor) -> Slot:
        data = self.cleaned_data
        starts_at = cast("datetime", moment_of(data["day"], data["hour"]))
        ends_at = starts_at + timedelta(minutes=data["length"])
        return Slot(counsellor, starts_at, ends_at, data["place"], data["video_url"])


class FixForm(TimeForm):
    """An appointment with one of the counsellor's own members."""

    member = forms.ModelChoiceField(
        Member.objects.none(),
        label="Membre",
        to_field_name="reference",
        empty_label="Choisissez",
        error_messages={"required": "Choisissez un membre.", "invalid_choice": "Choisissez l’un de vos membres."},
    )
    kind = forms.ChoiceField(label="Nature", choices=Appointment.Kind, initial=Appointment.Kind.INDIVIDUAL)
    field_order = ("member", "kind", "day", "hour", "length", "place", "video_url")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Member.objects.followed_by(user).not_erased().exclude(user=user)
        cast("forms.ModelChoiceField[Member]", self.fields["member"]).queryset = mine.by_name()


class AvailabilityForm(PlaceForm):
    """When somebody receives, each week."""

    weekday = forms.TypedChoiceField(label="Jour", choices=WEEKDAYS, coerce=int)
    starts = hour_field("De")
    ends = hour_field("À")
    length = forms.IntegerField(
        label="Durée d’un rendez-vous (minutes)", min_value=15, max_value=240, initial=60, error_messages=WRONG_NUMBER
    )
    pause = forms.IntegerField(
        label="Pause entre deux (minutes)", min_value=0, max_value=120, initial=0, error_messages=WRONG_NUMBER
    )
    since = day_field("À partir du")
    until = day_field("Jusqu’au", required=False, help_text="Vide : sans fin prévue.")
    field_order = ("weekday", "starts", "ends", "length", "pause", "place", "video_url", "since", "until")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        starts, ends = data.get("starts"), data.get("ends")
        if isinstance(starts, time) and isinstance(ends, time) and ends <= starts:
            self.add_error("ends", "La fin vient après le début.")
        since, until = data.get("since"), data.get("until")
        if isinstance(since, date) and isinstance(until, date) and until < since:
            self.add_error("until", "La fin vient après le début.")
        return data


class DaysOffForm(forms.Form):
    starts_on = day_field("Du")
    ends_on = day_field("Au", help_text="Ce jour compris.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "La fin vient après le début.")
        return data
