from django.urls import path

from events.views import diagnostic_slots, staff, staff_adding, staff_people, staff_visits

SHEET = "espace/conseil/reunions/<slug:reference>"
# What the code of a booking opens, when a counsellor reads it.
PRESENCE = "espace/conseil/presence/<slug:reference>"

urlpatterns = [
    path("espace/conseil/reunions/", staff.sheet_list, name="sheets"),
    path(f"{SHEET}/", staff.sheet, name="sheet"),
    path(f"{SHEET}/imprimer/", staff.sheet_print, name="sheet_print"),
    path(f"{SHEET}/animer/", staff.sheet_host, name="sheet_host"),
    path(f"{SHEET}/clore/", staff.sheet_close, name="sheet_close"),
    path(f"{SHEET}/rouvrir/", staff.sheet_reopen, name="sheet_reopen"),
    path(f"{SHEET}/visites/", staff_visits.sheet_visits, name="sheet_visits"),
    path(f"{SHEET}/sans-reservation/", staff_adding.sheet_walk_in, name="sheet_walk_in"),
    path(f"{SHEET}/inscrire/", staff_adding.sheet_book, name="sheet_book"),
    path(f"{SHEET}/garder/", staff_adding.sheet_keep, name="sheet_keep"),
    path(f"{SHEET}/rendre/", staff_adding.sheet_release, name="sheet_release"),
    path(f"{SHEET}/diagnostic/<slug:booking>/", diagnostic_slots.staff_diagnostic_slots, name="staff_diagnostic_slots"),
    path(f"{PRESENCE}/", staff_people.presence, name="presence"),
    path(f"{PRESENCE}/noter/", staff_people.presence_mark, name="presence_mark"),
    path(f"{PRESENCE}/confirmer/", staff_people.presence_confirm, name="presence_confirm"),
    path(f"{PRESENCE}/annuler/", staff_people.presence_cancel, name="presence_cancel"),
    path(f"{PRESENCE}/espace/", staff_people.presence_space, name="presence_space"),
]
