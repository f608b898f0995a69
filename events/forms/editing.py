"""What editors type about a session: a day and two hours, where it takes place, when visitors see it."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from association.models import Departement
from events import sessions
from events.clock import on_clock
from events.models import InfoSession, Place

HOURS = ["%H:%M", "%Hh%M", "%Hh", "%H h %M", "%H h", "%H"]
MORNING = time(9)
# Where the form says what a rule says of a field of the model.
SHOWN_UNDER = {"starts_at": "start", "ends_at": "end", "publish_at": "visibility"}


class Visibility(models.TextChoices):
    DRAFT = "brouillon", "Brouillon : personne ne la voit sur le site"
    NOW = "maintenant", "Publiée : visible dès l’enregistrement"
    LATER = "plus-tard", "Programmée : visible à partir d’une date"


class DayInput(AdminDateInput):
    """Wagtail's calendar, kept from turning 31/02/2027 into 03/03/2027 without a word."""

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"validateOnBlur": False}


def day_field(**options: Any) -> forms.DateField:
    return forms.DateField(
        widget=DayInput(format="%d/%m/%Y", attrs={"placeholder": "jj/mm/aaaa"}),
        error_messages={"invalid": "Écrivez une date comme 25/11/2026."},
        **options,
    )


def hour_field(**options: Any) -> forms.TimeField:
    """Typed without Wagtail's picker, which turns « 14h30 » into 14:00 without a word."""
    return forms.TimeField(
        input_formats=HOURS,
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "14:30", "autocomplete": "off"}),
        error_messages={"invalid": "Écrivez une heure comme 14:30 ou 14h30."},
        **options,
    )


class SessionForm(WagtailAdminModelForm):
    """A session as people think of it. What was typed stays in the form when it is refused."""

    day = day_field(label="Date")
    start = hour_field(label="De")
    end = hour_field(label="À")
    visibility = forms.ChoiceField(
        label="Sur le site", choices=Visibility.choices, initial=Visibility.DRAFT, widget=forms.RadioSelect
    )
    publish_on = day_field(label="Visible à partir du", required=False)
    publish_hour = hour_field(label="À partir de", required=False, help_text="Sans heure : 9 h.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Place.objects.order_by("city", "name")
        self.fields["departement"].queryset = Departement.objects.by_code()
        self.before = type(self.instance)._base_manager.filter(pk=self.instance.pk).first()
        if self.before:
            self.initial |= _as_typed(self.before, timezone.now())

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        now = timezone.now()
        if not strip_tags(data.get("programme") or "").strip():
            data["programme"] = ""  # the editor of rich text leaves an empty paragraph
        moments = {
            "starts_at": self._moment("start", data.get("day"), data.get("start")),
            "ends_at": self._moment("end", data.get("day"), data.get("end")),
            "publish_at": self._publish_at(data, now),
        }
        if not self.errors:
            # Django fills in the other fields after `clean` only, and the rules read these.
            for name, value in (moments | {key: data[key] for key in ("place", "online_url", "seats")}).items():
                setattr(self.instance, name, value)
            self._obey(lambda: sessions.check(self.instance, now=now, before=self.before))
        return data

    def save(self, commit: bool = True) -> Any:
        session = super().save(commit=commit)
        sessions.saved(session, before=self.before)
        return session

    def _moment(self, name: str, day: Any, hour: time | None) -> datetime | None:
        if not day or hour is None:
            return None
        try:
            return on_clock(day, hour)
        except ValidationError as error:
            self.add_error(name, error)
            return None

    def _publish_at(self, data: dict[str, Any], now: datetime) -> datetime | None:
        chosen = data.get("visibility")
        if chosen == Visibility.NOW:
            return self.before.publish_at if self.before and self.before.is_published(now) else now
        if chosen != Visibility.LATER:
            return None
        if not data.get("publish_on"):
            if "publish_on" not in self.errors:
                self.add_error("publish_on", "Donnez la date à laquelle la réunion devient visible.")
            return None
        hour = data.get("publish_hour")
        moment = self._moment("publish_hour", data["publish_on"], MORNING if hour is None else hour)
        if moment and moment <= now:
            self.add_error("publish_on", "Cette date est passée. Pour publier dès maintenant, choisissez « Publiée ».")
        return moment

    def _obey(self, rule: Callable[[], None]) -> None:
        try:
            rule()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.add_error(SHOWN_UNDER.get(name, name), messages)


def _as_typed(session: InfoSession, now: datetime) -> dict[str, Any]:
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    typed = {"day": start.date(), "start": start.time(), "end": end.time(), "visibility": Visibility.DRAFT}
    if session.is_published(now):
        typed["visibility"] = Visibility.NOW
    elif session.publish_at:
        opens = timezone.localtime(session.publish_at)
        typed |= {"visibility": Visibility.LATER, "publish_on": opens.date(), "publish_hour": opens.time()}
    return typed


class ActionForm(forms.Form):
    """A demand that may reach us twice, by a double click: its token says that it is the same."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class RepeatForm(ActionForm):
    """How many times a session is repeated: a number of weeks, or up to a day."""

    weeks = forms.IntegerField(
        label="Nombre de semaines",
        required=False,
        min_value=1,
        max_value=sessions.LONGEST_SERIES,
        help_text=f"De 1 à {sessions.LONGEST_SERIES}.",
    )
    until = day_field(label="Ou jusqu’au", required=False, help_text="Cette date comprise.")
    visible = forms.ChoiceField(
        label="Les copies sont",
        choices=[("", "des brouillons"), ("oui", "visibles au même moment que cette réunion")],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, source: InfoSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        if source.publish_at is None:
            del self.fields["visible"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        weeks, until = data.get("weeks"), data.get("until")
        if not self.errors and (weeks is None) == (until is None):
            raise ValidationError("Donnez un nombre de semaines ou une date de fin : l’un des deux.", code="one_of")
        if until:
            data["weeks"] = sessions.weeks_until(self.source, until)
            if data["weeks"] < 1:
                self.add_error("until", "Choisissez un jour au moins une semaine après la réunion.")
            elif data["weeks"] > sessions.LONGEST_SERIES:
                self.add_error("until", f"Une série dure {sessions.LONGEST_SERIES} semaines au plus.")
        return data


class CancelForm(ActionForm):
    because = forms.CharField(
        label="Raison de l’annulation",
        max_length=200,
        help_text="Les visiteurs la lisent sur la page de la réunion. N’y nommez personne.",
        error_messages={"required": "Dites pourquoi la réunion est annulée."},
    )
