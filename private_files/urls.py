from django.urls import path

from private_files import views

urlpatterns = [
    path("fichiers/<slug:kind>/<slug:reference>/", views.private_file, name="private_file"),
]
