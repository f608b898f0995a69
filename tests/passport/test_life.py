"""The life of a passport, at random, beside a model in plain Python: no hour is lost, none is counted twice."""

from datetime import timedelta
from itertools import cycle

import pytest
from hypothesis import strategies
from hypothesis.stateful import invariant, precondition, rule

from accounts.models import Referent
from passport import chain, decisions, forgetting, handing, verification
from passport.balances import balance
from passport.models import Cheque, Dispute, EntryText, Passport, Reservation
from tests import lives
from tests.passport.disputes_at_random import CANCELLED, KEPT, Contested
from tests.passport.factories import at
from tests.passport.visits_at_random import DAY, FIRST, LAST, QUOTAS, TO_SIGN

LONGEST_EXTENSION, LONGEST_TRIAL = timedelta(days=92), timedelta(days=366)
IN_USE = {"ouvert", "suspendu"}


class Life(Contested):
    """What is decided of the passport, what is reserved in it, who comes and goes."""

    @rule(many=strategies.integers(1, 9))
    def the_clock_is_put_back(self, many):
        self.now = max(self.now - many * DAY, at(FIRST, 9), self.billed_before)

    def decide(self, act, *, allowed, **facts):
        def ask():
            decision = decisions.ask(
                self.passport, act, reason="Elle le demande", by=self.referent.user, now=self.now, **facts
            )
            waits = act in decisions.WAIT_FOR_PRESCRIBER
            return decisions.accept(decision, by=self.prescriber, now=self.now) if waits else decision

        done = self.attempt(ask, allowed=allowed)
        if done:
            self.written()
        return done

    @rule()
    def suspend(self):
        if self.decide("suspend", allowed=self.state == "ouvert" and not self.of_state("propose")):
            self.state, self.suspended_on = "suspendu", self.recorded.date()

    @rule()
    def resume(self):
        if self.decide("resume", allowed=self.state == "suspendu"):
            self.last += max(self.now.date() - self.suspended_on, timedelta())
            self.state = "ouvert"

    @rule(many=strategies.sampled_from([-1, 0, 1, 30, 92, 93]))
    def prolong(self, many):
        until = self.last + many * DAY
        allowed = self.state in IN_USE and timedelta() < many * DAY <= LONGEST_EXTENSION
        if self.decide("extend", allowed=allowed, until=until, motive="Arrêt maladie"):
            self.last = until

    @rule(many=strategies.sampled_from([-400, 0, 10, 120, 366, 367]))
    def set_the_end_of_the_trial_period(self, many):
        until = self.now.date() + many * DAY
        allowed = self.state in IN_USE and FIRST <= until <= self.now.date() + LONGEST_TRIAL
        if self.decide("trial", allowed=allowed, until=until):
            self.trial = until

    @precondition(lambda self: len(self.visits) > 8)
    @rule()
    def end_early(self):
        if self.decide("end", allowed=self.state in IN_USE and not self.of_state("propose")):
            self.state = "interrompu"
            self.kept.clear()

    def end_while_contested(self):
        for pk in self.of_state("propose"):
            self.withdrawn(pk)
        for pk in self.of_state("signe")[-2:]:
            self.contest(pk)
        self.end_early()
        self.hours_are_billed()
        for pk, outcome in zip(sorted(self.waiting), cycle([CANCELLED, KEPT])):
            self.settle(pk, outcome)
        self.what_is_contested_is_held_back_and_nothing_else()
        self.every_hour_is_where_the_model_has_it()

    @rule()
    def passports_end_when_their_time_is_over(self):
        over = self.now.date() > max(self.last, self.trial or LAST) + TO_SIGN
        ended = decisions.end_due(self.now)
        assert ended == (self.state == "ouvert" and over and not self.of_state("propose"))
        if ended:
            used = [sum(v["hours"] for v in self.live() if v["kind"] == kind) for kind in QUOTAS]
            self.state = "acheve" if used == list(QUOTAS.values()) else "expire"
            self.kept.clear()
            self.written()

    @rule(kind=strategies.sampled_from(list(QUOTAS)), hours=strategies.integers(1, 4))
    def reserve(self, kind, hours):
        if self.state in IN_USE and self.taken(kind) + self.reserved(kind) + hours <= QUOTAS[kind]:
            origin = f"event:{Reservation.objects.count()}"
            facts = {"kind": kind, "hours": hours, "starts_at": self.now}
            Reservation.objects.create(passport=self.passport, origin=origin, **facts)
            self.kept[origin] = (kind, hours)

    @precondition(lambda self: self.kept)
    @rule(data=strategies.data())
    def give_back(self, data):
        origin = data.draw(strategies.sampled_from(sorted(self.kept)))
        Reservation.objects.filter(origin=origin).update(ended_at=self.now)
        del self.kept[origin]

    @precondition(lambda self: self.visits)
    @rule()
    def the_texts_of_what_is_over_are_erased(self):
        over = [pk for pk, visit in self.visits.items() if visit["state"] != "propose"]
        forgetting.cheques(Cheque.objects.filter(pk__in=over), self.now)
        forgetting.disputes(Dispute.objects.filter(cheque__in=over), self.now)
        self.waiting.clear()
        EntryText.objects.filter(entry__passport=self.passport).delete()
        self.keys = {pk: key for pk, key in self.keys.items() if pk not in over}
        assert not Cheque.objects.filter(pk__in=over).exclude(what="", place="").exists()

    @precondition(lambda self: not self.stands_in)
    @rule()
    def the_member_is_handed_over(self):
        rows = Referent.objects.filter(member=self.passport.member, counsellor=self.referent)
        rows.update(counsellor=self.other)
        self.referent, self.other = self.other, self.referent
        left = [pk for pk in self.of_state("propose") if self.visits[pk]["by"] != self.referent]
        assert handing.take_back_left(self.now) == len(left)
        for pk in left:
            self.visits[pk]["state"] = "retire"

    @invariant()
    def every_hour_is_where_the_model_has_it(self):
        found = balance(Passport.objects.get(pk=self.passport.pk))
        for kind, quota in QUOTAS.items():
            used = sum(visit["hours"] for visit in self.live() if visit["kind"] == kind and visit["state"] == "signe")
            assert (found[kind].used, found[kind].used + found[kind].proposed) == (used, self.taken(kind))
            assert 0 <= found[kind].free == quota - self.taken(kind) - self.reserved(kind)
        states = dict(Cheque.objects.filter(passport=self.passport).values_list("pk", "state"))
        assert states == {pk: visit["state"] for pk, visit in self.visits.items()}

    @invariant()
    def the_passport_is_what_the_model_says(self):
        found = Passport.objects.get(pk=self.passport.pk)
        assert (found.state, found.starts_on, found.ends_on) == (self.state, FIRST, self.last)
        assert found.trial_ends_on == self.trial

    @invariant()
    def all_that_was_signed_is_as_it_was(self):
        """Against every head that there was: nothing is cut, rewritten, or otherwise than it was signed."""
        self.heads.update([chain.head(self.passport)])
        [case] = verification._cases([self.passport.pk])
        assert verification.first_fault(case, self.heads) is None

    @invariant()
    def numbers_have_no_gap(self):
        ranks = {}
        for counsellor, day, rank in Cheque.objects.order_by("rank").values_list("counsellor", "day", "rank"):
            ranks.setdefault((counsellor, day), []).append(rank)
        assert all(given == list(range(1, len(given) + 1)) for given in ranks.values())


@pytest.mark.django_db
def test_no_hour_is_lost_nor_counted_twice():
    lives.live(Life, lives=15, steps=30)


@pytest.mark.trial
@pytest.mark.django_db
def test_no_hour_is_lost_nor_counted_twice_in_long_lives_either(tell):
    many, steps = 100, 50
    lives.live(Life, lives=many, steps=steps)
    tell(f"lives of passports: {many} of {steps} steps, no hour lost, none counted twice")
