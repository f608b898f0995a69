"""Work done in the background."""

from errands.models import Errand
from errands.work import MOST_ATTEMPTS, does, renew
from passport import audits, watching


@does(audits.ERRAND)
def make_audit_file(errand: Errand) -> None:
    try:
        audits.make(errand.about, alive=lambda: renew(errand))
    except Exception:
        if errand.attempts >= MOST_ATTEMPTS:
            audits.fail(errand.about)
        raise


@does(watching.ERRAND)
def verify_passports(errand: Errand) -> None:
    watching.verify(errand.about, alive=lambda: renew(errand))
