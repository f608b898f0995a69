"""What the editors' interface asks of sessions and places."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from events import sessions
from events.actions import screen
from events.journal import ACTIONS
from events.models import Meeting, Place
from events.viewsets import SessionsGroup

register_snippet(SessionsGroup)


@hooks.register("before_delete_snippet")
def refuse_deletion(request: HttpRequest, instances: Iterable[Any]) -> HttpResponse | None:
    """The rules on deleting, for one or for several at once: a refusal keeps them all and says why."""
    try:
        for instance in instances:
            if isinstance(instance, Meeting):
                sessions.check_deletion(instance, now=timezone.now())
            elif isinstance(instance, Place):
                sessions.check_place_deletion(instance)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(reverse("events_places:list") if isinstance(instance, Place) else screen("list", instance))
    return None


@hooks.register("register_log_actions")
def name_our_actions(actions: LogActionRegistry) -> None:
    """How the history of a session tells what was done to it."""
    actions.register_action("events.cancel", "Annuler", "Réunion annulée")
    actions.register_action("events.restore", "Rétablir", "Réunion rétablie")
    actions.register_action("events.copy", "Copier", "Copie d’une autre réunion")
    for action, (label, message) in ACTIONS.items():
        actions.register_action(action, label, message)


class FiguresItem(MenuItem):
    """For administrators: the figures are a page of the counsellors' space, which is not theirs."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("accounts.view_member"))


@hooks.register("register_reports_menu_item")
def lead_to_the_figures() -> MenuItem:
    return FiguresItem("Réunions et suites en chiffres", reverse("figures"), icon_name="list-ol", order=90)
