from django.urls import path

from accompaniment.views import agenda, appointments, availabilities

BY_LINK = "rendez-vous/<str:token>"
AGENDA = "espace/conseil/agenda"

urlpatterns = [
    path(f"{BY_LINK}/", appointments.appointment, name="appointment"),
    path(f"{BY_LINK}/deplacer/", appointments.appointment_move, name="appointment_move"),
    path(f"{BY_LINK}/annuler/", appointments.appointment_cancel, name="appointment_cancel"),
    path(f"{BY_LINK}/reprendre/", appointments.appointment_again, name="appointment_again"),
    path(f"{BY_LINK}/rappels/", appointments.appointment_reminders, name="appointment_reminders"),
    path(f"{BY_LINK}/calendrier.ics", appointments.appointment_calendar, name="appointment_calendar"),
    path("agenda/<str:token>/", availabilities.agenda_feed, name="agenda_feed"),
    path(f"{AGENDA}/", agenda.agenda, name="agenda"),
    path(f"{AGENDA}/fixer/", agenda.agenda_fix, name="agenda_fix"),
    path(f"{AGENDA}/disponibilites/", availabilities.availabilities, name="availabilities"),
    path(f"{AGENDA}/disponibilites/changer/", availabilities.availability_change, name="availability_change"),
    path(f"{AGENDA}/disponibilites/finir/", availabilities.availability_end, name="availability_end"),
    path(f"{AGENDA}/absences/", availabilities.days_off_add, name="days_off_add"),
    path(f"{AGENDA}/absences/retirer/", availabilities.days_off_remove, name="days_off_remove"),
    path(f"{AGENDA}/calendrier/", availabilities.agenda_feed_make, name="agenda_feed_make"),
    path(f"{AGENDA}/calendrier/retirer/", availabilities.agenda_feed_revoke, name="agenda_feed_revoke"),
    path(f"{AGENDA}/<slug:reference>/", agenda.agenda_appointment, name="agenda_appointment"),
    path(f"{AGENDA}/<slug:reference>/deplacer/", agenda.agenda_move, name="agenda_move"),
    path(f"{AGENDA}/<slug:reference>/annuler/", agenda.agenda_cancel, name="agenda_cancel"),
    path(f"{AGENDA}/<slug:reference>/noter/", agenda.agenda_mark, name="agenda_mark"),
]
