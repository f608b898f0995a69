"""The papers of a passport: what each says, and how it looks (`*.typ`)."""

from passport.pdf.attestations import attestation_of_passport, attestation_of_visit, certificate_of_visit
from passport.pdf.blank import blanks
from passport.pdf.passports import of_passport
from passport.pdf.sheets import of_sheet

__all__ = [
    "attestation_of_passport",
    "attestation_of_visit",
    "blanks",
    "certificate_of_visit",
    "of_passport",
    "of_sheet",
]
