"""Loads the demonstration: once, again without harm, or from an empty site when asked.

Everything is one transaction: a demonstration that could not be loaded whole
leaves the database as it was.
"""

import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.signal_handlers import disable_reference_index_auto_update

from accompaniment.setup import make_package_and_grid
from association.models import Departement, Identity, Sector, StructureKind
from decks.decks import take_away
from decks.models import SlideDeck
from events.models import InfoSession, Meeting, Place
from home import site_setup
from home.demo import accounts, bookings, content, decks, libraries, pages, passports, path, people, sessions
from home.demo.accounts import ACCOUNTS
from home.demo.bodies import Library
from home.demo.moving import ENOUGH_AHEAD, move_dates, start_clock
from home.models import ContactMessage, HomePage
from home.site_setup.structure import make_association_pages, make_contact_page
from home.tasks import warm_pictures
from pages.models import File, Film, KeyFigure, Picture, Tag

__all__ = ["ACCOUNTS", "flush", "is_loaded", "is_running_out", "load", "move_dates"]

Say = Callable[[str], object]
NAME = "Actess"
A_MONTH = timedelta(weeks=4)
PRICE = Decimal(1400)
IDENTITY = {
    "name": NAME,
    "tagline": "Un travail qui a du sens, et quelqu’un à vos côtés pour y arriver.",
    "region": "Île-de-France",
    "address": "31, rue du Puits-aux-Clercs",
    "postcode": "75011",
    "city": "Paris",
    "telephone": "01 99 00 12 34",
    "opening_hours": "du lundi au vendredi, de 9 h à 18 h",
    "email": "contact@example.org",
    "is_demo": True,
}


def is_loaded() -> bool:
    """Whether the database holds a site, the demonstration's or another."""
    return HomePage.objects.exists()


def is_running_out() -> bool:
    """Whether the demonstration has grown old: a month by its people, too few sessions for a visitor."""
    if not Identity.objects.filter(is_demo=True).exists():
        return False
    if HomePage.objects.filter(first_published_at__lt=timezone.now() - A_MONTH).exists():
        return True
    return InfoSession.objects.open_to_all().upcoming().filter(cancelled_at=None).count() < ENOUGH_AHEAD


def load(*, today: date | None = None, say: Say = print, warm: bool = True) -> None:
    """Add what the demonstration lacks; what is there is left as editors have made it.

    `warm` leaves the worker to make the sizes of pictures that pages show.
    """
    today = today or timezone.localdate()
    started = time.monotonic()
    with disable_reference_index_auto_update(), transaction.atomic():
        make_package_and_grid(price=PRICE)
        home = site_setup.prepare()
        _load_territory()
        accounts.create()
        library = _load_libraries(say)
        _load_pages(home, library, today, say)
        places = sessions.load_places()
        say(f"  {sessions.load_sessions(places, today)} sessions")
        say(f"  {people.load(today)} members")
        say(f"  {bookings.load(today)} bookings")
        say(f"  {path.load(today, places)} interviews")
        say(f"  {passports.load(today)} passports")
        say(f"  {decks.load_decks(today)} slide decks")
    call_command("rebuild_references_index", verbosity=0)
    if warm:
        warm_pictures()
    say(f"The demonstration is loaded ({time.monotonic() - started:.0f} s).")


def _load_territory() -> None:
    for item in content.items("departements"):
        fields = {name: item[name] for name in ("name", "locative")}
        Departement.objects.get_or_create(code=item["code"], defaults=fields)
    site_setup.make_departements()


def _load_libraries(say: Say) -> Library:
    library = Library()
    library.figures = {item["key"]: _figure(item) for item in content.items("figures")}
    library.drawings = libraries.load_drawings()
    say(f"  {len(library.drawings)} drawings")
    library.documents = libraries.load_documents()
    say(f"  {len(library.documents)} guide files")
    library.films = libraries.load_films()
    say(f"  {len(library.films)} films")
    for item in content.items("departements"):
        waiting = Departement.objects.filter(code=item["code"], intro="")
        waiting.update(intro=item["intro"], image=library.drawings.get(item["drawing"]))
    return library


def _figure(item: content.Item) -> KeyFigure:
    fields = {name: item[name] for name in ("value", "source", "year", "url")}
    return KeyFigure.objects.get_or_create(**fields, defaults={"text": item["text"]})[0]


def _load_pages(home: HomePage, library: Library, today: date, say: Say) -> None:
    if not Identity.load().is_demo:
        start_clock(home, today)
        Identity.objects.update(**IDENTITY)
    pages.load_home(home, library)
    say(f"  {pages.load_association(home, library, today)} pages of the association")
    make_association_pages(home, NAME)
    make_contact_page(home)
    say(f"  {pages.load_guides(library, today)} guides")
    say(f"  {pages.load_videos(library, today)} videos")
    say(f"  {pages.load_news(library, today)} news")


def flush() -> None:
    """Take everything away: pages, libraries, sessions, messages, territory and the demonstration's accounts."""
    with transaction.atomic():
        for page in HomePage.objects.all():
            page.delete()
        for deck in SlideDeck.objects.all():
            take_away(deck)
        bookings.remove()
        passports.remove()
        path.remove()
        people.remove()
        # In this order: each of these holds on to some of the next ones.
        for model in (
            Meeting,
            Place,
            Departement,
            Sector,
            StructureKind,
            File,
            Film,
            Picture,
            KeyFigure,
            Tag,
            ContactMessage,
        ):
            for thing in model._base_manager.all():
                thing.delete()
        accounts.remove()
        Identity.objects.all().delete()
