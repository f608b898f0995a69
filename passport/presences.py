"""The visits of a passport as its prescriber reads them: when, how long, with whom, how signed; not what was said.

Of the member's words only those that they share; of a contest, that there is one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from accompaniment.looks import drawing_of
from accompaniment.means import in_words
from accompaniment.models import PackageKind
from passport.models import Cheque, Entry, Evaluation, Passport
from passport.pdf.record import texts_of

State = Cheque.State
SHOWN = (State.PROPOSED, State.SIGNED, State.CANCELLED)


@dataclass(frozen=True)
class Presence:
    """A visit, and the counter-entry that cancelled it where there is one."""

    cheque: Cheque
    kind: PackageKind
    undone: Entry | None

    @property
    def drawing(self) -> str:
        return drawing_of(self.kind.look)

    @property
    def reason(self) -> str:
        """Why it was cancelled; empty once that text is erased."""
        return texts_of(self.undone).get("reason", "") if self.undone else ""

    @property
    def is_signed(self) -> bool:
        return self.cheque.state != State.PROPOSED

    @property
    def is_contested(self) -> bool:
        return any(dispute.settled_at is None for dispute in self.cheque.disputes.all())

    @property
    def means(self) -> str:
        """How the member signed."""
        return in_words(self.cheque.member_means) if self.cheque.member_means else ""

    @property
    def judged(self) -> Evaluation | None:
        """What the member thinks of it; `words_of` says what may be read."""
        of_member = [said for said in self.cheque.evaluations.all() if said.by == Evaluation.By.MEMBER]
        return of_member[0] if of_member else None

    @property
    def words(self) -> str:
        return words_of(self.judged)


def words_of(said: Evaluation | None) -> str:
    """A member's words, where they share them."""
    return said.words if said and said.words_are_shared else ""


def presences(passport: Passport) -> list[Presence]:
    """Newest first."""
    cheques = passport.cheques.filter(state__in=SHOWN).select_related("counsellor__user", "entry")
    return _read(passport, cheques.prefetch_related("disputes", "evaluations").order_by("-starts_at", "-pk"))


def signed(passport: Passport) -> list[Presence]:
    """What the chain holds, the cancelled ones too, oldest first."""
    return [presence for presence in reversed(presences(passport)) if presence.is_signed]


def _read(passport: Passport, cheques: Iterable[Cheque]) -> list[Presence]:
    kinds = {kind.code: kind for kind in passport.version.kinds.all()}
    entries = passport.entries.filter(cancels__isnull=False).prefetch_related("texts")
    undone = {entry.cancels: entry for entry in entries}
    return [
        Presence(cheque, kinds[cheque.kind], undone.get(cheque.entry.seq) if cheque.entry else None)
        for cheque in cheques
    ]
