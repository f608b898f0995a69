"""Plain functions that build what a test needs: `make_news(departements=[paris])`, `make_session(seats=3)`.

Each makes the smallest valid thing, takes what matters to the test by keyword,
and returns it saved. No randomness: a failing test fails the same way twice.
"""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify
from PIL import Image as Pillow
from wagtail.models import Page, Site

from accounts.models import User
from association.models import Departement
from events.models import InfoSession, Place
from guides.models import GuideIndexPage, GuidePage
from home.models import AssociationPage, ContactPage, HomePage
from news.models import NewsIndexPage, NewsPage
from pages.models import File, Film, KeyFigure, Picture
from videos.models import FeaturedVideo, VideoIndexPage, VideoPage

DEPARTEMENTS = {
    "75": ("Paris", "à Paris"),
    "77": ("Seine-et-Marne", "en Seine-et-Marne"),
    "78": ("Yvelines", "dans les Yvelines"),
    "91": ("Essonne", "dans l’Essonne"),
    "92": ("Hauts-de-Seine", "dans les Hauts-de-Seine"),
    "93": ("Seine-Saint-Denis", "en Seine-Saint-Denis"),
    "94": ("Val-de-Marne", "dans le Val-de-Marne"),
    "95": ("Val-d’Oise", "dans le Val-d’Oise"),
}
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 280]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)

_numbers = count(1)


def make_user(*, groups: list[str] | None = None, **fields: Any) -> User:
    user = User.objects.create_user(**{"email": f"p{next(_numbers)}@example.org"} | fields)
    user.groups.set(Group.objects.filter(name__in=groups or []))
    return user


def make_admin(**fields: Any) -> User:
    return make_user(is_superuser=True, is_staff=True, **fields)


def make_departement(code: str = "93") -> Departement:
    name, locative = DEPARTEMENTS[code]
    return Departement.objects.get_or_create(code=code, defaults={"name": name, "locative": locative})[0]


def make_departements() -> list[Departement]:
    return [make_departement(code) for code in DEPARTEMENTS]


def make_picture(*, size: tuple[int, int] = (32, 18), **fields: Any) -> Picture:
    number = next(_numbers)
    content = BytesIO()
    Pillow.new("RGB", size, (11, 93, 81)).save(content, "PNG")
    file = ContentFile(content.getvalue(), name=f"dessin-{number}.png")
    return Picture.objects.create(
        **{"title": f"Dessin {number}", "description": "Un dessin vert.", "file": file} | fields
    )


def make_file(*, content: bytes = PDF, name: str = "guide.pdf", **fields: Any) -> File:
    """In the database without being read: its pages and its cover take a process of their own."""
    facts = {"title": name, "file": ContentFile(content, name=name), "file_size": len(content), "page_count": 1}
    [file] = File.objects.bulk_create([File(**facts | fields)])
    return file


def make_film(**fields: Any) -> Film:
    """A film whose bytes are not one: enough for pages, not for a player."""
    number = next(_numbers)
    defaults = {
        "title": f"Film {number}",
        "type": "video",
        "duration": 100,
        "width": 854,
        "height": 480,
        "file": ContentFile(b"film", name=f"film-{number}.mp4"),
        "thumbnail": ContentFile(b"affiche", name=f"film-{number}.webp"),
        "captions": ContentFile(b"WEBVTT\n\n00:00.000 --> 00:02.000\nBonjour.\n", name=f"film-{number}.vtt"),
        "transcript": "<p>Bonjour.</p>",
    }
    [film] = Film.objects.bulk_create([Film(**defaults | fields)])
    return film


def make_figure(**fields: Any) -> KeyFigure:
    defaults = {"value": "40 %", "text": "des emplois sont à Paris", "source": "Insee", "year": 2010}
    return KeyFigure.objects.create(**defaults | fields)


def make_home(**fields: Any) -> HomePage:
    """The front page, root of the default site; the same one when called again."""
    if home := HomePage.objects.first():
        return home
    root = Page.objects.get(depth=1)
    defaults = {"title": "Accueil", "slug": "accueil", "headline": "Un travail qui a du sens"}
    home = root.add_child(instance=HomePage(**defaults | fields))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name="Actess")
    return home


def _index[T: Page](model: type[T], title: str, slug: str) -> T:
    return model.objects.first() or make_home().add_child(instance=model(title=title, slug=slug))


def make_news_index() -> NewsIndexPage:
    return _index(NewsIndexPage, "Actualités", "actualites")


def make_guide_index() -> GuideIndexPage:
    return _index(GuideIndexPage, "Guides", "guides")


def make_video_index() -> VideoIndexPage:
    return _index(VideoIndexPage, "Vidéos", "videos")


def make_contact() -> ContactPage:
    return _index(ContactPage, "Contact", "contact")


def _published[T: Page](
    parent: Page, page: T, *, live: bool = True, tags: list[str] | None = None, quick: bool = False
) -> T:
    """Add the page as editors do: by a revision, published or left as a draft.

    A `quick` one has no revision and is not searched: for lists, where only their number counts.
    """
    if quick:
        page.first_published_at = page.last_published_at = timezone.now()
        page.tags.add(*tags or [])
        return parent.add_child(instance=page)
    page.live = False
    parent.add_child(instance=page)
    if tags:
        page.tags.add(*tags)
    revision = page.save_revision()
    if live:
        revision.publish()
    page.refresh_from_db()
    return page


def make_news(
    *,
    live: bool = True,
    tags: list[str] | None = None,
    departements: list[Departement] | None = None,
    quick: bool = False,
    **fields: Any,
) -> NewsPage:
    number = next(_numbers)
    defaults = {"title": f"Actualité {number}", "summary": "Un résumé.", "published_on": date(2026, 11, 1)}
    defaults["body"] = [("text", "<p>Le texte.</p>")]
    page = NewsPage(**{"slug": slugify(fields.get("title", f"actualite-{number}"))} | defaults | fields)
    page.departements = departements or []
    return _published(make_news_index(), page, live=live, tags=tags, quick=quick)


def make_guide(
    *,
    live: bool = True,
    tags: list[str] | None = None,
    departements: list[Departement] | None = None,
    quick: bool = False,
    **fields: Any,
) -> GuidePage:
    number = next(_numbers)
    defaults = {"title": f"Guide {number}", "summary": "Un résumé.", "edition_on": date(2026, 9, 1), "topic": "metiers"}
    if "document" not in fields:
        defaults["document"] = make_file(name=f"guide-{number}.pdf")
    page = GuidePage(**{"slug": slugify(fields.get("title", f"guide-{number}"))} | defaults | fields)
    page.departements = departements or []
    return _published(make_guide_index(), page, live=live, tags=tags, quick=quick)


def make_video(
    *,
    live: bool = True,
    tags: list[str] | None = None,
    month: date | None = None,
    quick: bool = False,
    **fields: Any,
) -> VideoPage:
    number = next(_numbers)
    defaults = {"title": f"Entreprise {number}", "summary": "Un résumé.", "company": f"Entreprise {number}"}
    if "media" not in fields:
        defaults["media"] = make_film()
    page = VideoPage(**{"slug": slugify(fields.get("title", f"entreprise-{number}"))} | defaults | fields)
    video = _published(make_video_index(), page, live=live, tags=tags, quick=quick)
    if month:
        FeaturedVideo.objects.create(month=month.replace(day=1), video=video)
    return video


def make_page(*, parent: Page | None = None, live: bool = True, **fields: Any) -> AssociationPage:
    number = next(_numbers)
    defaults = {"title": f"Page {number}", "summary": "Un résumé.", "body": [("text", "<p>Le texte.</p>")]}
    page = AssociationPage(**{"slug": slugify(fields.get("title", f"page-{number}"))} | defaults | fields)
    return _published(parent or make_home(), page, live=live)


def make_place(*, code: str = "93", **fields: Any) -> Place:
    defaults = {
        "name": "Maison des associations",
        "address": "3 rue du Port",
        "postcode": f"{code}100",
        "city": "Saint-Aubin",
    }
    return Place.objects.create(**defaults | {"departement": make_departement(code), "accessible": True} | fields)


def _at(starts_in: timedelta) -> datetime:
    start = timezone.localtime().replace(minute=0, second=0, microsecond=0) + starts_in
    return start if starts_in % timedelta(days=1) else start.replace(hour=14)


def make_session(*, starts_in: timedelta = timedelta(days=7), **fields: Any) -> InfoSession:
    """A published session of two hours, a week from now unless told; days from now, it begins at two o'clock."""
    starts_at = fields.pop("starts_at", None) or _at(starts_in)
    defaults = {
        "title": "Découvrir l’emploi dans l’ESS",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
    }
    defaults["publish_at"] = datetime(2026, 1, 1, tzinfo=UTC)
    if "place" not in fields and "online_url" not in fields:
        defaults["place"] = make_place()
    return InfoSession.objects.create(**defaults | fields)
