from typing import Any, ClassVar

from django.db import models

from events.models.meetings import Kind, Meeting, MeetingQuerySet


class InfoSessionManager(models.Manager["InfoSession"]):
    def get_queryset(self) -> Any:
        return super().get_queryset().filter(kind=Kind.INFO)


class InfoSession(Meeting):
    """A group meeting on the jobs of the social economy, open to all."""

    objects: ClassVar[Any] = InfoSessionManager.from_queryset(MeetingQuerySet)()

    class Meta:
        proxy = True
        verbose_name = "réunion d’information"
        verbose_name_plural = "réunions d’information"


class MemberEventManager(models.Manager["MemberEvent"]):
    def get_queryset(self) -> Any:
        return super().get_queryset().exclude(kind=Kind.INFO)


class MemberEvent(Meeting):
    """A workshop, an encounter, an outing or the general assembly: members book it, in their space."""

    objects: ClassVar[Any] = MemberEventManager.from_queryset(MeetingQuerySet)()

    class Meta:
        proxy = True
        verbose_name = "événement des membres"
        verbose_name_plural = "événements des membres"
