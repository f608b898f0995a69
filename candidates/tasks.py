"""Work done in the background."""

from functools import partial

from candidates import films
from errands.models import Errand
from errands.work import does, renew


@does(films.FILM)
def prepare_film(errand: Errand) -> None:
    films.prepare(errand.about, while_waiting=partial(renew, errand))
