"""The visits of a passport, at random, beside a model in plain Python."""

from datetime import UTC, date, timedelta
from decimal import Decimal
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import strategies
from hypothesis.stateful import initialize, precondition, rule

from accounts.models import Referent
from passport import disputes, ledger
from passport.models import Cheque, Order
from tests import lives
from tests.factories import make_user
from tests.passport.factories import MEANS, at, counsellor_of, make_passport
from tests.people import make_counsellor, make_member, make_referent

QUOTAS = {"rv": 6, "candidature": 12, "metiers": 6, "rencontre": 7, "entreprise": 4}
PRICE = Decimal(1000)
FIRST, LAST = date(2026, 9, 1), date(2026, 12, 1)

DAY = timedelta(days=1)
TO_SIGN = timedelta(days=7)

# Most of what is asked is right but for one thing: a refusal has the reason that the model gives.
kinds = strategies.sampled_from([*QUOTAS, *QUOTAS, "autre"])
hours_of_a_visit = strategies.sampled_from([1, 2, 3, 4, 1, 2, 0, 5])
days_ago = strategies.sampled_from([0, 0, 1, 1, 2, 3, 7, 8, -1])
start_hours = strategies.sampled_from([0, *range(8, 20), 22, 23])
beginnings = strategies.sampled_from([FIRST, FIRST + timedelta(days=10), FIRST + timedelta(days=40), LAST])


def later(start, hours):
    """Real hours, whatever the clocks of Paris do meanwhile."""
    return (start.astimezone(UTC) + timedelta(hours=hours)).astimezone(start.tzinfo)


class Visits(lives.Undone):
    """One passport, its referent, another counsellor; `visits` says of each cheque its kind, hours, day and state."""

    def __init__(self):
        super().__init__()
        self.passport = make_passport(billing=Order.Billing.HOURS, price=PRICE)
        self.referent, self.other = counsellor_of(self.passport), make_counsellor()
        self.prescriber = make_user()
        self.stands_in = False
        self.now = at(FIRST, 20)
        self.visits = {}
        self.keys = {}
        self.state, self.last, self.trial = "ouvert", LAST, None
        self.kept = {}  # by origin: kind and hours that wait for a visit
        self.recorded = at(FIRST, 8)
        self.suspended_on = None
        self.heads = {}

    def attempt(self, action, *, allowed):
        try:
            with transaction.atomic():
                done = action()
        except ValidationError:
            assert not allowed
            return None
        assert allowed
        return done

    def live(self):
        return [visit for visit in self.visits.values() if visit["state"] in {"propose", "signe"}]

    def taken(self, kind):
        return sum(visit["hours"] for visit in self.live() if visit["kind"] == kind)

    def reserved(self, kind):
        return sum(hours for of_kind, hours in self.kept.values() if of_kind == kind)

    def written(self):
        """An entry: its time never comes before the last one’s."""
        self.recorded = max(self.recorded, self.now)

    def fits(self, kind, hours, start, counsellor):
        """What the rules say, said again in another way."""
        end = later(start, hours)
        day, limit = start.date(), max(self.last, self.trial or LAST) if kind == "entreprise" else self.last
        return (
            self.state == "ouvert"
            and kind in QUOTAS
            and 1 <= hours <= 4
            and self.taken(kind) + self.reserved(kind) + hours <= QUOTAS[kind]
            and day >= FIRST
            and (end - timedelta(microseconds=1)).date() <= limit
            and end <= self.now
            and self.now.date() <= day + TO_SIGN
            and (counsellor == self.referent or self.stands_in)
            and all(end <= visit["start"] or visit["end"] <= start for visit in self.live())
        )

    def ask(self, kind, hours, start, *, mine=True):
        counsellor = self.referent if mine else self.other
        said = ledger.Visit(kind=kind, starts_at=start, hours=hours, what="Une visite", place="Au local")
        key = uuid4()
        cheque = self.attempt(
            lambda: ledger.propose(self.passport, said, counsellor=counsellor, key=key, means=MEANS, now=self.now),
            allowed=self.fits(kind, hours, start, counsellor),
        )
        if cheque:
            end = later(start, hours)
            facts = {"kind": kind, "hours": hours, "start": start, "end": end, "by": counsellor}
            self.visits[cheque.pk] = facts | {"state": "propose"}
            self.keys[cheque.pk] = (key, said, counsellor)
            again = ledger.propose(self.passport, said, counsellor=counsellor, key=key, means=MEANS, now=self.now)
            assert again == cheque

    @initialize(day=beginnings, stands_in=strategies.booleans(), signed=strategies.integers(0, 2))
    def begin(self, day, stands_in, signed):
        self.now = at(day, 20)
        for kind in list(QUOTAS)[:signed]:
            self.write_and_sign_at_the_first_free_hour(kind, 2, 0)
        if stands_in:
            self.a_stand_in_comes_or_goes()

    @rule(kind=kinds, hours=hours_of_a_visit, ago=days_ago, hour=start_hours, mine=strategies.booleans())
    def propose(self, kind, hours, ago, hour, mine):
        self.ask(kind, hours, at(self.now.date() - timedelta(days=ago), hour), mine=mine)

    @rule(kind=strategies.sampled_from(list(QUOTAS)), hours=strategies.integers(1, 3), ago=days_ago)
    def propose_all_that_is_left_and_more(self, kind, hours, ago):
        for hour in range(8, 20, hours):
            self.ask(kind, hours, at(self.now.date() - timedelta(days=ago), hour))

    @rule(kind=strategies.sampled_from(list(QUOTAS)), hours=strategies.integers(1, 3), ago=strategies.integers(0, 2))
    def write_and_sign_at_the_first_free_hour(self, kind, hours, ago):
        day = self.now.date() - ago * DAY
        free = (at(day, hour) for hour in range(8, 20) if self.fits(kind, hours, at(day, hour), self.referent))
        if start := next(free, None):
            self.ask(kind, hours, start)
            self.signed(max(self.visits), self.passport.member)

    @precondition(lambda self: self.live())
    @rule(data=strategies.data(), kind=kinds, later=strategies.integers(-1, 4), stands_in=strategies.booleans())
    def propose_at_the_hours_of_another(self, data, kind, later, stands_in):
        if stands_in and not self.stands_in:
            self.a_stand_in_comes_or_goes()
        visit = data.draw(strategies.sampled_from(self.live()))
        self.ask(kind, 1, visit["start"] + timedelta(hours=later), mine=not stands_in)

    @precondition(lambda self: self.keys)
    @rule(data=strategies.data(), changed=strategies.booleans())
    def send_the_form_again(self, data, changed):
        pk = data.draw(strategies.sampled_from(sorted(self.keys)))
        key, said, counsellor = self.keys[pk]
        if changed:
            said = ledger.Visit(kind=said.kind, starts_at=said.starts_at, hours=said.hours, what="Une autre")
        again = self.attempt(
            lambda: ledger.propose(self.passport, said, counsellor=counsellor, key=key, means=MEANS, now=self.now),
            allowed=not changed,
        )
        assert again is None or again.pk == pk

    @precondition(lambda self: self.visits)
    @rule(data=strategies.data(), by_member=strategies.booleans())
    def sign(self, data, by_member):
        pk = data.draw(strategies.sampled_from(sorted(self.visits)))
        self.signed(pk, self.passport.member if by_member else make_member())

    @precondition(lambda self: self.of_state("propose"))
    @rule(data=strategies.data(), late=strategies.booleans())
    def sign_on_the_last_day_or_the_next(self, data, late):
        pk = data.draw(strategies.sampled_from(self.of_state("propose")))
        last = self.visits[pk]["start"].date() + TO_SIGN
        self.now = max(self.now, at(last + timedelta(days=late), 9))
        self.signed(pk, self.passport.member)

    def of_state(self, state):
        return [pk for pk, visit in self.visits.items() if visit["state"] == state]

    def signed(self, pk, member):
        visit, cheque = self.visits[pk], Cheque.objects.get(pk=pk)
        mine, in_time = member == self.passport.member, self.now.date() <= visit["start"].date() + TO_SIGN
        done = self.attempt(
            lambda: ledger.sign(cheque, member=member, means=MEANS, now=self.now),
            allowed=mine
            and (visit["state"] == "signe" or (visit["state"] == "propose" and in_time and self.state == "ouvert")),
        )
        if done and visit["state"] == "propose":
            visit["state"] = "signe"
            self.written()

    @precondition(lambda self: self.visits)
    @rule(data=strategies.data())
    def withdraw(self, data):
        self.withdrawn(data.draw(strategies.sampled_from(sorted(self.visits))))

    def withdrawn(self, pk):
        cheque = Cheque.objects.get(pk=pk)
        if self.attempt(
            lambda: ledger.withdraw(cheque, counsellor=self.referent, now=self.now),
            allowed=self.visits[pk]["state"] == "propose",
        ):
            self.visits[pk]["state"] = "retire"

    @precondition(lambda self: self.visits)
    @rule(data=strategies.data(), reason=strategies.sampled_from(["Saisi deux fois", " "]))
    def cancel(self, data, reason):
        self.cancelled(data.draw(strategies.sampled_from(sorted(self.visits))), reason)

    @precondition(lambda self: self.of_state("signe"))
    @rule(data=strategies.data())
    def cancel_what_was_signed_and_again(self, data):
        pk = data.draw(strategies.sampled_from(self.of_state("signe")))
        self.withdrawn(pk)
        for _time in range(2):
            self.cancelled(pk, "Saisi deux fois")

    def cancelled(self, pk, reason):
        cheque = Cheque.objects.get(pk=pk)
        if self.attempt(
            lambda: disputes.cancel_visit(cheque, reason=reason, counsellor=self.referent, now=self.now),
            allowed=self.visits[pk]["state"] == "signe" and bool(reason.strip()),
        ):
            self.is_cancelled(pk)

    def is_cancelled(self, pk):
        self.visits[pk]["state"] = "annule"
        self.written()

    @rule(many=strategies.sampled_from([0, 1, 1, 2, 7]), hour=strategies.sampled_from([8, 14, 20, 21, 23]))
    def time_goes_on(self, many, hour):
        self.now = max(self.now, at(self.now.date() + timedelta(days=many), hour))

    @rule()
    def unsigned_ones_expire(self):
        ledger.expire_due(self.now)
        for visit in self.visits.values():
            if visit["state"] == "propose" and self.now.date() > visit["start"].date() + TO_SIGN:
                visit["state"] = "expire"

    @rule()
    def a_stand_in_comes_or_goes(self):
        Referent.objects.filter(member=self.passport.member, counsellor=self.other).delete()
        self.stands_in = not self.stands_in
        if self.stands_in:
            facts = {"role": Referent.Role.STAND_IN, "starts_at": at(FIRST, 0)}
            make_referent(self.passport.member, self.other, **facts)
