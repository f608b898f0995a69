"""The départements: `/api/v2/departements/`, each under its code."""

from collections.abc import Container, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from rest_framework.request import Request

import association.converters  # noqa: F401  # registers `departement`
from association.models import Departement
from pages.addresses import absolute
from pages.api import query, shapes
from pages.api.endpoint import Endpoint, Found
from pages.api.fields import Field, Fields, Group, Picture, RichText, Said, said

META: Fields = {
    "type": Said(lambda departement: departement._meta.label),
    "detail_url": Said(lambda departement: absolute(reverse("api:departements:detail", args=[departement.code]))),
    "html_url": Said(lambda departement: absolute(departement.get_absolute_url())),
    "feed_url": Said(lambda departement: absolute(f"{departement.get_absolute_url()}flux/")),
}
FIELDS: Fields = {
    "id": Field("code"),
    "meta": Group(META),
    "code": Field("code"),
    "name": Field("name"),
    "locative": Field("locative"),
    "intro": RichText("intro"),
    "image": Picture("image"),
}


class DepartementsEndpoint(Endpoint):
    name = "departements"
    model = Departement
    key = "<departement:key>"
    listed_fields = ("id", "type", "detail_url", "html_url", "feed_url", "code", "name", "locative")

    def known_fields(self, request: Request) -> set[str]:
        return {*FIELDS, *META} - {"meta"}

    def find(self, request: Request, *, start: int, stop: int) -> Found:
        columns = query.order(request.GET, {"code": "code", "name": "name"}, default="code")
        codes = list(Departement.objects.order_by(*columns).values_list("code", flat=True))
        return Found(codes[start:stop], len(codes))

    def exists(self, key: str) -> bool:
        return Departement.objects.filter(code=key).exists()

    def build(self, keys: Sequence[str], fields: Container[str]) -> dict[Any, tuple[shapes.Said, datetime | None]]:
        departements = list(Departement.objects.filter(code__in=keys))
        shown = Group(FIELDS).only(fields)
        items = said([(departement, shown) for departement in departements])
        return {departement.code: item for departement, item in zip(departements, items, strict=True)}
