"""Work done in the background."""

from errands.models import Errand
from errands.work import does
from spaces import exports


@does(exports.ERRAND)
def make_export(errand: Errand) -> None:
    exports.make(errand.about)
