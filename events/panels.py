"""The form of a session, in the order people think: what, when, where, for how many, then who sees it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel

from events.forms import SessionForm
from events.forms.member_events import MemberEventForm
from events.models import InfoSession, State
from pages.templatetags.french import moment, short_date


class StandingPanel(Panel):
    """Where the session stands, above its fields: what visitors see of it, and since when."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "events/admin/standing.html"

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            session, now = self.form.before, timezone.now()
            told = {"session": session, "url": "", "sentence": ""}
            if session:
                told["sentence"] = standing(session, now)
                told["url"] = session.get_absolute_url() if session.is_published(now) else ""
            return super().get_context_data(parent_context) | told


def standing(session: InfoSession, now: datetime) -> str:
    """« Publiée : visible depuis le 3 mars 2027. »"""
    state = session.state(now)
    details = {
        State.DRAFT: "personne ne la voit sur le site.",
        State.PLANNED: f"visible à partir du {moment(session.publish_at)}.",
        State.PUBLISHED: f"visible depuis le {short_date(session.publish_at)}.",
        State.CANCELLED: session.cancelled_because,
        State.PAST: "elle a eu lieu ; sa page reste lisible.",
    }
    where = "" if session.place or session.is_online else " Son lieu n’est pas encore indiqué."
    return f"{state.label.capitalize()} : {details[state]}{where}"


def _titles(brings: str) -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            FieldPanel("title", help_text=brings),
            FieldPanel("summary", help_text="Une ou deux phrases, lues dans les listes et la recherche."),
        ],
        heading="Titre",
    )


def _when_and_where() -> list[Panel]:
    return [
        MultiFieldPanel(
            [FieldPanel("day"), FieldRowPanel([FieldPanel("start"), FieldPanel("end")])],
            heading="Date et heures",
            help_text="Les heures sont celles de Paris, en été comme en hiver.",
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "place",
                    widget=forms.Select,
                    help_text="Pas encore connu ? Laissez vide : le site dira « Lieu communiqué bientôt ».",
                ),
                FieldPanel(
                    "online_url",
                    help_text="Seulement pour une réunion en ligne. Le site ne montre jamais ce lien.",
                ),
                FieldPanel(
                    "departement",
                    widget=forms.Select,
                    help_text="Pour une réunion sans lieu. Avec un lieu, c’est le département du lieu.",
                ),
            ],
            heading="Lieu ou lien",
        ),
    ]


def _who_receives() -> list[Panel]:
    return [
        FieldPanel("organiser", heading="Qui anime", help_text="Une fonction ou une structure."),
        FieldPanel(
            "host",
            widget=forms.Select,
            help_text="Le conseiller qui tient la feuille de présence. Vide : le premier qui la prend.",
        ),
    ]


def _programme_and_publication() -> list[Panel]:
    return [
        MultiFieldPanel([FieldPanel("programme")], heading="Programme"),
        MultiFieldPanel(
            [
                FieldPanel("visibility"),
                FieldRowPanel([FieldPanel("publish_on"), FieldPanel("publish_hour")]),
            ],
            heading="Publication",
            help_text="La date et l’heure ci-dessous ne servent que pour une réunion programmée.",
        ),
    ]


SESSION_PANELS = ObjectList(
    [
        StandingPanel(),
        _titles("Ce que la réunion apporte, en quelques mots."),
        MultiFieldPanel([FieldPanel("audience", heading="Pour qui")], heading="Public"),
        *_when_and_where(),
        MultiFieldPanel([FieldPanel("seats", heading="Nombre de places"), *_who_receives()], heading="Places"),
        *_programme_and_publication(),
    ],
    base_form_class=SessionForm,
)
EVENT_PANELS = ObjectList(
    [
        StandingPanel(),
        _titles("Ce que l’événement apporte, en quelques mots."),
        MultiFieldPanel([FieldPanel("kind")], heading="Nature"),
        *_when_and_where(),
        MultiFieldPanel(
            [
                FieldPanel("seats", heading="Places pour les membres"),
                FieldPanel("guest_seats", help_text="En plus de celles des membres : employeurs, intervenants."),
                *_who_receives(),
            ],
            heading="Places",
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("activity"), FieldPanel("hours")])],
            heading="Heures de passeport",
            help_text="Les vignettes que chaque membre inscrit réserve. Elles ne sont utilisées qu’une fois signées.",
        ),
        *_programme_and_publication(),
    ],
    base_form_class=MemberEventForm,
)
