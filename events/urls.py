from django.urls import path

from events import views

urlpatterns = [
    path("reunions/", views.info_sessions, name="info_sessions"),
    path("reunions/archive/", views.past_sessions, name="past_sessions"),
    path("reunions/calendrier.ics", views.schedule_calendar, name="schedule_calendar"),
    path("reunions/<slug:reference>/", views.info_session, name="info_session"),
    path("reunions/<slug:reference>/calendrier.ics", views.session_calendar, name="session_calendar"),
]
