"""What waits for a counsellor in passports: somebody expects an answer, or time passes."""

from collections import Counter
from datetime import datetime

from django.db.models import Value
from django.urls import reverse

from accompaniment import paper_agreements
from accounts.models import User
from pages.templatetags.french import count_of, short_date
from passport import due, paper
from spaces.waiting import MOST_OF_A_KIND, Waiting

COPIES = {
    "contrat": "Chaque signature compte une fois que vous avez vu sa copie.",
    "chèque": "Ces visites comptent quand une deuxième personne a vu leur copie.",
}


def all_of(user: User, now: datetime) -> list[Waiting]:
    """Disputes first, then copies to see, then passports with what presses in them."""
    lines = due.pressing(user, now)
    return [*_disputes(lines), *_copies(user), *_passports(lines)]


def _disputes(lines: list[due.Pressing]) -> list[Waiting]:
    """The oldest of each passport; the longest open first."""
    open_ones = sorted((line.disputed_at, line.dispute, line) for line in lines if line.dispute and line.disputed_at)
    return [
        Waiting(
            f"{line.passport.member} conteste une visite",
            reverse("dispute_settle", args=[reference]),
            "Lisez ses mots et répondez\N{NO-BREAK SPACE}: d’ici là, la visite n’est pas facturée.",
            f"depuis le {short_date(opened_at)}",
        )
        for opened_at, reference, line in open_ones[:MOST_OF_A_KIND]
    ]


def _copies(user: User) -> list[Waiting]:
    """Of agreements first: a passport waits for them. One query."""
    contracts = paper_agreements.to_see(user).values_list(Value("contrat"))
    waiting = Counter(contracts.union(paper.to_see(user).values_list(Value("chèque")), all=True))
    return [
        Waiting(f"{count_of(many, name)} papier à voir", reverse("papers"), why)
        for name, why in COPIES.items()
        if (many := waiting[(name,)])
    ]


def _passports(lines: list[due.Pressing]) -> list[Waiting]:
    found = [(line.passport, [one.words for one in line.due if one.code != due.DISPUTED]) for line in lines]
    pressing = [
        Waiting(
            f"Le passeport de {passport.member}",
            reverse("passport_staff", args=[passport.reference]),
            f"{', '.join(words).capitalize()}.",
        )
        for passport, words in found
        if words
    ]
    if len(pressing) <= MOST_OF_A_KIND:
        return pressing
    more = f"{count_of(len(pressing) - MOST_OF_A_KIND, 'autre passeport,autres passeports')} à regarder"
    return [*pressing[:MOST_OF_A_KIND], Waiting(more, reverse("passports"), "Avec ce qu’il y a à faire dans chacun.")]
