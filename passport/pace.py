"""Where a passport is on its way, in words: what will be left at the end if it goes on like this."""

from dataclasses import dataclass
from datetime import date, timedelta

from pages.templatetags.french import NBSP, count_of, long_date, short_date
from passport.models import IN_USE, Passport
from passport.picture import Picture
from passport.rules import SIGNED_WITHIN

# Before that, one visit more or less changes all.
LONG_ENOUGH = timedelta(days=14)
A_WEEK = 7


@dataclass(frozen=True)
class Hours:
    """Those that must be used inside the window, and how many of them are planned besides."""

    quota: int
    used: int
    planned: int = 0

    @property
    def left(self) -> int:
        return self.quota - self.used


def hours_of(picture: Picture) -> Hours:
    """Without the kinds that may come after the window."""
    kinds = [kind for kind in picture.kinds if not kind.kind.goes_beyond_window]
    quota, used = sum(kind.quota for kind in kinds), sum(kind.used for kind in kinds)
    return Hours(quota, used, sum(kind.proposed + kind.reserved for kind in kinds))


def left_at_end(hours: Hours, first: date, last: date, today: date) -> int:
    """Hours that nobody will have used on the last day, at the pace of the days that passed; never fewer than none.

    What is planned is used, whatever the pace. Needs a day that has passed.
    """
    passed, whole = (today - first).days, (last - first).days + 1
    at_this_pace = round(hours.used * whole / passed)
    return hours.quota - min(hours.quota, max(at_this_pace, hours.used + hours.planned))


def words(picture: Picture, today: date) -> list[str]:
    """Sentences for the member, the window first; none where there is nothing to say."""
    passport = picture.passport
    if passport.state == Passport.State.SUSPENDED:
        return ["Votre passeport est suspendu. Les jours de la suspension vous seront rendus à la reprise."]
    if passport.state not in IN_USE:
        return []
    if passport.starts_on is None or passport.ends_on is None:
        return ["La durée commence le jour de votre première visite signée."]
    if today < passport.starts_on:
        return [f"Votre passeport commence le {long_date(passport.starts_on)}."]
    if today > passport.ends_on:
        return _after(passport, today)
    return [*_until(passport.ends_on, today), *_pace(hours_of(picture), passport.starts_on, passport.ends_on, today)]


def _until(last: date, today: date) -> list[str]:
    days = (last - today).days
    left = "c’est aujourd’hui" if not days else f"encore {count_of(days, 'jour')}"
    return [f"Vous pouvez utiliser vos heures jusqu’au {long_date(last)}{NBSP}: {left}."]


def _pace(hours: Hours, first: date, last: date, today: date) -> list[str]:
    if hours.left == 0:
        return ["Toutes vos heures sont utilisées."]
    if hours.used == 0:
        return ["Vous n’avez pas encore utilisé d’heure."]
    if today - first < LONG_ENOUGH:
        return []
    left = left_at_end(hours, first, last, today)
    if left == 0:
        return [f"À ce rythme, toutes vos heures seront utilisées le {short_date(last)}."]
    said = f"À ce rythme, il vous restera {left}{NBSP}h le {short_date(last)}."
    weeks = max(1, round((last - today).days / A_WEEK))
    return [f"{said} Pour tout utiliser, comptez environ {-(-hours.left // weeks)}{NBSP}h par semaine."]


def _after(passport: Passport, today: date) -> list[str]:
    last = passport.ends_on or today
    said = [f"La durée de votre passeport est passée depuis le {long_date(last)}."]
    if today <= last + SIGNED_WITHIN:
        said.append(f"Les visites faites avant se signent encore jusqu’au {short_date(last + SIGNED_WITHIN)}.")
    if passport.trial_ends_on and today <= passport.trial_ends_on:
        said.append(f"Le suivi en entreprise reste possible jusqu’au {short_date(passport.trial_ends_on)}.")
    return said
