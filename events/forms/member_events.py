"""What editors type about a members' event, besides what they type about a session."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from accompaniment.models import PackageKind, PackageVersion
from events.forms.editing import SessionForm
from events.models import Kind

KINDS = [(kind.value, capfirst(kind.label)) for kind in Kind if kind != Kind.INFO]


class MemberEventForm(SessionForm):
    """The hours that it takes of a passport are of one of the activities that are sold today."""

    kind = forms.ChoiceField(label="Nature", choices=KINDS, initial=Kind.WORKSHOP, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Aucune : l’événement n’utilise pas d’heure"), *activities()]
        present = self.instance.activity
        if present and present not in dict(choices):
            choices.append((present, present))
        self.fields["activity"] = forms.ChoiceField(label="Activité du passeport", choices=choices, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        hours, activity = data.get("hours") or 0, data.get("activity")
        if hours and not activity:
            self.add_error("activity", "Choisissez l’activité dont ces heures sont prises.")
        if activity and not hours:
            self.add_error("hours", "Dites combien d’heures de cette activité l’événement utilise.")
        if data.get("kind") == Kind.ASSEMBLY and hours:
            self.add_error("hours", ValidationError("L’assemblée générale n’utilise aucune heure de passeport."))
        return data


def activities() -> list[tuple[str, str]]:
    """The kinds of activity of the versions sold now, each once, in their order."""
    latest = {version.package_id: version.pk for version in reversed(PackageVersion.objects.live().latest_first())}
    kinds = PackageKind.objects.filter(version__in=latest.values()).order_by("position", "pk")
    return list({kind.code: (kind.code, kind.label) for kind in kinds}.values())
