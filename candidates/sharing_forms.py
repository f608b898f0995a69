"""What people type around a page: portrait, messages, consents, objections."""

from datetime import date
from typing import Any

from django import forms

from accounts.models import Member, Organisation
from candidates import consents
from candidates.forms import SeenForm
from candidates.portraits import PortraitField
from pages.templatetags.french import short_date

EVERYBODY = "toutes"


class PortraitForm(SeenForm):
    portrait = PortraitField(
        label="Votre portrait",
        help_text="Une photo de vous, de 10 Mo au plus. Le lieu et la date de la prise de vue en sont retirés.",
        error_messages={"required": "Choisissez une image."},
    )


class MessageForm(forms.Form):
    text = forms.CharField(
        label="Votre message",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Écrivez votre message."},
    )


class AnswerForm(SeenForm):
    """The counsellor's answer to a page: what to go over, when it is sent back."""

    comment = forms.CharField(
        label="Ce que le membre peut reprendre",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ObjectionForm(forms.Form):
    text = forms.CharField(
        label="Ce qui ne va pas",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Dites ce qui ne va pas."},
    )


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **attrs: str) -> None:
        super().__init__(format="%Y-%m-%d", attrs=attrs)


class ConsentForm(forms.Form):
    """To whom, until when, with the video or not; the date of birth where it is not known and the video asks for it."""

    whom = forms.ChoiceField(
        label="Qui peut voir votre page", error_messages={"required": "Choisissez qui peut voir votre page."}
    )
    until = forms.DateField(
        label="Jusqu’au",
        error_messages={"required": "Donnez une date.", "invalid": "Écrivez une date comme 25/11/2026."},
    )
    with_video = forms.BooleanField(label="Montrer aussi ma vidéo", required=False)
    born_on = forms.DateField(
        label="Votre date de naissance",
        required=False,
        widget=DayInput(autocomplete="bday"),
        help_text="La vidéo se montre à partir de 18 ans. Personne d’autre que l’association ne lit cette date.",
        error_messages={"invalid": "Écrivez une date comme 25/11/1980."},
    )

    def __init__(self, *args: Any, member: Member, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        companies = Organisation.objects.companies().by_name()
        self.companies = {company.reference: company for company in companies}
        names = [(reference, company.name) for reference, company in self.companies.items()]
        self.fields["whom"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", "Choisir…"),
            (EVERYBODY, "Toutes les entreprises inscrites"),
            *names,
        ]
        latest = consents.last_day(member, today) or today
        self.fields["until"].widget = DayInput(min=today.isoformat(), max=latest.isoformat())
        self.fields["until"].help_text = f"Au plus tard le {short_date(latest)}."
        self.initial.setdefault("until", latest)
        self.initial.setdefault("whom", "")
        if member.born_on:
            del self.fields["born_on"]

    @property
    def organisation(self) -> Organisation | None:
        return self.companies.get(self.cleaned_data["whom"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        unknown = "born_on" in self.fields and "born_on" not in self.errors and not data.get("born_on")
        if data.get("with_video") and unknown:
            self.add_error("born_on", "Donnez votre date de naissance, ou ne montrez pas la vidéo.")
        return data
