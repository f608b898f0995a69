from django.urls import path

from candidates.views import (
    company,
    counsellor,
    experiences,
    film_review,
    films,
    member,
    page,
    portrait,
    sharing,
    volunteer,
)

MINE = "espace/ma-page"
REVIEW = "espace/conseil/candidats"
HELP = "espace/video/candidats"

urlpatterns = [
    path(f"{MINE}/", member.my_page, name="my_page"),
    path(f"{MINE}/commencer/", member.start, name="my_page_start"),
    path(f"{MINE}/presentation/", member.step, {"name": "presentation"}, name="my_page_presentation"),
    path(f"{MINE}/recherche/", member.step, {"name": "recherche"}, name="my_page_search"),
    path(f"{MINE}/competences/", member.step, {"name": "competences"}, name="my_page_skills"),
    path(f"{MINE}/experiences/", experiences.my_experiences, name="my_page_experiences"),
    path(f"{MINE}/experiences/ajouter/", experiences.experience, name="my_page_experience_add"),
    path(f"{MINE}/experiences/<int:position>/", experiences.experience, name="my_page_experience"),
    path(f"{MINE}/experiences/<int:position>/<slug:action>/", experiences.order, name="my_page_experience_order"),
    path(f"{MINE}/portrait/", portrait.my_portrait, name="my_page_portrait"),
    path(f"{MINE}/portrait/retirer/", portrait.remove_portrait, name="my_page_portrait_remove"),
    path(f"{MINE}/video/", films.my_video, name="my_page_video"),
    path(f"{MINE}/video/naissance/", films.born, name="my_page_video_born"),
    path(f"{MINE}/video/<slug:reference>/sous-titres/", films.my_captions, name="my_page_video_captions"),
    path(f"{MINE}/video/<slug:reference>/supprimer/", films.delete, name="my_page_video_delete"),
    path(f"{MINE}/apercu/", member.preview, name="my_page_preview"),
    path(f"{MINE}/envoyer/", member.submit, name="my_page_submit"),
    path(f"{MINE}/reprendre/", member.take_back, name="my_page_take_back"),
    path(f"{MINE}/messages/", member.message, name="my_page_message"),
    path(f"{MINE}/accords/", sharing.my_consents, name="my_page_consents"),
    path(f"{MINE}/accords/retirer/", sharing.withdraw_all, name="my_page_consent_withdraw_all"),
    path(f"{MINE}/accords/<slug:reference>/retirer/", sharing.withdraw, name="my_page_consent_withdraw"),
    path(f"{MINE}/consultations/", sharing.my_looks, name="my_page_looks"),
    path(f"{MINE}/consultations/<slug:reference>/", sharing.objection, name="my_page_look_object"),
    path(f"{REVIEW}/", counsellor.reviews, name="candidate_reviews"),
    path(f"{REVIEW}/<slug:reference>/", counsellor.review, name="candidate_review"),
    path(f"{REVIEW}/<slug:reference>/valider/", counsellor.approve, name="candidate_review_approve"),
    path(f"{REVIEW}/<slug:reference>/rendre/", counsellor.send_back, name="candidate_review_send_back"),
    path(f"{REVIEW}/<slug:reference>/messages/", counsellor.message, name="candidate_review_message"),
    path(f"{REVIEW}/<slug:reference>/video/", film_review.film_help, name="candidate_film_help"),
    path(f"{REVIEW}/<slug:reference>/video/<slug:film>/valider/", film_review.approve, name="candidate_film_approve"),
    path(f"{REVIEW}/<slug:reference>/video/aide/<slug:given>/", film_review.end_help, name="candidate_film_help_end"),
    path(f"{HELP}/<slug:reference>/", volunteer.volunteer_video, name="volunteer_video"),
    path(f"{HELP}/<slug:reference>/<slug:film>/sous-titres/", volunteer.volunteer_captions, name="volunteer_captions"),
    path("espace/entreprise/candidats/", company.candidates, name="company_candidates"),
    path("espace/entreprise/candidats/<slug:reference>/", company.candidate, name="company_candidate"),
    path("espace/candidats/<slug:reference>/", page.candidate_page, name="candidate_page"),
    path("espace/candidats/<slug:reference>/pdf/", page.candidate_pdf, name="candidate_pdf"),
]
