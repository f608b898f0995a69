from django.urls import path

import association.converters  # noqa: F401  # registers `departement`
from home import machines, views

urlpatterns = [
    path("departements/<departement:code>-<slug:slug>/", views.departement, name="departement"),
    path("plan-du-site/", views.site_map, name="site_map"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", machines.sitemap_file, name="sitemap_file"),
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("favicon.ico", machines.favicon, name="favicon"),
]
