"""How somebody signed: a short word kept with what they signed, and what people read of it."""

PIN = "pin"
PAPER_SEEN = "papier:vu"
PAPER_CONFIRMED = "papier:confirme"
OF_SESSIONS = {"password": "votre mot de passe", "code": "un code de sécurité", "passkey": "une clé d’accès"}
ELSEWHERE = {
    PIN: "sur le téléphone du conseiller, avec votre code de signature",
    PAPER_SEEN: "sur papier, et une deuxième personne de l’association a vu la copie",
    PAPER_CONFIRMED: "sur papier, puis confirmé dans votre espace",
}


def session(how: str) -> str:
    """In their own session, where they had just shown again who they are: by password, code or passkey."""
    return f"session:{how}"


def qr(how: str) -> str:
    """The same, on a telephone that read the QR code."""
    return f"qr:{how}"


def in_words(means: str, *, to_them: bool = False) -> str:
    """« dans son espace, avec son mot de passe »; said to the person themselves, « votre »."""
    where, _, how = means.partition(":")
    if means in ELSEWHERE:
        words = ELSEWHERE[means]
    elif where in {"session", "qr"} and how in OF_SESSIONS:
        words = f"dans votre espace{', par QR code' if where == 'qr' else ''}, avec {OF_SESSIONS[how]}"
    else:
        return "par un moyen que ce document ne nomme pas"
    return words if to_them else words.replace("votre", "son")
