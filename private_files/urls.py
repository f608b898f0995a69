from django.urls import path

from private_files import upload_views, views

urlpatterns = [
    path("fichiers/<slug:kind>/<slug:reference>/", views.private_file, name="private_file"),
    path("envois/", upload_views.start, name="upload_start"),
    path("envois/<slug:reference>/", upload_views.piece, name="upload"),
    path("envois/<slug:reference>/abandon/", upload_views.abandon, name="upload_abandon"),
]
