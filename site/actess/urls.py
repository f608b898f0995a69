"""Addresses, for good: once published, none of these changes."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import views as wagtail_views
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

urlpatterns: list[URLPattern | URLResolver] = [
    path("gestion/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    re_path(serve_pattern, login_not_required(wagtail_views.serve), name="wagtail_serve"),
]
