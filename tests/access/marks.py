"""Words that only private fields hold: they are found in no page that a stranger can read."""

KINDS_OF_MARKS = [
    *("prenom", "nom", "mail", "phrase", "resume", "competence", "emploi", "employeur"),
    *("message", "accord", "objection", "raison", "lien", "diaporama", "texte", "sommaire", "lieu"),
    *("auteur", "fichier", "transcription", "soustitre", "organisme", "siret", "brouillon", "upload"),
    *("inscrit", "courriel", "diagnostic", "route", "engagement"),
    *("visite", "adresse", "bilan", "contestation", "avis", "decision", "annulation"),
]
MARKS = {kind: f"zqx{kind}zqx" for kind in KINDS_OF_MARKS}


def mark(kind: str) -> str:
    return MARKS[kind]
