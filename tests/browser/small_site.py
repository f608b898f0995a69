"""A small real site with every type of page: built once for a module of tests, by the factories."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from association.models import Audience, Identity
from events.links import token_of
from guides.models import GuidePage
from home.models import AssociationPage
from news.models import NewsPage
from pages.models import Film, KeyFigure, Picture
from passport.checking import address_of
from tests.events.factories import make_booking
from tests.factories import (
    make_contact,
    make_departement,
    make_departements,
    make_figure,
    make_film,
    make_guide,
    make_home,
    make_news,
    make_page,
    make_picture,
    make_place,
    make_session,
    make_video,
)
from tests.passport.factories import make_passport, make_signed

MEDIA = settings.ROOT / "home" / "demo" / "media"
# Shown without the database: nothing that fails can be asked for an address.
FAILURES = ["403", "405", "410", "500", "503"]

FIXED = {
    "home": "/",
    "news list": "/actualites/",
    "news list, page 2": "/actualites/?page=2",
    "news list, filtered": "/actualites/?departement=93",
    "guides": "/guides/",
    "videos": "/videos/",
    "schedule": "/reunions/",
    "schedule, empty": "/reunions/?departement=78",
    "archive": "/reunions/archive/",
    "département": "/departements/93-seine-saint-denis/",
    "contact": "/contact/",
    "contact, sent": "/contact/?merci=1",
    "search": "/recherche/",
    "search, found": "/recherche/?q=emploi",
    "search, nothing": "/recherche/?q=zwymbrax",
    "site map": "/plan-du-site/",
    "styleguide": "/guide-de-style/",
    "check": "/verifier/",
    "404": "/nulle-part/",
    "400": "/?q=%00",
}
MADE = [
    "article",
    "curated link",
    "guide",
    "video",
    "session",
    "session online",
    "session cancelled",
    "session past",
    "booking form",
    "booking",
    "association page",
    "document checked",
]
PAGES = [*FIXED, *MADE, *FAILURES]
# One of each layout: what is measured element by element looks at these.
LAYOUTS = [
    "home",
    "news list",
    "article",
    "guides",
    "guide",
    "videos",
    "video",
    "schedule",
    "session",
    "booking form",
    "booking",
    "département",
    "association page",
    "contact",
    "search, found",
    "site map",
    "404",
    "styleguide",
    "document checked",
]
# Every page, those that repeat a layout in the trials only.
EACH_PAGE = [*LAYOUTS, *(pytest.param(name, marks=pytest.mark.trial) for name in PAGES if name not in LAYOUTS)]


@dataclass
class Site:
    """Where the small site answers: `site["article"]` is an address, `site.path("article")` its path."""

    url: str
    made: dict[str, str] = field(default_factory=dict)

    def path(self, name: str) -> str:
        return (FIXED | self.made | {number: f"/panne/{number}/" for number in FAILURES})[name]

    def status(self, name: str) -> int:
        return int(name) if name in {"404", "400"} else 200

    def __getitem__(self, name: str) -> str:
        return self.url + self.path(name)


def show_failures(context) -> None:
    """Let a browser read the pages of failures at addresses of their own."""
    for number in FAILURES:
        context.route(f"**/panne/{number}/", partial(answer_failure, render_to_string(f"{number}.html")))


def answer_failure(page: str, route) -> None:
    route.fulfill(body=page, content_type="text/html; charset=utf-8")


def make_small_site() -> dict[str, str]:
    """The paths of the pages that have no fixed one."""
    make_identity()
    make_departements()
    picture, figure, film = make_drawing(), make_figure(), make_real_film()
    front = make_home(**front_words(figure), summary="L’emploi dans l’économie sociale et solidaire.")
    association = make_association_pages()
    article, link = make_all_news(picture, figure, film)
    guide = make_all_guides(picture)
    video = make_all_videos(film)
    make_contact()
    Page.objects.child_of(front).exclude(pk=association.pk).update(show_in_menus=True)
    pages = {"article": article, "curated link": link, "guide": guide, "video": video, "association page": association}
    made = {name: page.address for name, page in pages.items()} | make_all_sessions()
    return made | {"document checked": make_document()}


def make_document() -> str:
    """Where the code of a printed passport leads."""
    passport = make_passport()
    make_signed(passport)
    return address_of(passport).removeprefix(settings.WAGTAILADMIN_BASE_URL)


def make_identity() -> None:
    Identity.objects.create(
        telephone="0199000012",
        opening_hours="du lundi au vendredi, de 9 h à 17 h",
        email="bonjour@example.org",
        address="3 rue du Port",
        postcode="93100",
        city="Saint-Aubin",
        is_demo=True,
    )


def make_drawing() -> Picture:
    content = (MEDIA / "drawings" / "atelier-reparation.webp").read_bytes()
    return make_picture(file=ContentFile(content, name="atelier.webp"), description="Un atelier de réparation.")


def make_real_film() -> Film:
    """One that plays, with its own captions."""
    files = {
        "file": "videos/moufles-rayees.mp4",
        "captions": "videos/moufles-rayees.vtt",
        "thumbnail": "drawings/atelier-reparation.webp",
    }
    read = {name: ContentFile((MEDIA / path).read_bytes(), name=Path(path).name) for name, path in files.items()}
    return make_film(title="Les Moufles rayées", transcript="<p>Ici, on tricote.</p>", **read)


def front_words(figure: KeyFigure) -> dict[str, object]:
    return {
        "eyebrow": "En Île-de-France",
        "headline": "Un travail qui a du sens",
        "lead": "Nous vous accompagnons, pas à pas, vers l’économie sociale et solidaire.",
        "first_label": "Venir à une réunion",
        "first_url": "/reunions/",
        "second_label": "Nous écrire",
        "second_url": "/contact/",
        "steps": [
            ("step", {"title": "S’informer", "text": "Deux heures en groupe."}),
            ("step", {"title": "Rencontrer", "text": "Des gens qui recrutent."}),
            ("step", {"title": "Être accompagné", "text": "Jusqu’à la fin de la période d’essai."}),
        ],
        "figure": figure,
        "partners": [("partners", [{"name": "Le Réseau des quais", "url": "https://example.org/quais"}])],
        "callback_text": "Laissez-nous votre numéro.",
    }


def make_association_pages() -> AssociationPage:
    page = make_page(
        title="Être accompagné",
        body=[("text", "<h2>La méthode</h2><p>Trois mois, trente-cinq heures.</p><h3>Après</h3><ul><li>Un</li></ul>")],
        easy_read="<p>Nous vous aidons à trouver un travail.</p>",
        show_in_menus=True,
    )
    make_page(parent=page, title="Les étapes")
    make_page(title="Mentions légales", slug="mentions-legales", in_footer=True)
    return page


def make_all_news(picture: Picture, figure: KeyFigure, film: Film) -> tuple[NewsPage, NewsPage]:
    """Enough for two pages: an article with every block, a curated link and short ones."""
    territory = [make_departement("93"), make_departement("75")]
    for number in range(12):
        make_news(title=f"Un emploi de plus, épisode {number}", departements=territory[:1], tags=["réemploi"])
    link = make_news(
        title="Une étude sur les emplois verts",
        kind=NewsPage.Kind.LINK,
        source_name="Le Journal des quais",
        source_url="https://example.org/emplois-verts",
        source_date=date(2026, 10, 1),
        comment="<p>À lire pour les <b>chiffres</b> par métier.</p>",
        credit="D’après une enquête",
    )
    article = make_news(
        title="Une recyclerie cherche des personnes de métier",
        image=picture,
        departements=territory,
        tags=["réemploi", "insertion"],
        easy_read="<p>Une recyclerie embauche.</p>",
        published_on=date(2026, 11, 15),
        body=every_block(picture, figure, film),
    )
    return article, link


def every_block(picture: Picture, figure: KeyFigure, film: Film) -> list[tuple[str, object]]:
    document = make_guide(title="Écrire un CV").document
    shown = make_picture(size=(640, 400))
    shown.contextual_alt_text, shown.decorative = "Une façade.", False
    return [
        ("text", '<h2>Ce qui change</h2><p>Un <a href="https://example.org/">lien</a>.</p><ol><li>Un</li></ol>'),
        ("picture", {"image": shown, "caption": "La façade"}),
        ("quote", {"text": "J’ai appris un métier.", "author": "Une valoriste"}),
        ("figure", {"figure": figure}),
        ("file", {"document": document, "title": "La fiche de poste"}),
        ("film", {"media": film, "caption": "L’atelier"}),
        ("note", {"title": "À savoir", "text": "<p>La réunion est gratuite.</p>"}),
        ("footnotes", {"items": ["Chiffres de l’association.", "Voir le guide des métiers."]}),
    ]


def make_all_guides(picture: Picture) -> GuidePage:
    for number in range(12):
        make_guide(title=f"Guide des métiers, tome {number}")
    return make_guide(
        title="Préparer un entretien d’emploi",
        image=picture,
        departements=[make_departement("93")],
        edition_on=date(2026, 11, 1),
        easy_read="<p>Ce guide vous aide.</p>",
        body=[("text", "<h2>Avant</h2><p>Lisez l’offre.</p>"), ("quote", {"text": "Respirez.", "author": "Nous"})],
    )


def make_all_videos(film: Film) -> Page:
    """One a month for three months, one that never was of a month; the first is this month's."""
    today = timezone.localdate()
    for months in (1, 2):
        make_video(media=film, month=today.replace(day=1) - timedelta(days=28 * months))
    make_video(media=film)
    facts = {"sector": "textile", "city": "Saint-Aubin", "staff": 12, "link": "https://example.org/moufles"}
    name = "Les Moufles rayées"
    return make_video(media=film, title=name, company=name, month=today, tags=["artisanat"], **facts)


def make_all_sessions() -> dict[str, str]:
    place = make_place(directions="Métro Port, sortie 2.", access_note="Rampe à gauche.")
    paris = make_departement("75")
    for days in (2, 9, 40):
        make_session(place=place, starts_in=timedelta(days=days), audience=Audience.WOMEN)
    reason = "La salle n’est plus libre."
    now = timezone.now()
    sessions = {
        "session": make_session(place=place, programme="<p>Les métiers</p><ul><li>Un</li></ul>", summary="Un résumé."),
        "session online": make_session(departement=paris, online_url="https://example.org/salle"),
        "session cancelled": make_session(place=place, cancelled_at=now, cancelled_because=reason),
        "session past": make_session(place=place, starts_in=timedelta(days=-9)),
    }
    paths = {name: session.get_absolute_url() for name, session in sessions.items()}
    booking = make_booking(sessions["session"])
    form = reverse("book_session", args=[sessions["session"].reference])
    return paths | {"booking form": form, "booking": reverse("booking", args=[token_of(booking)])}
