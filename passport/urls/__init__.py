from django.urls import URLPattern

from passport.urls import check, counsellor, member, prescriber, signing, treasury

PARTS = (check, signing, member, counsellor, prescriber, treasury)
urlpatterns: list[URLPattern] = [pattern for part in PARTS for pattern in part.urlpatterns]
