"""What a message says, from its template: `templates/notices/mails/<name>.txt`, `templates/notices/sms/<name>.txt`.

A template holds the subject on its first line, a blank line, then paragraphs;
of a short message, one. Of an address of ours that is alone in its paragraph,
the HTML part makes a button; a line before it that ends with a colon is what
the button says. A paragraph whose lines begin with two spaces stands out.
Nothing in the context opens a header, a button to elsewhere, or markup.
"""

import re
import unicodedata
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string

from association.models import Identity

LONGEST_SUBJECT = 200
# An address of ours, and any other long word, is broken on a narrow screen; not another address, which a mail
# program makes a link of.
LONGEST_WORD = 24
# Capitals as wide as they come, on the narrowest screen.
PIECE = 12
CARD = "  "
BUTTON = "Ouvrir la page"
# What reverses the reading of a line, or hides in it.
HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def written_mail(template: str, context: dict[str, Any]) -> tuple[str, str, str]:
    """Subject, text and HTML."""
    identity = Identity.objects.first() or Identity()
    subject, text = _rendered(f"notices/mails/{template}.txt", identity, context)
    text = re.sub(r"\n{3,}", "\n\n", text.strip())
    parts = [_part(paragraph) for paragraph in text.split("\n\n")]
    html = render_to_string("notices/mail.html", {"association": identity, "subject": subject, "parts": parts})
    return subject, f"{text}\n\n-- \n{_signature(identity)}\n", html


def written_sms(template: str, context: dict[str, Any]) -> tuple[str, str]:
    """What the log calls it, and the message, in one line."""
    subject, text = _rendered(f"notices/sms/{template}.txt", Identity.objects.first() or Identity(), context)
    return subject, " ".join(HIDDEN.sub("", text).split())


def _rendered(name: str, identity: Identity, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and text."""
    shared = {"association": identity, "base_url": settings.WAGTAILADMIN_BASE_URL}
    source: Any = get_template(name)
    whole = plain(source.template.render(Context(shared | context, autoescape=False)))
    subject, _, text = whole.strip().partition("\n\n")
    return " ".join(HIDDEN.sub("", subject).split())[:LONGEST_SUBJECT], text.strip()


def plain(text: str) -> str:
    """Without the characters that only machines read."""
    text = text.replace("\r\n", "\n")
    return "".join(letter for letter in text if letter == "\n" or unicodedata.category(letter) != "Cc")


def _part(paragraph: str) -> dict[str, Any]:
    """A paragraph's lines, or the address that it is."""
    *before, last = [line.strip() for line in paragraph.split("\n")]
    named = len(before) == 1 and before[0].endswith(":")
    if (named or not before) and _is_ours(last):
        label = before[0].removesuffix(":").strip() if named else BUTTON
        return {"address": last, "pieces": _pieces(last), "label": label, "lines": [], "is_card": False}
    is_card = all(line.startswith(CARD) for line in paragraph.split("\n"))
    lines = [_in_pieces(line) for line in (*before, last)]
    return {"address": "", "pieces": [], "label": "", "lines": lines, "is_card": is_card}


def _in_pieces(line: str) -> list[str]:
    """A break is allowed after each one."""
    pieces = [""]
    for word in re.split("( )", line):
        is_left = len(word) <= LONGEST_WORD or word.startswith(("http://", "https://"))
        first, *others = [word] if is_left else _pieces(word, PIECE)
        pieces[-1] += first
        pieces += others
    return pieces


def _pieces(word: str, length: int = LONGEST_WORD) -> list[str]:
    return [word[start : start + length] for start in range(0, len(word), length)]


def _is_ours(line: str) -> bool:
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return " " not in line and line.startswith(f"{base}/")


def _signature(identity: Identity) -> str:
    town = f"{identity.postcode} {identity.city}".strip()
    return "\n".join(line for line in (identity.name, identity.address, town, identity.telephone) if line)
