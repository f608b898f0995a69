from django.urls import path

from spaces import views

urlpatterns = [
    path("espace/", views.space, name="space"),
]
