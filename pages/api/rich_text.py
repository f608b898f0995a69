"""Rich text as it leaves the site: HTML whose links are whole addresses."""

import re
from html import escape, unescape

from django.urls import reverse

from pages.addresses import absolute, address
from pages.api.library import Library, Wanted
from pages.models import File

OPENING = re.compile(r"<a\b([^>]*)>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
EDITOR_KEY = re.compile(r' data-block-key="[^"]*"')
LINK_TO = {"page": "pages", "document": "files"}
SCHEMES = ("https://", "http://", "mailto:", "tel:", "#")


def needs(html: str, wanted: Wanted) -> None:
    """Add the pages and the files that the text links to."""
    for opening in OPENING.findall(html):
        attributes = _attributes(opening)
        if kind := LINK_TO.get(attributes.get("linktype", "")):
            wanted.add(kind, _key(attributes))


def say(html: str, library: Library) -> str:
    """A link to what is not public, or no longer exists, keeps its words and loses its address."""

    def whole(opening: re.Match[str]) -> str:
        target = _target(_attributes(opening[1]), library)
        return f'<a href="{escape(target)}">' if target else "<a>"

    return OPENING.sub(whole, EDITOR_KEY.sub("", html))


def file_address(file: File) -> str:
    return absolute(reverse("wagtaildocs_serve", args=[file.pk, file.filename]))


def _attributes(opening: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in ATTRIBUTE.findall(opening)}


def _key(attributes: dict[str, str]) -> int | None:
    key = attributes.get("id", "")
    return int(key) if key.isascii() and key.isdecimal() else None


def _target(attributes: dict[str, str], library: Library) -> str:
    kind, key = attributes.get("linktype", ""), _key(attributes) or 0
    if kind == "page" and (page := library.pages.get(key)):
        return absolute(address(page.url_path))
    if kind == "document" and (file := library.files.get(key)):
        return file_address(file)
    href = "" if kind else attributes.get("href", "")
    if href.startswith("/") and not href.startswith("//"):
        return absolute(href)
    return href if href.startswith(SCHEMES) else ""
