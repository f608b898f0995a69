"""What machines ask a site for, at the addresses they know."""

from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from association.models import Identity
from home import sitemaps
from pages.addresses import absolute

XML = "application/xml"
ON_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
PRIVATE_SECTIONS = [settings.ADMIN_PREFIX, "/courrier/", "/recherche/"]
# Less than a year, as RFC 9116 asks.
SECURITY_CONTACT_HOLDS = timedelta(days=364)


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address in one file, or the list of the files where there are too many."""
    files = sitemaps.files()
    if len(files) > len(sitemaps.SECTIONS):
        addresses = [{"location": absolute(reverse("sitemap_file", args=file))} for file in files]
        return render(request, "sitemap_index.xml", {"sitemaps": addresses}, content_type=XML)
    urls = [url for file in files for url in sitemaps.urls(*file)]
    return render(request, "sitemap.xml", {"urlset": urls}, content_type=XML)


@login_not_required
@require_safe
def sitemap_file(request: HttpRequest, section: str, number: int) -> HttpResponse:
    if section not in sitemaps.SECTIONS:
        raise Http404
    try:
        urls = sitemaps.urls(section, number)
    except EmptyPage as error:
        raise Http404 from error
    return render(request, "sitemap.xml", {"urlset": urls}, content_type=XML)


@login_not_required
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """A demonstration online is kept out of search engines; on a machine of one's own, none comes."""
    online = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname not in ON_THIS_MACHINE
    if online and Identity.objects.filter(is_demo=True).exists():
        return _text("User-agent: *", "Disallow: /")
    closed = [f"Disallow: {section}" for section in PRIVATE_SECTIONS]
    return _text("User-agent: *", *closed, "", f"Sitemap: {absolute(reverse('sitemap'))}")


@login_not_required
@require_safe
def security(_request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness of the site: RFC 9116."""
    identity = Identity.objects.first() or Identity()
    expires_on = (timezone.now() + SECURITY_CONTACT_HOLDS).date()
    return _text(
        f"Contact: {f'mailto:{identity.email}' if identity.email else absolute('/contact/')}",
        f"Expires: {datetime.combine(expires_on, time.min, UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: fr, en",
        f"Canonical: {absolute(reverse('security'))}",
    )


@login_not_required
@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """For what does not read the page's head. The name without its hash: it is for good."""
    return HttpResponsePermanentRedirect(f"{settings.STATIC_URL}icons/icon-192.png")


def _text(*lines: str) -> HttpResponse:
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
