from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from private_files.names import new_reference


class NoticeQuerySet(models.QuerySet["Notice"]):
    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")


class Notice(models.Model):
    """A message to somebody: written in the transaction that needs it, sent by a worker, then only a line of a log.

    `key`, where it is given, says of what the message speaks: the same one is
    never sent twice. The text is forgotten once sent, for it may hold a link
    that opens something.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    kind = models.CharField("message", max_length=40)
    key = models.CharField(max_length=120, unique=True, null=True)
    recipient = models.EmailField("à", max_length=320)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="personne"
    )
    subject = models.CharField("objet", max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    sent_at = models.DateTimeField("envoyé le", null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "message envoyé"
        verbose_name_plural = "messages envoyés"

    def __str__(self) -> str:
        return f"{self.subject}, à {self.recipient}"
