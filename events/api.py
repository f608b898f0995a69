"""The information sessions: `/api/v2/sessions/`, each under its reference. Never the link of an online one."""

from collections.abc import Container, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from rest_framework.request import Request

from association.models import Audience
from events.models import InfoSession, Place
from pages.addresses import absolute
from pages.api import query, shapes
from pages.api.endpoint import Endpoint, Found
from pages.api.fields import Choice, Field, Fields, Group, Related, RichText, Said, said
from pages.models import SearchEntry, SearchKind
from pages.search.finding import results

WHEN = ("upcoming", "past", "all")


def place(shown: Place | None) -> shapes.Said | None:
    if shown is None:
        return None
    return {
        "name": shown.name,
        "address": shown.address,
        "postcode": shown.postcode,
        "city": shown.city,
        "departement": shapes.departement(shown.departement),
        "directions": shown.directions,
        "accessible": shown.accessible,
        "access_note": shown.access_note,
    }


META: Fields = {
    "type": Said(lambda session: session._meta.label),
    "detail_url": Said(lambda session: absolute(reverse("api:sessions:detail", args=[session.reference]))),
    "html_url": Said(lambda session: absolute(session.get_absolute_url())),
    "calendar_url": Said(lambda session: absolute(reverse("session_calendar", args=[session.reference]))),
    "updated_at": Field("updated_at"),
}
FIELDS: Fields = {
    "id": Field("reference"),
    "meta": Group(META),
    "title": Field("title"),
    "summary": Field("summary"),
    "programme": RichText("programme"),
    "audience": Choice("audience"),
    "starts_at": Field("starts_at"),
    "ends_at": Field("ends_at"),
    "departement": Related("departement", shapes.departement),
    "place": Related("place", place),
    "online": Field("is_online"),
    "seats": Field("seats"),
    "full": Field("is_full"),
    "organiser": Field("organiser"),
    "cancelled": Field("is_cancelled"),
    "cancelled_at": Field("cancelled_at"),
    "cancelled_because": Field("cancelled_because"),
}


class SessionsEndpoint(Endpoint):
    name = "sessions"
    model = InfoSession
    key = "<slug:key>"
    parameters = ("when", "departement", "audience", "starts_after", "starts_before", "search")
    listed_fields = tuple({*FIELDS, *META} - {"meta", "programme"})

    def known_fields(self, request: Request) -> set[str]:
        return {*FIELDS, *META} - {"meta"}

    def find(self, request: Request, *, start: int, stop: int) -> Found:
        when = query.choice(request.GET, "when", WHEN) or "upcoming"
        columns = query.order(request.GET, {"starts_at": "starts_at", "title": "title"}, default="starts_at")
        sessions = InfoSession.objects.open_to_all().filter(self.conditions(request)).order_by(*columns)
        if when != "all":
            sessions = sessions.upcoming() if when == "upcoming" else sessions.past()
        if "search" in request.GET:
            sessions = sessions.filter(reference__in=answering(request))
        return Found(list(sessions.values_list("reference", flat=True)[start:stop]), sessions.count())

    def conditions(self, request: Request) -> Q:
        query.choice(request.GET, "audience", Audience.values)
        after, before = query.day(request.GET, "starts_after"), query.day(request.GET, "starts_before")
        given = {
            "departement__code": request.GET.get("departement", ""),
            "audience": request.GET.get("audience", ""),
            "starts_at__gte": after and _midnight(after),
            "starts_at__lt": before and _midnight(before + timedelta(days=1)),
        }
        return Q(**{lookup: value for lookup, value in given.items() if value})

    def exists(self, key: str) -> bool:
        return InfoSession.objects.open_to_all().filter(reference=key).exists()

    def build(self, keys: Sequence[str], fields: Container[str]) -> dict[Any, tuple[shapes.Said, datetime | None]]:
        related = ("departement", "place__departement")
        sessions = list(InfoSession.objects.filter(reference__in=keys).select_related(*related))
        shown = Group(FIELDS).only(fields)
        items = said([(session, shown) for session in sessions])
        return {session.reference: item for session, item in zip(sessions, items, strict=True)}


def answering(request: Request) -> Any:
    """The references of the sessions that answer the words of `search`."""
    found = results(request, request.GET["search"], kind=SearchKind.SESSIONS)
    entries = [key for key in found.order if isinstance(key, int)]
    return SearchEntry.objects.filter(pk__in=entries).values("key")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
