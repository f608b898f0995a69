from django.urls import path

from accompaniment.views import agreements, diagnostics, roadmaps
from accompaniment.views import path as paths

STAFF = "espace/conseil/membres"

urlpatterns = [
    path("espace/membre/parcours/", paths.my_path, name="my_path"),
    path(f"{STAFF}/<slug:reference>/diagnostic/", diagnostics.start, name="diagnostic_start"),
    path("espace/diagnostics/<slug:reference>/", diagnostics.diagnostic, name="diagnostic"),
    path("espace/diagnostics/<slug:reference>/pdf/", diagnostics.diagnostic_pdf, name="diagnostic_pdf"),
    path(f"{STAFF}/diagnostics/<slug:reference>/", diagnostics.write, name="diagnostic_write"),
    path(f"{STAFF}/diagnostics/<slug:reference>/reprendre/", diagnostics.reopen, name="diagnostic_reopen"),
    path(f"{STAFF}/diagnostics/<slug:reference>/feuille-de-route/", roadmaps.start, name="roadmap_start"),
    path(f"{STAFF}/diagnostics/<slug:reference>/reponses/<slug:code>/", diagnostics.answer, name="diagnostic_answer"),
    path("espace/feuilles-de-route/<slug:reference>/", roadmaps.roadmap, name="roadmap"),
    path("espace/feuilles-de-route/<slug:reference>/pdf/", roadmaps.roadmap_pdf, name="roadmap_pdf"),
    path(f"{STAFF}/feuilles-de-route/<slug:reference>/", roadmaps.write, name="roadmap_write"),
    path(f"{STAFF}/feuilles-de-route/<slug:reference>/contrat/", agreements.start, name="agreement_start"),
    path("espace/contrats/<slug:reference>/", agreements.agreement, name="agreement"),
    path("espace/contrats/<slug:reference>/pdf/", agreements.agreement_pdf, name="agreement_pdf"),
    path("espace/contrats/<slug:reference>/refuser/", agreements.decline, name="agreement_decline"),
    path(f"{STAFF}/contrats/<slug:reference>/", agreements.write, name="agreement_write"),
    path(f"{STAFF}/contrats/<slug:reference>/retirer/", agreements.withdraw, name="agreement_withdraw"),
    path(f"{STAFF}/contrats/<slug:reference>/supprimer/", agreements.abandon, name="agreement_abandon"),
]
