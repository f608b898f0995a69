from django.urls import path

from decks import views

urlpatterns = [
    path("espace/diaporamas/", views.deck_list, name="decks"),
    path("espace/diaporamas/<slug:reference>/", views.deck, name="deck"),
]
