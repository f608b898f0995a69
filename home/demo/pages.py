"""The demonstration's pages, published as editors publish, then dated as if they had been then."""

from datetime import date, datetime, time, timedelta

from wagtail.models import Page, Revision

from association.models import Departement
from guides.models import GuideIndexPage, GuidePage
from home.demo import content, libraries
from home.demo.bodies import Block, Library, blocks
from home.demo.content import Item
from home.demo.dates import at, month
from home.models import AssociationPage, HomePage
from home.site_setup.structure import HEADLINE
from news.models import NewsIndexPage, NewsPage
from pages.models import BasePage
from videos.models import FeaturedVideo, VideoIndexPage, VideoPage

MORNING = time(8, 30)
IN_FOOTER = {"mentions-legales", "vos-donnees", "accessibilite", "credits"}
# So long a page of the association has been there.
ASSOCIATION_AGE = timedelta(days=540)


def publish(parent: Page, page: BasePage, *, published_at: datetime | None, tags: list[str] | None = None) -> None:
    """Add the page by a revision, published at that past moment, or waiting for its own."""
    page.live = False
    page.first_published_at = published_at
    parent.add_child(instance=page)
    if tags:
        page.tags.add(*tags)
    page.save_revision().publish()
    if published_at:
        date_history(page, published_at)


def date_history(page: Page, moment: datetime) -> None:
    """What the editors' interface says of when the page was written."""
    Page.objects.filter(pk=page.pk, live=True).update(last_published_at=moment)
    Page.objects.filter(pk=page.pk).update(latest_revision_created_at=moment)
    Revision.page_revisions.filter(object_id=str(page.pk)).update(created_at=moment)


def _territory(item: Item) -> list[Departement]:
    return list(Departement.objects.filter(code__in=item.get("departements", [])).by_code())


def _missing(items: list[Item], parent: Page) -> list[Item]:
    known = set(parent.get_children().values_list("slug", flat=True))
    return [item for item in items if item["slug"] not in known]


def load_home(home: HomePage, library: Library) -> None:
    """The words of the front page, where nobody has written others."""
    texts = content.read("home")
    if not texts or home.headline != HEADLINE:
        return
    home.eyebrow, home.headline, home.lead = texts["eyebrow"], texts["title"], texts["lead"]
    home.summary = texts["lead"][:250]
    first, second = texts["call_to_action"]
    home.first_label, home.first_url = first["label"], first["href"]
    home.second_label, home.second_url = second["label"], second["href"]
    home.steps = [("step", {"title": step["title"], "text": step["text"]}) for step in texts["step"]]
    home.partners = [("partners", [{"name": it["name"], "url": it["href"]} for it in texts["partner"]])]
    home.figure = library.figures.get(texts["figure"])
    home.callback_text = texts["callback"]
    home.save_revision().publish()
    home.refresh_from_db()


def load_association(home: HomePage, library: Library, today: date) -> int:
    """The association's pages, the first one before all else in the menu."""
    made = 0
    for item in content.items("pages"):
        parent = AssociationPage.objects.get(slug=item["parent"]) if item["parent"] else home
        if not _missing([item], parent):
            continue
        page = AssociationPage(
            title=item["title"],
            slug=item["slug"],
            summary=item["summary"],
            easy_read=item.get("easy_read", ""),
            image=library.drawings.get(item.get("drawing", "")),
            body=blocks(item["body"], library),
            show_in_menus=item["menu"],
            in_footer=item["slug"] in IN_FOOTER,
        )
        publish(parent, page, published_at=at(today - ASSOCIATION_AGE, MORNING))
        if not made and parent == home:
            Page.objects.get(pk=page.pk).move(home, pos="first-child")
        home.refresh_from_db()
        made += 1
    return made


def load_guides(library: Library, today: date) -> int:
    index = GuideIndexPage.objects.get()
    items = [item for item in content.guides() if item["slug"] in library.documents]
    titles = {item["slug"]: item["title"] for item in items}
    missing = _missing(items, index)
    for item in missing:
        edition_on = today - timedelta(days=item["edition_age_days"])
        page = GuidePage(
            title=item["title"],
            slug=item["slug"],
            summary=item["summary"],
            easy_read=item.get("easy_read", ""),
            document=library.documents[item["slug"]],
            edition_on=edition_on,
            review_on=today + timedelta(days=item["review_in_days"]),
            topic=item["topic"],
            audience=item["audience"],
            image=None,
            body=[*blocks(item["body"], library), *_guide_extras(item, titles)],
        )
        page.departements = _territory(item)
        publish(index, page, published_at=at(edition_on, MORNING), tags=item["tags"])
    return len(missing)


def _guide_extras(item: Item, titles: dict[str, str]) -> list[Block]:
    """What matters most, the files that go with the guide, and what to read next."""
    points = "".join(f"<li>{point}</li>" for point in item["essential"])
    extras: list[Block] = [("note", {"title": "L’essentiel", "text": f"<ul>{points}</ul>"})]
    for file in item.get("extra_files", []):
        if document := libraries.load_document(file["file"], title=file["title"]):
            extras.append(("file", {"document": document, "title": file["title"]}))
    links = "".join(
        f'<li><a href="/guides/{slug}/">{titles[slug]}</a></li>' for slug in item["related"] if slug in titles
    )
    if links:
        extras.append(("text", f"<h2>À lire ensuite</h2><ul>{links}</ul>"))
    return extras


def load_news(library: Library, today: date) -> int:
    index = NewsIndexPage.objects.get()
    missing = _missing(content.news(), index)
    for item in missing:
        _load_one_news(index, item, library, today)
    return len(missing)


def _load_one_news(index: NewsIndexPage, item: Item, library: Library, today: date) -> None:
    published_on = today - timedelta(days=item["age_days"])
    page = NewsPage(
        title=item["title"],
        slug=item["slug"],
        summary=item["summary"],
        easy_read=item.get("easy_read", ""),
        kind=NewsPage.Kind.LINK if item["kind"] == "link" else NewsPage.Kind.ARTICLE,
        published_on=published_on,
        image=library.drawings.get(item.get("drawing", "")),
        body=blocks(item.get("body", []), library),
        comment=item.get("comment", ""),
        source_name=item.get("source_name", ""),
        source_url=item.get("source_url", ""),
        credit=item.get("credit", ""),
    )
    if "source_age_days" in item:
        page.source_date = today - timedelta(days=item["source_age_days"])
    if "expires_in_days" in item:
        page.expire_at = at(today + timedelta(days=item["expires_in_days"]), MORNING)
    page.departements = _territory(item)
    publish(index, page, published_at=at(published_on, MORNING), tags=item["tags"])
    if item.get("expires_in_days", 1) <= 0:
        page.refresh_from_db()
        page.unpublish(set_expired=True, log_action=None)


def load_videos(library: Library, today: date) -> int:
    """The companies, each planned for its month: those of the months to come wait for their first day."""
    index = VideoIndexPage.objects.get()
    items = sorted(content.items("videos"), key=lambda item: item["months"])
    missing = _missing([item for item in items if item["slug"] in library.films], index)
    for item in missing:
        page = _video(item, library)
        first = month(today, item["months"])
        opens_at = at(first, time())
        page.go_live_at = opens_at if item["months"] > 0 else None
        publish(index, page, published_at=opens_at if item["months"] <= 0 else None, tags=item.get("tags"))
        FeaturedVideo.objects.get_or_create(month=first, defaults={"video": page})
    return len(missing)


def _video(item: Item, library: Library) -> VideoPage:
    return VideoPage(
        title=item["title"],
        slug=item["slug"],
        summary=item["summary"],
        easy_read=item.get("easy_read", ""),
        media=library.films[item["slug"]],
        company=item["company"],
        sector=item.get("sector", ""),
        status=item.get("status", ""),
        city=item.get("city", ""),
        departement=Departement.objects.filter(code=item.get("departement", "")).first(),
        staff=item.get("staff"),
        founded=item.get("founded"),
        jobs=item.get("jobs", ""),
        link=item.get("link", ""),
        link_label=item.get("link_label", ""),
    )
