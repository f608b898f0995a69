"""What a member types on their page, step by step. What was typed stays in a form that is refused."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from association.models import Departement, Sector, StructureKind
from candidates.languages import LANGUAGES, LEVELS
from candidates.models import Experience, Version

MOST_SKILLS, LONGEST_SKILL = 15, 60
MOST_LANGUAGES, MOST_LINKS = 5, 3
LONGEST_CAREER = 50
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


class SeenForm(forms.Form):
    """Remembers how the page was when it was opened: another window may change it meanwhile."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def clean_seen(self) -> datetime:
        """What was changed by hand is a moment that nobody has seen."""
        try:
            moment = datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            return NEVER
        return moment if timezone.is_aware(moment) else NEVER

    def see(self, moment: datetime) -> None:
        """Show the form again as opened now, with what was typed."""
        data = MultiValueDict(dict(self.data.lists()) if isinstance(self.data, MultiValueDict) else {})
        data["seen"] = moment.isoformat()
        self.data = data

    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class PresentationForm(SeenForm):
    headline = forms.CharField(
        label="Vous, en une phrase",
        max_length=120,
        help_text="Par exemple « Cuisinière, je cherche une cuisine collective près de chez moi ».",
        error_messages={"required": "Écrivez une phrase qui vous présente."},
    )
    summary = forms.CharField(
        label="Qui vous êtes",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Ce que vous savez faire, ce qui vous plaît, ce que vous cherchez. N’écrivez ni adresse, ni santé.",
    )

    @classmethod
    def shown(cls, version: Version) -> dict[str, Any]:
        return {"headline": version.headline, "summary": version.summary}


class SearchForm(SeenForm):
    sectors = forms.ModelMultipleChoiceField(
        label="Les secteurs qui vous intéressent",
        queryset=Sector.objects.order_by("name"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    structures = forms.ModelMultipleChoiceField(
        label="Les structures où vous aimeriez travailler",
        queryset=StructureKind.objects.order_by("name"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    departements = forms.ModelMultipleChoiceField(
        label="Les départements où vous pouvez travailler",
        queryset=Departement.objects.by_code(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    availability = forms.ChoiceField(
        label="Vous êtes disponible",
        choices=Version.Availability.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Dites quand vous êtes disponible."},
    )

    @classmethod
    def shown(cls, version: Version) -> dict[str, Any]:
        many = ("sectors", "structures", "departements")
        chosen = {name: getattr(version, name).all() if version.pk else [] for name in many}
        return {"availability": version.availability, **chosen}

    def answers(self) -> dict[str, Any]:
        return {name: value if isinstance(value, str) else list(value) for name, value in super().answers().items()}


class SkillsForm(SeenForm):
    """Skills one to a line; languages chosen in a list; links, whose address is always https."""

    skills = forms.CharField(
        label="Ce que vous savez faire",
        required=False,
        max_length=MOST_SKILLS * (LONGEST_SKILL + 2),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=f"Une compétence par ligne, {MOST_SKILLS} au plus. Par exemple « conduire une camionnette ».",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_LANGUAGES + 1):
            self.fields[f"language_{number}"] = forms.ChoiceField(
                label=f"Langue {number}", choices=[("", "Aucune"), *LANGUAGES.items()], required=False
            )
            self.fields[f"level_{number}"] = forms.ChoiceField(
                label=f"Niveau en langue {number}", choices=[("", "À choisir"), *LEVELS.items()], required=False
            )
        for number in range(1, MOST_LINKS + 1):
            self.fields[f"link_title_{number}"] = forms.CharField(
                label=f"Nom du lien {number}", max_length=60, required=False
            )
            self.fields[f"link_{number}"] = forms.CharField(
                label=f"Adresse du lien {number}",
                max_length=200,
                required=False,
                widget=forms.URLInput(attrs={"placeholder": "https://…"}),
            )

    @property
    def languages(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"language_{number}"], self[f"level_{number}"]) for number in range(1, MOST_LANGUAGES + 1)]

    @property
    def links(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"link_title_{number}"], self[f"link_{number}"]) for number in range(1, MOST_LINKS + 1)]

    @classmethod
    def shown(cls, version: Version) -> dict[str, Any]:
        initial: dict[str, Any] = {"skills": "\n".join(version.skills)}
        for number, language in enumerate(version.languages, start=1):
            initial |= {f"language_{number}": language["name"], f"level_{number}": language["level"]}
        for number, link in enumerate(version.links, start=1):
            initial |= {f"link_title_{number}": link["title"], f"link_{number}": link["url"]}
        return initial

    def clean_skills(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["skills"].splitlines())
        skills = list(dict.fromkeys(line for line in lines if line))
        if len(skills) > MOST_SKILLS:
            raise ValidationError(f"Gardez {MOST_SKILLS} compétences au plus : il y en a {len(skills)}.")
        if too_long := next((skill for skill in skills if len(skill) > LONGEST_SKILL), ""):
            raise ValidationError(f"« {too_long[:30]}… » est trop long : {LONGEST_SKILL} caractères au plus par ligne.")
        return skills

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in range(1, MOST_LINKS + 1):
            self._check_link(number, data.get(f"link_{number}", ""))
        return data

    def _check_link(self, number: int, url: str) -> None:
        if not url:
            return
        try:
            URLValidator(schemes=["https"])(url)
            is_safe = not (urlsplit(url).username or urlsplit(url).password)
        except ValidationError:
            is_safe = False
        if not is_safe:
            self.add_error(f"link_{number}", "Écrivez une adresse complète, qui commence par https://.")

    def answers(self) -> dict[str, Any]:
        data = self.cleaned_data
        languages: dict[str, dict[str, str]] = {}
        for number in range(1, MOST_LANGUAGES + 1):
            if name := data[f"language_{number}"]:
                languages.setdefault(name, {"name": name, "level": data[f"level_{number}"]})
        links = [
            {"title": data[f"link_title_{number}"] or urlsplit(url).hostname, "url": url}
            for number in range(1, MOST_LINKS + 1)
            if (url := data[f"link_{number}"])
        ]
        return {"skills": data["skills"], "languages": list(languages.values()), "links": links}


class ExperienceForm(SeenForm):
    title = forms.CharField(
        label="Ce que vous faisiez", max_length=120, error_messages={"required": "Dites ce que vous faisiez."}
    )
    employer = forms.CharField(label="Chez qui", max_length=120, required=False)
    sector = forms.ModelChoiceField(
        label="Le secteur",
        queryset=Sector.objects.order_by("name"),
        required=False,
        empty_label="Aucun de ceux-là",
        help_text="Avec la durée, c’est la seule chose qui se lit dans votre mini-CV.",
    )
    starts = forms.CharField(
        label="Depuis", max_length=30, required=False, help_text="Comme vous le dites : « mi 2018 »."
    )
    ends = forms.CharField(label="Jusqu’à", max_length=30, required=False)
    years = forms.IntegerField(
        label="Durée, en années",
        min_value=1,
        max_value=LONGEST_CAREER,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    text = forms.CharField(
        label="Ce que vous y avez fait", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    @classmethod
    def shown(cls, experience: Experience) -> dict[str, Any]:
        names = ("title", "employer", "sector", "starts", "ends", "years", "text")
        return {name: getattr(experience, name) for name in names}
