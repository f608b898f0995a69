"""Values written the way French is read: dates in full, hours, weights, counts; no-break spaces (U+00A0) inside."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils import timezone

register = template.Library()

NBSP = "\N{NO-BREAK SPACE}"
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
SHORT_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


def local(value: date) -> date:
    """The same moment on the clocks of the current time zone; a plain date or a naive moment is left alone."""
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def decimal(value: Decimal) -> str:
    """At most one digit after the comma, and none when it would be zero."""
    rounded = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return grouped(int(rounded)) if rounded == int(rounded) else str(rounded).replace(".", ",")


def grouped(value: int) -> str:
    return f"{value:,}".replace(",", NBSP)


@register.filter
def short_date(value: date | None) -> str:
    """« 3 mars 2027 », « 1er mars 2027 »."""
    if value is None:
        return ""
    day = local(value)
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NBSP}{MONTHS[day.month - 1]} {day.year}"


@register.filter
def long_date(value: date | None) -> str:
    """« mardi 3 mars 2027 »."""
    return "" if value is None else f"{DAYS[local(value).weekday()]} {short_date(value)}"


@register.filter
def hour(value: datetime | None) -> str:
    """« 14 h », « 9 h 30 »."""
    if value is None:
        return ""
    clock = timezone.localtime(value) if timezone.is_aware(value) else value
    minutes = f"{NBSP}{clock:%M}" if clock.minute else ""
    return f"{clock.hour}{NBSP}h{minutes}"


@register.filter
def moment(value: datetime | None) -> str:
    """« mardi 3 mars 2027 à 14 h »."""
    return "" if value is None else f"{long_date(value)} à{NBSP}{hour(value)}"


@register.filter
def hours_until(start: datetime | None, end: datetime | None) -> str:
    """« 14 h – 16 h », or only « 14 h » when the end is not known."""
    return f"{hour(start)} – {hour(end)}" if start and end else hour(start)


@register.filter
def month_year(value: date | None) -> str:
    """« mars 2027 »."""
    return "" if value is None else f"{MONTHS[local(value).month - 1]} {local(value).year}"


@register.filter
def short_month(value: date | None) -> str:
    """« mars », « déc. »: what a postmark has room for."""
    return "" if value is None else SHORT_MONTHS[local(value).month - 1]


@register.filter
def weekday(value: date | None) -> str:
    """« mardi »."""
    return "" if value is None else DAYS[local(value).weekday()]


@register.filter
def file_size(octets: int | None) -> str:
    """« 840 Ko », « 1,2 Mo »: thousands of octets, as computers in French say it."""
    if not octets:
        return ""
    kilos = max(1, round(octets / 1000))
    if kilos < 1000:
        return f"{kilos}{NBSP}Ko"
    return f"{decimal(Decimal(octets) / 1000 / 1000)}{NBSP}Mo"


@register.filter
def duration(seconds: float | None) -> str:
    """« 45 s », « 1 min 52 », « 2 min », « 1 h 05 »."""
    if not seconds:
        return ""
    minutes, left = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}{NBSP}h" + (f"{NBSP}{minutes:02}" if minutes else "")
    if minutes:
        return f"{minutes}{NBSP}min" + (f"{NBSP}{left:02}" if left else "")
    return f"{left}{NBSP}s"


@register.filter
def iso_duration(seconds: float | None) -> str:
    """« PT1M52S »: the machines' form, for `datetime` attributes and JSON-LD."""
    if not seconds:
        return ""
    minutes, left = divmod(round(seconds), 60)
    return f"PT{minutes}M{left}S"


@register.filter
def number(value: float | Decimal | None) -> str:
    """« 1 200 », « 12,5 »."""
    return "" if value is None else decimal(Decimal(str(value)))


@register.filter
def euros(value: Decimal | int | None) -> str:
    """« 1 050,00 € », to the cent."""
    return "" if value is None else f"{price(value)}{NBSP}€"


def price(value: Decimal | int) -> str:
    """« 1 050,00 », to the cent."""
    cents = int((Decimal(value) * 100).to_integral_value(ROUND_HALF_UP))
    whole, part = divmod(abs(cents), 100)
    return f"{'\N{MINUS SIGN}' if cents < 0 else ''}{grouped(whole)},{part:02}"


@register.filter
def count_of(value: int, words: str) -> str:
    """`{{ 3|count_of:"place" }}` gives « 3 places ». Nought and one take the singular, as French does.

    A plural that is not made with an s follows a comma: "offre d’emploi,offres d’emploi".
    """
    singular, _, plural = words.partition(",")
    word = (plural or f"{singular}s") if abs(value) > 1 else singular
    return f"{grouped(value)}{NBSP}{word}"


@register.filter
def of(words: str) -> str:
    """« de mars 2027 », « d’octobre 2026 »: the preposition before a word, elided before a vowel."""
    return f"d’{words}" if words[:1].lower() in set("aeiouyàâéèêëîïôöùûü") else f"de {words}"


@register.filter
def telephone(digits: str) -> str:
    """« 01 99 00 12 34 »: a French number two by two; anything else is given back as it was typed."""
    bare = "".join(character for character in digits if character.isdigit())
    if len(bare) != len("0199000000") or not bare.startswith("0"):
        return digits
    return NBSP.join(bare[at : at + 2] for at in range(0, len(bare), 2))


@register.filter
def telephone_link(digits: str) -> str:
    """« tel:+33199001234 »."""
    bare = "".join(character for character in digits if character.isdigit())
    return f"tel:+33{bare[1:]}" if bare.startswith("0") else f"tel:{digits.replace(' ', '')}"


@register.filter
def initials(name: str) -> str:
    """« NB » for « Nour Belkacem »: the first letter of the first and of the last word."""
    words = name.split()
    return "".join(word[0].upper() for word in ([words[0], words[-1]] if len(words) > 1 else words))


@register.filter
def sentence_list(words: Iterable[object]) -> str:
    """« Paris, Essonne et Yvelines »."""
    *first, last = [str(word) for word in words] or [""]
    return f"{', '.join(first)} et {last}" if first else last
