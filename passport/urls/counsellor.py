from django.urls import URLPattern, path

from passport.views import counsellor, papers, staff_cheques, visits

SPACE = "espace/conseil/passeports"
PAPER = f"{SPACE}/papier"
CHEQUE = f"{SPACE}/cheques/<slug:reference>"
DECISION = f"{SPACE}/decisions/<slug:reference>"
ONE = f"{SPACE}/<slug:reference>"

urlpatterns: list[URLPattern] = [
    path(f"{SPACE}/", counsellor.passports, name="passports"),
    path(f"{PAPER}/", papers.papers, name="papers"),
    path(f"{PAPER}/a-voir/<slug:reference>/", papers.paper_see, name="paper_see"),
    path(f"{PAPER}/<slug:serial>/", papers.paper_record, name="paper_record"),
    path(f"{CHEQUE}/", staff_cheques.cheque_staff, name="cheque_staff"),
    path(f"{CHEQUE}/retirer/", staff_cheques.cheque_withdraw, name="cheque_withdraw"),
    path(f"{CHEQUE}/annuler/", staff_cheques.cheque_cancel, name="cheque_cancel"),
    path(f"{CHEQUE}/note/", staff_cheques.cheque_note, name="cheque_note"),
    path(f"{CHEQUE}/avis/", staff_cheques.cheque_judge, name="cheque_judge"),
    path(f"{CHEQUE}/papier/", papers.paper_scan, name="paper_scan"),
    path(f"{DECISION}/retirer/", counsellor.decision_withdraw, name="decision_withdraw"),
    path(f"{DECISION}/accord/", counsellor.decision_agreed, name="decision_agreed"),
    path(f"{SPACE}/contestations/<slug:reference>/", staff_cheques.dispute_settle, name="dispute_settle"),
    path(f"{ONE}/", counsellor.passport_staff, name="passport_staff"),
    path(f"{ONE}/visite/", visits.visit_write, name="visit_write"),
    path(f"{ONE}/decision/", counsellor.decision_ask, name="decision_ask"),
    path("espace/passeport/cheques/<slug:reference>/papier/", papers.paper_confirm, name="paper_confirm"),
]
