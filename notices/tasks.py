from errands.models import Errand
from errands.work import does
from notices import outbox
from notices.models import ERRAND


@does(ERRAND)
def send(errand: Errand) -> None:
    outbox.send(errand.about)
