from django.urls import URLPattern, path

from passport.views import check, documents

PAPERS = "espace/documents"

urlpatterns: list[URLPattern] = [
    path("verifier/", check.check, name="check"),
    path("verifier/verifier-passeport.py", check.checker, name="checker"),
    path("verifier/<str:code>/", check.check_document, name="check_document"),
    path(f"{PAPERS}/passeport/<slug:reference>.pdf", documents.passport, name="passport_pdf"),
    path(
        f"{PAPERS}/accompagnement/<slug:reference>.pdf",
        documents.passport_attestation,
        name="passport_attestation_pdf",
    ),
    path(f"{PAPERS}/attestation/<slug:reference>.pdf", documents.attestation, name="attestation_pdf"),
    path(f"{PAPERS}/presence/<slug:reference>.pdf", documents.certificate, name="certificate_pdf"),
    path(f"{PAPERS}/planche/<slug:order>/<int:number>.pdf", documents.sheet, name="sheet_pdf"),
    path(f"{PAPERS}/cheques-papier/<slug:booklet>.pdf", documents.blanks, name="blanks_pdf"),
]
