from django.urls import URLPattern, path

from passport.views import paper_agreements, signing, signing_agreement, to_sign

STAFF = "espace/conseil"

urlpatterns: list[URLPattern] = [
    path("espace/passeport/code/", signing.signing_code, name="signing_code"),
    path("espace/passeport/cheques/<slug:reference>/signer/", signing.sign_cheque, name="sign_cheque"),
    path("signer/<str:token>/", signing.sign_by_link, name="sign_by_link"),
    path(f"{STAFF}/passeports/cheques/<slug:reference>/faire-signer/", to_sign.cheque_to_sign, name="cheque_to_sign"),
    path("espace/contrats/<slug:reference>/signer/", signing_agreement.sign_agreement, name="sign_agreement"),
    path(
        f"{STAFF}/membres/contrats/<slug:reference>/signer/",
        signing_agreement.sign_agreement_staff,
        name="sign_agreement_staff",
    ),
    path(
        f"{STAFF}/membres/contrats/<slug:reference>/faire-signer/",
        signing_agreement.agreement_to_sign,
        name="agreement_to_sign",
    ),
    path(
        f"{STAFF}/membres/contrats/<slug:reference>/papier/", paper_agreements.paper_agreement, name="paper_agreement"
    ),
    path(
        f"{STAFF}/membres/contrats/papier/<slug:reference>/a-voir/",
        paper_agreements.paper_agreement_see,
        name="paper_agreement_see",
    ),
]
