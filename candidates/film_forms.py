"""What is typed and sent around a film."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from candidates import captions, helps
from candidates.models import Profile, Video
from candidates.sharing_forms import DayInput
from pages.library.text import LONGEST_CAPTIONS

TOO_LONG = "Ces sous-titres sont trop longs."


class SendFilmForm(forms.Form):
    film = forms.FileField(
        label="Votre vidéo",
        max_length=None,
        widget=forms.FileInput(attrs={"accept": "video/mp4,video/quicktime,video/webm"}),
        help_text="Trois minutes et 300 Mo au plus, en MP4, MOV ou WebM : comme votre téléphone l’enregistre. "
        "Le lieu où elle a été filmée en est retiré.",
        error_messages={"required": "Choisissez une vidéo.", "empty": "Ce fichier est vide."},
    )


class BornForm(forms.Form):
    born_on = forms.DateField(
        label="Votre date de naissance",
        widget=DayInput(autocomplete="bday"),
        help_text="La vidéo est ouverte à partir de 18 ans. Personne d’autre que l’association ne lit cette date.",
        error_messages={
            "required": "Donnez votre date de naissance.",
            "invalid": "Écrivez une date comme 25/11/1980.",
        },
    )


class CaptionsForm(forms.Form):
    """Lines with their moment, or WebVTT, typed or sent as a file; the file wins."""

    said = forms.CharField(
        label="Sous-titres",
        required=False,
        max_length=captions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "true"}),
        help_text="Une ligne par phrase, qui commence par son moment : « 0:05 Bonjour, je m’appelle Awa. »",
    )
    file = forms.FileField(
        label="Ou un fichier de sous-titres",
        required=False,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ".vtt,text/vtt"}),
        help_text="Au format WebVTT (.vtt), si vous en avez un.",
        error_messages={"empty": "Ce fichier est vide."},
    )
    transcript = forms.CharField(
        label="Ce qui est dit dans la vidéo",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Pour qui préfère lire. Laissé vide, il reprend les sous-titres.",
    )

    def __init__(self, *args: Any, video: Video, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(said=written(video), transcript=video.transcript)
        self.video = video

    def clean_said(self) -> str:
        return captions.as_webvtt(self.cleaned_data["said"], seconds=self.video.seconds)

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        if not upload:
            return ""
        if upload.size > LONGEST_CAPTIONS:
            raise ValidationError(TOO_LONG, code="long")
        try:
            text = upload.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError("Enregistrez ce fichier en UTF-8.", code="encoding") from error
        return captions.as_webvtt(text, seconds=self.video.seconds)

    @property
    def webvtt(self) -> str:
        return self.cleaned_data["file"] or self.cleaned_data["said"]

    @property
    def text(self) -> str:
        return self.cleaned_data["transcript"] or captions.words(self.webvtt)


def written(video: Video) -> str:
    """The captions that the film has, to be corrected; nothing where their file is lost."""
    if not video.captions:
        return ""
    try:
        with video.captions.open() as file:
            return file.read().decode()
    except OSError:
        return ""


class HelpForm(forms.Form):
    """To which volunteer, until when."""

    volunteer = forms.ChoiceField(
        label="À qui la confier", error_messages={"required": "Choisissez une personne de l’équipe vidéo."}
    )
    until = forms.DateField(
        label="Jusqu’au",
        error_messages={"required": "Donnez une date.", "invalid": "Écrivez une date comme 25/11/2026."},
    )

    def __init__(self, *args: Any, profile: Profile, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team: dict[str, User] = {user.email: user for user in helps.volunteers_for(profile)}
        names = [(key, str(user)) for key, user in self.team.items()]
        self.fields["volunteer"].choices = [("", "Choisir…"), *names]  # type: ignore[attr-defined]  # a choice field
        latest = today + helps.LONGEST
        self.fields["until"].widget = DayInput(min=today.isoformat(), max=latest.isoformat())

    @property
    def chosen(self) -> User:
        return self.team[self.cleaned_data["volunteer"]]
