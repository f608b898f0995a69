from django.urls import path

from notices import views

urlpatterns = [path("", views.sent, name="sent_mails")]
