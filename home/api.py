"""What there is to read of the front page and of the association's, field by field."""

from typing import Any

from home.models import AssociationPage, ContactPage, HomePage
from pages.addresses import absolute
from pages.api.body import items
from pages.api.fields import Body, Field, Figure, Picture
from pages.api.library import Library
from pages.api.tree import PageType


class Address(Field):
    """An address that editors typed, whole."""

    def say(self, thing: HomePage, library: Library) -> Any:
        typed = self.value(thing)
        return absolute(typed) if typed.startswith("/") else typed


class Steps(Field):
    def say(self, thing: HomePage, library: Library) -> Any:
        steps = (step["value"] for step in thing.steps.raw_data)
        return [{"title": step["title"], "text": step["text"]} for step in steps]


class Partners(Field):
    def say(self, thing: HomePage, library: Library) -> Any:
        partners = [partner for block in thing.partners.raw_data for partner in items(block["value"])]
        return [{"name": partner["name"], "url": partner.get("url", "")} for partner in partners]


HOME = PageType(
    HomePage,
    {
        "eyebrow": Field("eyebrow"),
        "headline": Field("headline"),
        "lead": Field("lead"),
        "first_label": Field("first_label"),
        "first_url": Address("first_url"),
        "second_label": Field("second_label"),
        "second_url": Address("second_url"),
        "steps": Steps("steps"),
        "figure": Figure("figure"),
        "partners": Partners("partners"),
        "callback_text": Field("callback_text"),
    },
)
ASSOCIATION = PageType(
    AssociationPage, {"image": Picture("image"), "body": Body("body"), "in_footer": Field("in_footer")}
)
CONTACT = PageType(ContactPage, {"body": Body("body"), "thanks": Field("thanks")})
