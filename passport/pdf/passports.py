"""The passport on paper: its stamps, its visits, what was decided."""

from datetime import date

from pages.templatetags.french import short_date, short_month
from passport.models import Passport
from passport.pdf.attestations import decided, visits_table
from passport.pdf.papers import Block, facts, heading, paper
from passport.pdf.record import NBSP, Record, hours_of
from passport.picture import KindPicture, Picture, picture

STATES = {"used": "", "proposed": "à signer", "reserved": "réservée", "free": "libre"}


def of_passport(passport: Passport) -> bytes:
    """For its member, who accompanies them and who pays: nothing of what was said or where. Read it `with_all`."""
    record, drawn = Record(passport), picture(passport)
    blocks = [
        facts(
            ("Conseiller référent", record.referent),
            ("Prescripteur", str(record.organisation)),
            ("Planche de vignettes", str(passport.sheet)),
            ("Forfait", record.package()),
            ("Durée", record.window()),
            ("Fin de la période d’essai", short_date(passport.trial_ends_on)),
            ("État", passport.get_state_display()),
        ),
        heading("Les heures"),
        *(_strip(kind) for kind in drawn.kinds),
        heading("Les visites"),
        visits_table(record),
        *decided(record),
    ]
    return paper(passport, title=record.name, lead="", blocks=blocks, subject=passport.reference, cover=_cover(drawn))


def _cover(drawn: Picture) -> Block:
    return {"eyebrow": "Passeport numérique", "figure": hours_of(drawn.left), "said": f"restantes sur {drawn.quota}"}


def _strip(kind: KindPicture) -> Block:
    stamps = [
        {"state": stamp.state, "word": STATES[stamp.state], "day": _day(stamp.day) if stamp.state == "used" else ""}
        for stamp in kind.stamps
    ]
    return {"kind": "stamps", "label": kind.label, "drawing": kind.drawing, "said": kind.said, "stamps": stamps}


def _day(day: date | None) -> str:
    """« 7 sept. »: what a postmark has room for."""
    return f"{day.day}{NBSP}{short_month(day)}" if day else ""
