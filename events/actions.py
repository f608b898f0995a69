"""The editors' actions on a session, each on a screen that says what it will do before it does it."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from accounts.action_views import ActionView
from accounts.models import User
from events import permissions, sessions
from events.forms import ActionForm, CancelForm, RepeatForm
from events.models import InfoSession, Meeting
from pages.templatetags.french import count_of, moment, short_date

NAMESPACES = {True: "events_sessions", False: "events_member_events"}


def screen(name: str, session: Meeting, *args: Any) -> str:
    """The address of one of the editors' screens: sessions and members' events have each their own."""
    return reverse(f"{NAMESPACES[session.is_for_all]}:{name}", args=args)


class SessionActionView(ActionView):
    """By one rule of `events.sessions`."""

    form_class: Any = ActionForm
    header_icon = "calendar-alt"
    listing = "list"
    model: Any = InfoSession

    def is_allowed(self, user: User) -> bool:
        return permissions.can_change_sessions(user, of=self.model)

    def get_queryset(self) -> Any:
        return self.model.objects.select_related("place")

    def perform(self, data: dict[str, Any]) -> HttpResponse:
        raise NotImplementedError

    def answer(self, form: ActionForm) -> HttpResponse:
        return self.perform(form.cleaned_data)

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"token": uuid4()}

    def address(self, name: str, *args: Any) -> str:
        return screen(name, self.thing, *args)

    def back(self) -> str:
        return self.edit_url(self.thing)

    def edit_url(self, session: Meeting) -> str:
        return screen("edit", session, session.pk)

    def said(self, text: str, *, url: str) -> HttpResponse:
        messages.success(self.request, text)
        return redirect(url)


class CopyView(SessionActionView):
    """What makes new sessions out of one."""

    def is_allowed(self, user: User) -> bool:
        return permissions.can_copy_sessions(user, of=self.model)


class DuplicateView(CopyView):
    page_title = "Dupliquer"
    submit_button_label = "Dupliquer"
    explanation = (
        "La copie est un brouillon, une semaine plus tard, à la même heure. Son formulaire s’ouvre aussitôt : "
        "changez ce qui diffère, puis publiez-la."
    )

    def perform(self, data: dict[str, Any]) -> HttpResponse:
        copy = sessions.duplicate(self.thing, token=data["token"], by=self.by)
        return self.said(f"Voici la copie : un brouillon, le {moment(copy.starts_at)}.", url=self.edit_url(copy))


class RepeatView(CopyView):
    page_title = "Répéter chaque semaine"
    submit_button_label = "Créer les réunions"
    form_class = RepeatForm

    def get_explanation(self) -> str:
        start = self.thing.starts_at
        return (
            f"Cette réunion a lieu le {moment(start)}. Elle sera copiée chaque semaine, le même jour et à la même "
            "heure, changements d’heure compris. Aucune semaine n’est sautée : retirez ensuite celles qui tombent "
            "un jour férié."
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"source": self.thing}

    def perform(self, data: dict[str, Any]) -> HttpResponse:
        made = sessions.repeat_weekly(
            self.thing,
            weeks=data["weeks"],
            token=data["token"],
            visible=bool(data.get("visible")),
            by=self.by,
        )
        many = count_of(len(made), "réunion créée,réunions créées")
        last = short_date(made[-1].starts_at)
        return self.said(f"{many}, la dernière le {last}.", url=screen("list", self.thing))


class CancelView(SessionActionView):
    page_title = "Annuler la réunion"
    submit_button_label = "Annuler la réunion"
    form_class = CancelForm
    explanation = (
        "La réunion reste sur le site, marquée « annulée », avec la raison que vous donnez. Elle est aussi annulée "
        "dans les calendriers de celles et ceux qui s’y sont abonnés. Les personnes inscrites sont prévenues "
        "aussitôt ; appelez celles qui n’ont pas donné d’adresse e-mail."
    )

    def perform(self, data: dict[str, Any]) -> HttpResponse:
        sessions.cancel(self.thing, because=data["because"], by=self.by)
        return self.said("La réunion est annulée.", url=self.edit_url(self.thing))


class RestoreView(SessionActionView):
    page_title = "Rétablir"
    submit_button_label = "Rétablir la réunion"

    def get_explanation(self) -> str:
        since = short_date(self.thing.cancelled_at or timezone.now())
        return (
            f"Annulée le {since} : {self.thing.cancelled_because} Si vous la rétablissez, le site l’annonce de "
            "nouveau, la raison est effacée et les personnes inscrites sont prévenues."
        )

    def perform(self, _data: dict[str, Any]) -> HttpResponse:
        sessions.restore(self.thing, by=self.by)
        return self.said("La réunion est rétablie.", url=self.edit_url(self.thing))
