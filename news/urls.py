from django.contrib.auth.decorators import login_not_required
from django.urls import path

import association.converters  # noqa: F401  # registers `departement`
from news.feeds import DepartementFeed, NewsFeed, TagFeed

urlpatterns = [
    path("actualites/flux/", login_not_required(NewsFeed()), name="news_feed"),
    path("actualites/flux/<slug:slug>/", login_not_required(TagFeed()), name="news_feed_by_tag"),
    path(
        "departements/<departement:code>-<slug:slug>/flux/",
        login_not_required(DepartementFeed()),
        name="news_feed_by_departement",
    ),
]
