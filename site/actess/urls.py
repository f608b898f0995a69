"""Addresses, for good: once published, none of these changes."""

from allauth.account.views import logout
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView
from wagtail import views as wagtail_views
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents.views import serve as wagtaildocs
from wagtail.urls import serve_pattern

from actess.api import nothing_here, router
from pages.search.views import search
from pages.views import collection_privacy, edit_collection, styleguide
from private_files.views import public_media

editors_login = login_not_required(RedirectView.as_view(pattern_name="account_login", query_string=True))

urlpatterns: list[URLPattern | URLResolver] = [
    # In the place of Wagtail's own.
    path("gestion/collections/<int:pk>/", edit_collection, name="edit_collection"),
    path("gestion/collections/<int:collection_id>/privacy/", collection_privacy, name="collection_privacy"),
    path("gestion/login/", editors_login, name="editors_login"),
    path("gestion/logout/", logout, name="editors_logout"),
    path("gestion/", include(wagtailadmin_urls)),
    # Only the document itself: no collection has a shared password.
    re_path(
        r"^documents/(\d{1,18})/(.*)$", login_not_required(require_safe(wagtaildocs.serve)), name="wagtaildocs_serve"
    ),
    re_path(r"^media/(?P<path>.*)$", public_media, name="public_media"),
    path("recherche/", search, name="search"),
    path("api/v2/", router.urls),
    re_path(r"^api/", nothing_here, name="nothing_here"),
    path("", include("news.urls")),
    path("", include("events.urls")),
    path("", include("events.staff_urls")),
    path("", include("private_files.urls")),
    path("compte/", include("accounts.authentication.urls")),
    path("", include("accounts.urls")),
    path("", include("accompaniment.urls")),
    path("", include("passport.urls")),
    path("", include("candidates.urls")),
    path("", include("decks.urls")),
    path("", include("spaces.urls")),
    path("", include("home.urls")),
    path("courrier/", include("notices.urls")),
    path("guide-de-style/", styleguide, name="styleguide"),
    re_path(serve_pattern, login_not_required(wagtail_views.serve), name="wagtail_serve"),
]
