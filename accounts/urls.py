from django.urls import URLPattern, path

from accounts import views

urlpatterns: list[URLPattern] = [
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("demande-de-compte/", views.account_request, name="account_request"),
]
