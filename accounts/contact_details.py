"""What people type of themselves: names in any script, telephones in any form, one plain e-mail address."""

import re
import unicodedata

from django.core.exceptions import ValidationError

FEWEST_DIGITS, MOST_DIGITS = 6, 15
TELEPHONE = re.compile("\\(?\\+?[\\d .()/\u00a0\u202f-]+", re.ASCII)
# Controls, lone halves of a character, and marks that turn the direction of the text after them.
UNREADABLE = {"Cc", "Cs", "Zl", "Zp"}
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def check_name(value: str) -> None:
    """Any script, with what joins its letters; nothing invisible that would change the line it stands in."""
    if any(unicodedata.category(letter) in UNREADABLE or letter in TURNING for letter in value):
        raise ValidationError("Ce texte contient un caractère invisible : tapez-le de nouveau.", code="unreadable")


def check_telephone(value: str) -> None:
    """French or foreign, with or without spaces: as many digits as a telephone can have."""
    digits = re.sub(r"\D", "", value, flags=re.ASCII)
    if not TELEPHONE.fullmatch(value) or not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
        raise ValidationError(
            "Ce numéro n’est pas celui d’un téléphone. Par exemple : 06 39 98 00 00 ou +33 6 39 98 00 00.",
            code="telephone",
        )


def check_mailbox(value: str) -> None:
    """One address in its plain form: a quoted one may hide a second recipient."""
    if not value.isprintable() or any(mark in value for mark in '"\\ ,;<>()'):
        raise ValidationError("Saisissez une seule adresse e-mail, par exemple prenom@example.org.", code="mailbox")
