"""What the styleguide page shows: one invented value for each component, and a form in each of its states."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

DEPARTEMENTS = [
    {"code": code, "name": name, "url": f"/departements/{code}/", "count": count}
    for code, name, count in [
        ("75", "Paris", 23),
        ("77", "Seine-et-Marne", 6),
        ("78", "Yvelines", 5),
        ("91", "Essonne", 8),
        ("92", "Hauts-de-Seine", 9),
        ("93", "Seine-Saint-Denis", 17),
        ("94", "Val-de-Marne", 11),
        ("95", "Val-d’Oise", 1),
    ]
]
TAGS = [{"title": "Seine-Saint-Denis", "url": "#"}, {"title": "insertion", "url": "#"}]
MENU = [
    {"title": "Être accompagné", "url": "#accompagnement", "current": False},
    {"title": "Réunions d’information", "url": "#reunions", "current": False},
    {"title": "Actualités", "url": "#actualites", "current": True},
    {"title": "Guides", "url": "#guides", "current": False},
    {"title": "Vidéos", "url": "#videos", "current": False},
]
KINDS = [
    {"name": "rv", "label": "Rendez-vous individuels"},
    {"name": "candidature", "label": "Ateliers candidatures"},
    {"name": "metier", "label": "Ateliers métiers"},
    {"name": "rencontre", "label": "Rencontres"},
    {"name": "suivi", "label": "Suivi en entreprise"},
]
STEPS = [
    {"title": "S’informer", "text": "Deux heures en groupe pour comprendre les métiers, les salaires, les employeurs."},
    {"title": "Rencontrer", "text": "Un entretien pour faire le point, puis des visites et des gens qui recrutent."},
    {"title": "Être accompagné", "text": "Trente-cinq heures en trois mois, jusqu’à la fin de votre période d’essai."},
]
TIMELINE = [
    {"when": "7 septembre 2026", "title": "Réunion d’information", "text": "À la mairie de Saint-Aubin."},
    {"when": "21 septembre 2026", "title": "Premier entretien", "url": "#"},
    {"when": "4 décembre 2026", "title": "Journée de rencontres", "to_come": True},
]
FILTERS = [
    {
        "name": "departement",
        "label": "Département",
        "options": [
            {"value": "", "label": "Toute la région", "selected": False},
            {"value": "93", "label": "Seine-Saint-Denis", "count": 17, "selected": True},
            {"value": "75", "label": "Paris", "count": 23, "selected": False},
        ],
    },
    {"name": "theme", "label": "Thème", "options": [{"value": "", "label": "Tous les thèmes", "selected": True}]},
    {"name": "mois", "label": "Mois", "options": [{"value": "", "label": "Tous les mois", "selected": True}]},
]
HEADERS = ["Métier", "Formation", "Salaire brut par mois"]
ROWS = [
    ["Aide à domicile", "Aucune au départ", "1 900 €"],
    ["Valoriste en recyclerie", "Formation de 3 mois", "1 950 €"],
    ["Encadrant technique", "Bac et 3 ans de métier", "2 300 €"],
]
FOOTNOTES = ["Chiffres relevés par l’association auprès de douze structures.", "Voir aussi le guide des métiers."]
TRANSCRIPT = format_html("<p>{}</p>", "Ici, on répare ce que le quartier ne veut plus.")


class ContactForm(forms.Form):
    """Every kind of question a form of the site asks."""

    name = forms.CharField(label="Votre nom", max_length=80)
    email = forms.EmailField(label="Votre adresse électronique", help_text="Pour vous répondre, et rien d’autre.")
    departement = forms.ChoiceField(label="Votre département", choices=[("75", "Paris"), ("93", "Seine-Saint-Denis")])
    moment = forms.ChoiceField(
        label="Quand vous rappeler",
        choices=[("matin", "Le matin"), ("soir", "Le soir")],
        widget=forms.RadioSelect,
    )
    message = forms.CharField(label="Votre message", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    agreed = forms.BooleanField(label="J’accepte que l’association garde ce message un an")


def drawing(width: int, height: int) -> SafeString:
    return format_html('<img src="{}" alt="" width="{}" height="{}">', static("images/horizon.svg"), width, height)


def samples() -> dict[str, Any]:
    """The context of `pages/styleguide.html`."""
    numbers = Paginator(range(200), 10)
    return {
        "menu": MENU,
        "breadcrumbs": [{"title": "Accueil", "url": "/"}, {"title": "Guide de style", "url": ""}],
        "departements": DEPARTEMENTS,
        "feeds": [{"title": "Flux Atom", "url": "#"}, {"title": "Calendrier des réunions", "url": "#"}],
        "footer_links": [{"title": "Mentions légales", "url": "#"}, {"title": "Accessibilité", "url": "#"}],
        "telephone": "0199000012",
        "is_demo": True,
        "starts_at": datetime(2027, 3, 2, 13, tzinfo=UTC),
        "ends_at": datetime(2027, 3, 2, 15, tzinfo=UTC),
        "first_at": datetime(2026, 12, 1, 8, 30, tzinfo=UTC),
        "month": date(2026, 11, 1),
        "edition": date(2026, 10, 1),
        "cover": drawing(210, 297),
        "picture": drawing(640, 360),
        "poster": static("images/horizon.svg"),
        "tags": TAGS,
        "kinds": KINDS,
        "steps_items": STEPS,
        "timeline_items": TIMELINE,
        "filters": FILTERS,
        "headers": HEADERS,
        "rows": ROWS,
        "notes": FOOTNOTES,
        "captions": static("styleguide/exemple.vtt"),
        "transcript": TRANSCRIPT,
        "numbers": numbers.page(7),
        "in_force": QueryDict("departement=93"),
        "form": ContactForm(),
        "refused_form": ContactForm({"name": "", "email": "nour", "departement": "75"}, prefix="refused"),
        "data": {"@context": "https://schema.org", "@type": "Organization", "name": "Actess"},
    }
