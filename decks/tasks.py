"""Work done in the background."""

from decks import reading
from decks.decks import READ
from errands.models import Errand
from errands.work import does, renew


@does(READ)
def read_deck(errand: Errand) -> None:
    renew(errand)
    reading.read(errand.about)
