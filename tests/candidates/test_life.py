"""The life of a page and of its consents, at random: nobody sees what was not approved and allowed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies
from hypothesis.stateful import invariant, precondition, rule

from candidates import consents, seeing, writing
from candidates.models import Consent, Version
from tests import lives
from tests.candidates.factories import make_profile, make_sector
from tests.factories import make_departement
from tests.people import make_affiliation, make_counsellor, make_organisation, make_referent

COMPANIES = 2
whose = strategies.integers(0, COMPANIES)  # the last: every company


class Life(lives.Undone):
    """One member, their counsellor, two companies and a stranger; a model in plain Python beside the site."""

    def __init__(self):
        super().__init__()
        self.profile = make_profile()
        self.member = self.profile.member
        self.author = self.member.user
        self.counsellor = make_referent(self.member).counsellor.user
        self.companies = [make_organisation() for _ in range(COMPANIES)]
        self.people = [make_affiliation(organisation=company).user for company in self.companies]
        self.stranger = make_counsellor().user
        self.filled = {
            "sectors": [make_sector()],
            "departements": [make_departement("93")],
            "availability": "tout_de_suite",
        }
        self.state, self.draft, self.sent, self.approved = "", "", "", ""
        self.allowed = set()
        self.member_now = True
        self.number = 0

    def attempt(self, action, *, allowed):
        """The site does it exactly when the model says that it may be done."""
        try:
            with transaction.atomic():
                action()
        except (PermissionDenied, ValidationError):
            assert not allowed
            return False
        assert allowed
        return True

    @rule()
    def write(self):
        self.number += 1
        words = f"version {self.number}"
        seen = writing.latest(self.profile).changed_at
        fields = {"headline": words, **self.filled}
        if self.attempt(
            lambda: writing.save_step(self.profile, by=self.author, seen=seen, fields=fields),
            allowed=self.member_now and self.state != "sent",
        ):
            self.state, self.draft = "draft", words

    @rule()
    def submit(self):
        if self.attempt(
            lambda: writing.submit(self.profile, by=self.author),
            allowed=self.member_now and self.state in {"draft", "sent"},
        ):
            self.state, self.sent = "sent", self.draft

    @precondition(lambda self: self.member_now)
    @rule()
    def take_back(self):
        writing.take_back(self.profile, by=self.author)
        self.state = "draft" if self.state == "sent" else self.state

    @precondition(lambda self: self.state)
    @rule(by_counsellor=strategies.booleans(), fresh=strategies.booleans())
    def approve(self, by_counsellor, fresh):
        version = self.profile.versions.in_progress().get()
        seen = version.changed_at if fresh else version.changed_at - timedelta(seconds=1)
        by = self.counsellor if by_counsellor else self.stranger
        allowed = self.state == "sent" and by_counsellor and fresh
        if self.attempt(lambda: writing.approve(version, by=by, seen=seen), allowed=allowed):
            self.state, self.approved = "", self.sent

    @precondition(lambda self: self.state == "sent")
    @rule()
    def send_back(self):
        version = self.profile.versions.in_progress().get()
        writing.send_back(version, by=self.counsellor, seen=version.changed_at, comment="À reprendre")
        self.state = "draft"

    @rule(whom=whose)
    def give(self, whom):
        organisation = self.companies[whom] if whom < COMPANIES else None
        until = timezone.localdate() + timedelta(days=1)
        if self.attempt(
            lambda: consents.give(
                self.member, organisation=organisation, until=until, with_video=False, by=self.author
            ),
            allowed=self.member_now,
        ):
            self.allowed.add(whom)

    @rule(whom=whose)
    def withdraw(self, whom):
        organisation = self.companies[whom] if whom < COMPANIES else None
        for consent in Consent.objects.filter(member=self.member, organisation=organisation):
            consents.withdraw(consent, by=self.author)
        self.allowed.discard(whom)

    @rule()
    def membership_ends_or_begins_again(self):
        today, memberships = timezone.localdate(), self.member.memberships
        self.member_now = not self.member_now
        if self.member_now:
            # A new one: what was allowed under the former, even today, does not come back.
            memberships.create(starts_on=today, ends_on=today + timedelta(days=90))
            self.allowed = set()
        else:
            memberships.exclude(pk=memberships.earliest("pk").pk).delete()
            memberships.update(starts_on=today - timedelta(days=50), ends_on=today - timedelta(days=1))

    @invariant()
    def companies_see_what_is_approved_and_allowed(self):
        for place, user in enumerate(self.people):
            expected = bool(self.approved) and self.member_now and bool({place, COMPANIES} & self.allowed)
            assert seeing.visible_to(user).filter(pk=self.profile.pk).exists() is expected
        assert not seeing.readable_by(self.stranger).exists()
        shown = Version.objects.approved().filter(profile=self.profile).first()
        assert (shown.headline if shown else "") == self.approved


@pytest.mark.django_db
def test_nobody_ever_sees_what_was_not_approved_and_allowed():
    lives.live(Life, lives=6, steps=18)


@pytest.mark.trial
@pytest.mark.django_db
def test_nobody_ever_sees_it_in_long_lives_either(tell):
    many, steps = 60, 40
    lives.live(Life, lives=many, steps=steps)
    tell(f"lives of pages: {many} of {steps} steps, nothing seen that was not approved and allowed")
