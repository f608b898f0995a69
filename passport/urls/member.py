from django.urls import URLPattern, path

from passport.views import member, member_cheques, member_disputes

MINE = "espace/passeport"
ONE = f"{MINE}/<slug:reference>"
CHEQUE = f"{MINE}/cheques/<slug:reference>"

urlpatterns: list[URLPattern] = [
    path(f"{MINE}/", member.my_passport, name="my_passport"),
    path(f"{CHEQUE}/", member_cheques.my_cheque, name="my_cheque"),
    path(f"{CHEQUE}/contester/", member_disputes.my_cheque_contest, name="my_cheque_contest"),
    path(f"{CHEQUE}/contester/retirer/", member_disputes.my_cheque_agree, name="my_cheque_agree"),
    path(f"{CHEQUE}/avis/", member_cheques.my_cheque_judge, name="my_cheque_judge"),
    path(f"{ONE}/", member.my_passport_one, name="my_passport_one"),
    path(f"{ONE}/avis/", member.my_passport_judge, name="my_passport_judge"),
    path(f"{ONE}/consultations/", member.my_passport_looks, name="my_passport_looks"),
    path(f"{ONE}/verifier/", member.my_passport_check, name="my_passport_check"),
    path(f"{ONE}/passeport.json", member.my_passport_export, name="my_passport_export"),
]
