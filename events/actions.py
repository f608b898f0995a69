"""The editors' actions on a session, each on a screen that says what it will do before it does it."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User
from events import permissions, sessions
from events.forms import ActionForm, CancelForm, RepeatForm
from events.models import InfoSession, Meeting
from pages.templatetags.french import count_of, moment, short_date

NAMESPACES = {True: "events_sessions", False: "events_member_events"}


def screen(name: str, session: Meeting, *args: Any) -> str:
    """The address of one of the editors' screens: sessions and members' events have each their own."""
    return reverse(f"{NAMESPACES[session.is_for_all]}:{name}", args=args)


class SessionActionView(WagtailAdminTemplateMixin, FormView):
    """Shows what will happen; a POST does it, by one rule of `events.sessions`, which may refuse."""

    template_name = "events/admin/action.html"
    form_class: Any = ActionForm
    header_icon = "calendar-alt"
    explanation = ""
    submit_button_label = ""
    model: Any = InfoSession

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        user = request.user
        if not isinstance(user, User) or not self.is_allowed(user):
            raise PermissionDenied
        self.editor = user
        self.session = get_object_or_404(self.model.objects.select_related("place"), reference=kwargs["reference"])
        return super().dispatch(request, *args, **kwargs)

    def is_allowed(self, user: User) -> bool:
        return permissions.can_change_sessions(user, of=self.model)

    def perform(self, data: dict[str, Any]) -> HttpResponse:
        raise NotImplementedError

    def form_valid(self, form: ActionForm) -> HttpResponse:
        try:
            return self.perform(form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.form_invalid(form)

    def form_invalid(self, form: ActionForm) -> HttpResponse:
        messages.validation_error(self.request, "Rien n’a été fait.", form)
        return super().form_invalid(form)

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"token": uuid4()}

    def get_page_subtitle(self) -> str:
        return str(self.session)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": screen("list", self.session), "label": str(capfirst(self.model._meta.verbose_name_plural))},
            {"url": self.edit_url(self.session), "label": str(self.session)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "media": context["form"].media,
            "session": self.session,
            "explanation": self.get_explanation(),
            "submit_button_label": self.submit_button_label,
            "action_url": self.request.path,
            "back_url": self.edit_url(self.session),
        }

    def get_explanation(self) -> str:
        return self.explanation

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
        copy = sessions.duplicate(self.session, token=data["token"], by=self.editor)
        return self.said(f"Voici la copie : un brouillon, le {moment(copy.starts_at)}.", url=self.edit_url(copy))


class RepeatView(CopyView):
    page_title = "Répéter chaque semaine"
    submit_button_label = "Créer les réunions"
    form_class = RepeatForm

    def get_explanation(self) -> str:
        start = self.session.starts_at
        return (
            f"Cette réunion a lieu le {moment(start)}. Elle sera copiée chaque semaine, le même jour et à la même "
            "heure, changements d’heure compris. Aucune semaine n’est sautée : retirez ensuite celles qui tombent "
            "un jour férié."
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"source": self.session}

    def perform(self, data: dict[str, Any]) -> HttpResponse:
        made = sessions.repeat_weekly(
            self.session,
            weeks=data["weeks"],
            token=data["token"],
            visible=bool(data.get("visible")),
            by=self.editor,
        )
        many = count_of(len(made), "réunion créée,réunions créées")
        last = short_date(made[-1].starts_at)
        return self.said(f"{many}, la dernière le {last}.", url=screen("list", self.session))


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
        sessions.cancel(self.session, because=data["because"], by=self.editor)
        return self.said("La réunion est annulée.", url=self.edit_url(self.session))


class RestoreView(SessionActionView):
    page_title = "Rétablir"
    submit_button_label = "Rétablir la réunion"

    def get_explanation(self) -> str:
        since = short_date(self.session.cancelled_at or timezone.now())
        return (
            f"Annulée le {since} : {self.session.cancelled_because} Si vous la rétablissez, le site l’annonce de "
            "nouveau, la raison est effacée et les personnes inscrites sont prévenues."
        )

    def perform(self, _data: dict[str, Any]) -> HttpResponse:
        sessions.restore(self.session, by=self.editor)
        return self.said("La réunion est rétablie.", url=self.edit_url(self.session))
