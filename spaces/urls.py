from django.urls import path

from spaces import views

urlpatterns = [
    path("espace/", views.space, name="space"),
    path("espace/membre/", views.member_space, name="member_space"),
    path("espace/conseil/", views.counsellor_space, name="counsellor_space"),
    path("espace/conseil/membres/", views.member_list, name="members"),
    path("espace/conseil/membres/ajouter/", views.add_member, name="add_member"),
    path("espace/conseil/membres/<slug:reference>/", views.record, name="member_record"),
    path("espace/conseil/membres/<slug:reference>/fiche/", views.correct_member, name="correct_member"),
    path("espace/conseil/membres/<slug:reference>/relais/", views.hand_over, name="hand_over"),
    path("espace/conseil/membres/<slug:reference>/remplacement/", views.stand_in, name="stand_in"),
    path("espace/conseil/membres/<slug:reference>/invitation/", views.invite_member, name="invite_member"),
    path("espace/conseil/membres/<slug:reference>/adhesion/", views.renew_membership, name="renew_membership"),
    path("espace/conseil/membres/<slug:reference>/fin-d-adhesion/", views.end_membership, name="end_membership"),
    path("espace/conseil/membres/<slug:reference>/contact/", views.note_contact, name="note_contact"),
    path("espace/conseil/relais/<slug:reference>/", views.relay, name="relay"),
    path("espace/conseil/membres/<slug:reference>/relais/retrait/", views.relay_withdraw, name="relay_withdraw"),
    path("espace/prescripteur/", views.prescriber_space, name="prescriber_space"),
    path("espace/entreprise/", views.company_space, name="company_space"),
    path("espace/tresorerie/", views.treasurer_space, name="treasurer_space"),
    path("espace/video/", views.volunteer_space, name="volunteer_space"),
    path("espace/mes-donnees/", views.my_data, name="my_data"),
    path("espace/mes-donnees/copie/", views.ask_export, name="ask_export"),
    path("espace/mes-donnees/accords/", views.stop_sharing, name="stop_sharing"),
    path("espace/mes-donnees/demande/", views.complain, name="my_data_complaint"),
    path("espace/mes-donnees/effacement/", views.erase_me, name="erase_me"),
    path("espace/donnees-effacees/", views.erased, name="erased"),
]
