from errands.models import Errand
from errands.work import does
from notices import outbox


@does(outbox.ERRAND)
def send(errand: Errand) -> None:
    outbox.send(errand.about)
