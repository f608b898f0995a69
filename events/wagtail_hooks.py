"""What the editors' interface asks of sessions and places."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from events import sessions
from events.models import InfoSession, Place
from events.viewsets import SessionsGroup

register_snippet(SessionsGroup)


@hooks.register("before_delete_snippet")
def refuse_deletion(request: HttpRequest, instances: Iterable[Any]) -> HttpResponse | None:
    """The rules on deleting, for one or for several at once: a refusal keeps them all and says why."""
    try:
        for instance in instances:
            if isinstance(instance, InfoSession):
                sessions.check_deletion(instance, now=timezone.now())
            elif isinstance(instance, Place):
                sessions.check_place_deletion(instance)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(f"{'events_places' if isinstance(instance, Place) else 'events_sessions'}:list")
    return None


@hooks.register("register_log_actions")
def name_our_actions(actions: LogActionRegistry) -> None:
    """How the history of a session tells what was done to it."""
    actions.register_action("events.cancel", "Annuler", "Réunion annulée")
    actions.register_action("events.restore", "Rétablir", "Réunion rétablie")
    actions.register_action("events.copy", "Copier", "Copie d’une autre réunion")
