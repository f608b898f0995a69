from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from errands.models import Errand
from private_files.names import new_reference

# The errand that sends a notice: its `about` is the notice's reference.
ERRAND = "notice"


class Channel(models.TextChoices):
    MAIL = "mail", "e-mail"
    SMS = "sms", "SMS"


class State(models.TextChoices):
    SENT = "envoi", "envoyé"
    WAITING = "attente", "en attente"
    GIVEN_UP = "abandon", "abandonné"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")

    def about(self, reference: str) -> Self:
        """What was written to anybody about this booking, this appointment."""
        return self.filter(about=reference)

    def in_state(self, state: State) -> Self:
        if state == State.SENT:
            return self.filter(sent_at__isnull=False)
        given_up = Q(reference__in=_given_up())
        return self.filter(given_up if state == State.GIVEN_UP else ~given_up, sent_at__isnull=True)

    def with_state(self) -> Self:
        """Each with its `state`: a message is given up when its errand is."""
        return self.annotate(
            state=Case(
                When(sent_at__isnull=False, then=Value(State.SENT)),
                When(reference__in=_given_up(), then=Value(State.GIVEN_UP)),
                default=Value(State.WAITING),
                output_field=models.CharField(),
            )
        )


def _given_up() -> models.QuerySet[Errand, Any]:
    return Errand.objects.given_up().filter(kind=ERRAND).values("about")


class Notice(models.Model):
    """A message to somebody: written in the transaction that needs it, sent by a worker, then only a line of a log.

    `key`, where it is given, says of what the message speaks: the same one is
    never sent twice; `about` is the reference of the thing whose log it is in.
    The text is forgotten once sent, for it may hold a link that opens
    something. An SMS goes to `telephone`, and has no `recipient`.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    kind = models.CharField("message", max_length=40)
    key = models.CharField(max_length=120, unique=True, null=True)
    about = models.CharField("au sujet de", max_length=40, blank=True, db_index=True)
    channel = models.CharField("par", max_length=4, choices=Channel, default=Channel.MAIL)
    recipient = models.EmailField("à", max_length=320, blank=True)
    telephone = models.CharField("au numéro", max_length=30, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="personne"
    )
    subject = models.CharField("objet", max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    sent_at = models.DateTimeField("envoyé le", null=True)

    objects = NoticeQuerySet.as_manager()

    # Nothing that editors use: an entry of Wagtail's index for each message would cost three queries and serve nobody.
    wagtail_reference_index_ignore = True

    # Of one that was read `with_state`.
    state: str

    class Meta:
        verbose_name = "message envoyé"
        verbose_name_plural = "messages envoyés"
        indexes = [models.Index(fields=["asked_at"], name="notices_not_sent", condition=Q(sent_at=None))]
        constraints = [
            models.CheckConstraint(
                name="notices_notice_goes_somewhere",
                condition=Q(channel="mail") & ~Q(recipient="") | Q(channel="sms") & ~Q(telephone=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject}, à {self.address}"

    @property
    def address(self) -> str:
        """The mailbox or the telephone that it goes to."""
        return self.telephone if self.channel == Channel.SMS else self.recipient

    @property
    def state_in_words(self) -> str:
        return State(self.state).label
