"""What a person says of themselves to book a place, in the form in which it is kept."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from accounts.models import Organisation
from association.models import Departement
from events.models import Booking, Need

FRENCH_DIGITS = 10
NOT_REACHED = "Donnez une adresse e-mail ou un numéro de téléphone : un seul suffit."
TYPED = {"first_name", "last_name", "email", "telephone", "audience", "heard_from"}


@dataclass(frozen=True)
class Asked:
    """An e-mail address or a telephone number is enough; `needs` are values of `Need`."""

    first_name: str
    last_name: str
    email: str = ""
    telephone: str = ""
    departement: Departement | None = None
    audience: str = ""
    heard_from: str = ""
    sent_by: Organisation | None = None
    tells_prescriber: bool = False
    needs: tuple[str, ...] = ()
    refuses_reminders: bool = False

    def booking(self) -> Booking:
        """Not saved yet."""
        return Booking(
            first_name=self.first_name.strip(),
            last_name=self.last_name.strip(),
            email=self.email.strip().lower(),
            telephone=one_form_of(self.telephone),
            departement=self.departement,
            audience=self.audience,
            heard_from=self.heard_from,
            sent_by=self.sent_by,
            tells_prescriber=self.tells_prescriber,
            refuses_reminders=self.refuses_reminders,
        )


def one_form_of(telephone: str) -> str:
    """« +33 (0)6 39.98.00.00 » is « 06 39 98 00 00 »: the same number is always written in the same way."""
    typed = telephone.strip()
    digits = re.sub(r"\D", "", typed.replace("(0)", ""), flags=re.ASCII)
    if digits.startswith("00"):
        typed, digits = "+", digits[2:]
    if typed.startswith("+"):
        if not digits.startswith("33"):
            return f"+{digits}"
        digits = f"0{digits[2:].removeprefix('0')}"
    if len(digits) != FRENCH_DIGITS:
        return digits
    return " ".join(digits[start : start + 2] for start in range(0, FRENCH_DIGITS, 2))


def check(booking: Booking, *, telephone: str = "") -> None:
    """Refuse, by field, what cannot be kept; `telephone` is the number as it was typed."""
    errors: dict[str, list[str]] = {}
    kept, booking.telephone = booking.telephone, telephone or booking.telephone
    try:
        booking.clean_fields(exclude={field.name for field in Booking._meta.fields} - TYPED)
    except ValidationError as error:
        errors = error.message_dict
    booking.telephone = kept
    if booking.member is None:
        if not booking.last_name:
            errors.setdefault("last_name", ["Donnez votre nom."])
        if not (booking.is_walk_in or booking.email or booking.telephone):
            errors.setdefault("email", [NOT_REACHED])
    if errors:
        raise ValidationError(errors)


def check_needs(needs: tuple[str, ...]) -> list[str]:
    if unknown := set(needs) - set(Need.values):
        raise ValidationError({"needs": f"Ce besoin n’est pas dans la liste : {min(unknown)}."})
    return [need for need in Need.values if need in needs]
