"""Short messages to people without an e-mail: off, until `ACTESS_SMS` names the function that sends them.

    def send(telephone: str, text: str) -> None: ...

It is given an international number (« +33639980000 ») and a text of letters
that every telephone takes in one message of 160. What it raises: an `OSError`
is tried again for as long as it takes, anything else five times.
"""

import logging
import re
import unicodedata
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

# Of GSM 03.38, what French has; any other letter makes three messages of one.
TAKEN = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà€"
)
WRITTEN_OTHERWISE = {"’": "'", "\u2018": "'", "«": '"', "»": '"', "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."}
WRITTEN_OTHERWISE |= {"œ": "oe", "Œ": "OE", "·": "."}
FRANCE = "+33"
NATIONAL = re.compile(r"0\d{9}")
MOBILE_OF_FRANCE = re.compile(r"\+33[67]\d{8}")
SHOWN_DIGITS = 2


class Sender(Protocol):
    def __call__(self, telephone: str, text: str) -> None: ...


def is_on() -> bool:
    return bool(settings.ACTESS_SMS)


def reaches(telephone: str) -> bool:
    """Whether a message can be sent to this number: messages are on, and it is not a landline of ours."""
    number = international(telephone)
    return is_on() and bool(number) and (not number.startswith(FRANCE) or bool(MOBILE_OF_FRANCE.fullmatch(number)))


def send(telephone: str, text: str) -> None:
    sender: Sender = import_string(settings.ACTESS_SMS)
    sender(international(telephone), simple(text))


def international(telephone: str) -> str:
    """« 06 39 98 00 00 », « 0033 6… », « +33 (0)6… » as one number; empty where there is none."""
    typed = re.sub(r"\(0\)", "", telephone)
    digits = re.sub(r"\D", "", typed, flags=re.ASCII)
    if typed.strip().startswith("+"):
        return f"+{digits}"
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    if NATIONAL.fullmatch(digits):
        return f"{FRANCE}{digits[1:]}"
    return f"+{digits}" if digits else ""


def simple(text: str) -> str:
    """The same in letters that a short message has: « 14 h, à l’ouest » stays, « ê » becomes « e »."""
    return "".join(_simple(WRITTEN_OTHERWISE.get(letter, letter)) for letter in text)


def to_log(telephone: str, text: str) -> None:
    """For a machine of one's own: the message in the log, the number masked."""
    logger.warning("SMS to %s%s: %s", "•" * (len(telephone) - SHOWN_DIGITS), telephone[-SHOWN_DIGITS:], text)


def _simple(letters: str) -> str:
    if all(letter in TAKEN for letter in letters):
        return letters
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(letter))
    return "".join(letter if letter in TAKEN else "?" for letter in bare)
