from django.urls import path

import association.converters  # noqa: F401  # registers `departement`
from home import views

urlpatterns = [
    path("departements/<departement:code>-<slug:slug>/", views.departement, name="departement"),
    path("plan-du-site/", views.site_map, name="site_map"),
]
