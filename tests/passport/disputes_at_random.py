"""What a member contests of their visits, at random, and what the treasurer bills meanwhile, beside the model."""

from decimal import Decimal

from hypothesis import strategies
from hypothesis.stateful import invariant, precondition, rule

from passport import disputes, invoicing
from passport.models import Cheque, Dispute, Order, Passport
from tests.factories import make_user
from tests.passport.factories import at
from tests.passport.visits_at_random import DAY, FIRST, PRICE, QUOTAS, Visits

KEPT, CANCELLED = Dispute.Outcome.KEPT, Dispute.Outcome.CANCELLED
ALL_HOURS, CENT = sum(QUOTAS.values()), Decimal("0.01")
CORRECTED = "corrigée"
ENDS = ["", KEPT, CANCELLED, CORRECTED]
AFTER_ALL = invoicing.Period(FIRST + 4000 * DAY, FIRST + 4001 * DAY)


class Contested(Visits):
    """`contested` says of each dispute its cheque; `waiting` are those that nobody has answered."""

    def __init__(self):
        super().__init__()
        self.stranger = make_user()
        self.contested = {}
        self.waiting = set()
        self.billed_before = at(FIRST, 0)
        self.billed_hours, self.billed = 0, Decimal(0)

    def teardown(self):
        """Where a visit was contested, the passport ends with a dispute that waits, and somebody answers after."""
        try:
            if self.contested:
                self.end_while_contested()
                self.hours_are_billed()
        finally:
            super().teardown()

    def held(self):
        return {self.contested[pk] for pk in self.waiting}

    def billable(self):
        """Hours signed, not given back, and not contested."""
        return sum(self.visits[pk]["hours"] for pk in self.of_state("signe") if pk not in self.held())

    def contest(self, pk, *, words="Je n’étais pas là.", mine=True):
        cheque, user = Cheque.objects.get(pk=pk), self.passport.member.user if mine else self.stranger
        done = self.attempt(
            lambda: disputes.open_dispute(cheque, words, user, self.now),
            allowed=mine and bool(words.strip()) and self.visits[pk]["state"] == "signe" and pk not in self.held(),
        )
        if done:
            self.contested[done.pk] = pk
            self.waiting.add(done.pk)

    def settle(self, pk, outcome, *, answer="La feuille le dit.", mine=True):
        found, counsellor = Dispute.objects.get(pk=pk), self.referent if mine else self.other
        facts = {"outcome": outcome, "answer": answer, "counsellor": counsellor, "now": self.now}
        done = self.attempt(
            lambda: disputes.settle(found, **facts),
            allowed=pk in self.waiting and bool(answer.strip()) and (mine or self.stands_in),
        )
        if done:
            self.waiting.remove(pk)
            if outcome == CANCELLED:
                self.is_cancelled(self.contested[pk])

    def is_cancelled(self, pk):
        super().is_cancelled(pk)
        self.waiting -= {dispute for dispute, cheque in self.contested.items() if cheque == pk}

    @precondition(lambda self: self.visits)
    @rule(data=strategies.data(), words=strategies.sampled_from(["Pas si long", " "]), mine=strategies.booleans())
    def the_member_contests(self, data, words, mine):
        self.contest(data.draw(strategies.sampled_from(sorted(self.visits))), words=words, mine=mine)

    @precondition(lambda self: self.contested)
    @rule(
        data=strategies.data(),
        outcome=strategies.sampled_from([KEPT, CANCELLED]),
        answer=strategies.sampled_from(["La feuille le dit.", "La feuille le dit.", " "]),
        mine=strategies.booleans(),
    )
    def somebody_answers(self, data, outcome, answer, mine):
        self.settle(data.draw(strategies.sampled_from(sorted(self.contested))), outcome, answer=answer, mine=mine)

    @precondition(lambda self: self.contested)
    @rule(data=strategies.data())
    def the_member_takes_it_back(self, data):
        pk = data.draw(strategies.sampled_from(sorted(self.contested)))
        dispute = Dispute.objects.get(pk=pk)
        self.attempt(lambda: disputes.take_back(dispute, self.now), allowed=pk in self.waiting)
        self.waiting.discard(pk)

    @rule(kind=strategies.sampled_from(list(QUOTAS)), end=strategies.sampled_from(ENDS))
    def the_last_visit_is_contested_again_and_again(self, kind, end):
        """Kept, billed, contested once more. What is asked or answered a second time changes nothing."""
        self.write_and_sign_at_the_first_free_hour(kind, 1, 0)
        if signed := self.of_state("signe"):
            self.contest_twice(max(signed))
            self.end_dispute(max(signed), KEPT)
            self.hours_are_billed()
            self.contest_twice(max(signed))
            self.hours_are_billed()
            self.end_dispute(max(signed), end)
            self.hours_are_billed()

    def contest_twice(self, pk):
        for _time in range(2):
            self.contest(pk)

    def end_dispute(self, pk, end):
        """Answered, or settled with the visit that is corrected, or left open."""
        dispute = max(dispute for dispute, cheque in self.contested.items() if cheque == pk)
        for _time in range(2):
            if end == CORRECTED:
                self.cancelled(pk, "Saisi deux fois")
            elif end:
                self.settle(dispute, end)

    @rule()
    def hours_are_billed(self):
        """All the days since the last time, as the treasurer does; the clock is never put back before."""
        last = max(self.now, self.recorded, self.billed_before).date()
        period = invoicing.Period(self.billed_before.date(), last)
        self.now = self.billed_before = at(last + DAY, 0)
        lines = [row.line for row in invoicing.rows(period, Order.objects.all())]
        self.billed_hours += sum(line.hours for line in lines)
        self.billed += sum(line.amount for line in lines)
        assert self.billed_hours == self.billable()
        assert self.billed == (PRICE * self.billed_hours / ALL_HOURS).quantize(CENT, "ROUND_HALF_UP")

    @precondition(lambda self: self.contested)
    @invariant()
    def what_is_contested_is_held_back_and_nothing_else(self):
        assert set(Dispute.objects.filter(settled_at=None).values_list("pk", flat=True)) == self.waiting
        [(_passport, account)] = invoicing.accounts(Passport.objects.all(), AFTER_ALL)
        held = sum(self.visits[pk]["hours"] for pk in self.held())
        assert (account.billed_hours(AFTER_ALL.end), account.held(AFTER_ALL.end)) == (self.billable(), held)
