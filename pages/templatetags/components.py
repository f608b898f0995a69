"""Template components: one tag here, one template of the same name in `templates/components/`.

The first line of each template says what it is and what it needs. A component that holds
other markup is a block tag; the others only take values.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

import association
from pages.components import ComponentLibrary, Context, Items
from pages.templatetags.french import count_of

register = ComponentLibrary()

# Outlines of the départements and where to write their code, in the units of `view_box`.
MAP = json.loads((Path(association.__file__).parent / "shapes.json").read_text())


def draw(name: str, **context: Any) -> SafeString:
    return render_to_string(f"components/{name}.html", context)


@register.component
def icon(name: str, *, label: str = "") -> Context:
    return {"name": name, "label": label}


@register.simple_block_tag
def card(
    content: str,
    *,
    title: str,
    url: str,
    image: str = "",
    tags: Items = (),
    origin: str = "",
    published_on: date | None = None,
    external: bool = False,
    level: int = 3,
) -> SafeString:
    return draw(
        "card",
        content=content,
        title=title,
        url=url,
        image=image,
        tags=tags,
        origin=origin,
        published_on=published_on,
        external=external,
        level=level,
    )


@register.component
def session_stamp(
    *,
    title: str,
    url: str,
    starts_at: datetime,
    ends_at: datetime | None = None,
    place: str = "",
    tags: Items = (),
    seats: int | None = None,
    state: str = "",
    level: int = 3,
) -> Context:
    return {
        "title": title,
        "url": url,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "place": place,
        "tags": tags,
        "seats": seats,
        "state": state,
        "level": level,
    }


@register.component
def guide_stamp(
    *, title: str, url: str, topic: str = "", summary: str = "", cover: str = "", facts: str = "", level: int = 3
) -> Context:
    return {
        "title": title,
        "url": url,
        "topic": topic,
        "summary": summary,
        "cover": cover,
        "facts": facts,
        "level": level,
    }


@register.component
def video_card(
    *,
    title: str,
    url: str,
    poster: str = "",
    seconds: float | None = None,
    summary: str = "",
    month: date | None = None,
    featured: bool = False,
    level: int = 3,
) -> Context:
    return {
        "title": title,
        "url": url,
        "poster": poster,
        "seconds": seconds,
        "summary": summary,
        "month": month,
        "featured": featured,
        "level": level,
    }


@register.component
def video_player(
    *,
    url: str,
    title: str,
    poster: str = "",
    captions: str = "",
    transcript: str = "",
    seconds: float | None = None,
    size: int | None = None,
    mime: str = "video/mp4",
    download: bool = True,
) -> Context:
    return {
        "url": url,
        "title": title,
        "poster": poster,
        "captions": captions,
        "transcript": transcript,
        "seconds": seconds,
        "size": size,
        "mime": mime,
        "download": download,
    }


@register.component
def postmark(*, day: date | None = None, top: str = "", bottom: str = "", big: bool = False) -> Context:
    return {"day": day, "top": top, "bottom": bottom, "big": big}


@register.component
def date_block(starts_at: datetime, ends_at: datetime | None = None) -> Context:
    return {"starts_at": starts_at, "ends_at": ends_at}


@register.component
def file_link(
    *,
    title: str,
    url: str,
    extension: str = "pdf",
    size: int | None = None,
    pages: int | None = None,
    slides: int | None = None,
    edition: date | None = None,
) -> Context:
    count = count_of(slides, "diapositive") if slides else count_of(pages, "page") if pages else ""
    return {"title": title, "url": url, "extension": extension, "size": size, "count": count, "edition": edition}


@register.simple_block_tag
def empty_state(content: str, *, title: str, url: str = "", action: str = "", symbol: str = "search") -> SafeString:
    return draw("empty_state", content=content, title=title, url=url, action=action, symbol=symbol)


@register.simple_block_tag
def notice(content: str, *, kind: str = "info", title: str = "") -> SafeString:
    return draw("notice", content=content, kind=kind, title=title)


@register.simple_block_tag
def page_head(content: str, *, title: str, eyebrow: str = "", lead: str = "", long: bool = False) -> SafeString:
    return draw("page_head", content=content, title=title, eyebrow=eyebrow, lead=lead, long=long)


@register.component
def section_head(title: str, *, url: str = "", link: str = "", anchor: str = "") -> Context:
    return {"title": title, "url": url, "link": link, "anchor": anchor}


@register.simple_block_tag
def easy_read(content: str) -> SafeString:
    return draw("easy_read", content=content)


@register.simple_block_tag
def quote(content: str, *, author: str = "") -> SafeString:
    return draw("quote", content=content, author=author)


@register.simple_block_tag
def picture_figure(content: str, *, caption: str = "", credit: str = "") -> SafeString:
    return draw("picture_figure", content=content, caption=caption, credit=credit)


@register.component
def footnotes(items: Iterable[str]) -> Context:
    return {"items": items}


@register.component
def steps(items: Items) -> Context:
    return {"items": items}


@register.component
def timeline(items: Items) -> Context:
    return {"items": items}


@register.component
def key_figure(*, value: str, text: str, source: str = "", year: int | None = None, url: str = "") -> Context:
    return {"value": value, "text": text, "source": source, "year": year, "url": url}


@register.component
def data_table(*, caption: str, headers: list[str], rows: Iterable[list[Any]]) -> Context:
    return {"caption": caption, "headers": headers, "rows": [list(zip(headers, row, strict=True)) for row in rows]}


@register.component
def avatar(name: str, role: str = "") -> Context:
    return {"name": name, "role": role}


@register.component
def kind(name: str, label: str) -> Context:
    """`name`: rv, candidature, metier, rencontre or suivi."""
    return {"name": name, "label": label}


@register.component
def breadcrumb(breadcrumbs: Items) -> Context:
    return {"breadcrumbs": breadcrumbs}


@register.component
def departement_map(departements: Items, *, words: str, current: str = "", label: str = "") -> Context:
    """Départements without a known outline are in the list only."""
    places = [dict(place) | MAP["shapes"].get(place["code"], {}) for place in departements]
    return {"places": places, "view_box": MAP["view_box"], "words": words, "current": current, "label": label}


@register.component
def share_link(*, url: str, title: str) -> Context:
    return {"url": url, "title": title}


@register.component
def call_us(telephone: str, *, hours: str = "", url: str = "") -> Context:
    return {"telephone": telephone, "hours": hours, "url": url}


@register.simple_tag
def json_ld(data: Mapping[str, Any]) -> SafeString:
    """Structured data for search engines, escaped so that no value can close the element."""
    unsafe = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
    body = json.dumps(data, ensure_ascii=False).translate(unsafe)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(body))  # noqa: S308  # escaped above
