from django.urls import URLPattern, path

from passport.views import prescriber_audits as audits
from passport.views import prescriber_orders as orders
from passport.views import prescriber_passports as passports
from passport.views import prescriber_summary

SPACE = "espace/prescripteur"
urlpatterns: list[URLPattern] = [
    path(f"{SPACE}/commandes/", orders.orders, name="prescriber_orders"),
    path(f"{SPACE}/commandes/nouvelle/", orders.ask, name="prescriber_order_ask"),
    path(f"{SPACE}/commandes/<slug:reference>/", orders.order, name="prescriber_order"),
    path(f"{SPACE}/passeports/", passports.passports, name="prescriber_passports"),
    path(f"{SPACE}/passeports/<slug:reference>/", passports.passport, name="prescriber_passport"),
    path(f"{SPACE}/passeports/<slug:reference>/avis/", passports.opinion, name="prescriber_passport_opinion"),
    path(f"{SPACE}/decisions/<slug:reference>/", passports.decision, name="prescriber_decision"),
    path(f"{SPACE}/resume/", prescriber_summary.summary, name="prescriber_summary"),
    path(f"{SPACE}/controle/", audits.audits, name="prescriber_audits"),
    path(f"{SPACE}/controle/<slug:reference>/", audits.audit, name="prescriber_audit"),
]
