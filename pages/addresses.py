"""Addresses of pages without asking the database for each."""

from django.conf import settings


def address(url_path: str) -> str:
    """The path at which a visitor finds the page that Wagtail keeps under `url_path`.

    The front page is the child of the tree's root: its own slug, the first
    segment of `url_path`, is not in the address.
    """
    return "/" + url_path.split("/", 2)[2]


def absolute(path: str) -> str:
    """The same with the scheme and the host of the site, for what leaves it: feeds, mails, shared links."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path
