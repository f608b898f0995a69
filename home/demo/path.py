"""The demonstration's agendas, interviews, roadmaps and agreements, and the members' events.

Written as rows, with their dates in the past, so that nobody is sent a mail of it.
"""

import json
from datetime import date, time, timedelta
from hashlib import sha256
from typing import Any

from accompaniment import agreements, setup
from accompaniment.models import (
    Answer,
    Appointment,
    Availability,
    DaysOff,
    Diagnostic,
    Feed,
    Grid,
    LearningAgreement,
    PackageVersion,
    PaperAgreement,
    Roadmap,
    RoadmapLine,
    reflection_ends,
)
from accounts.models import Counsellor, Member, Referent
from events.models import Booking, Guest, Kind, MemberEvent, Place
from home.demo import content, people
from home.demo.content import Item
from home.demo.dates import at, on_weekday

NOON = time(12)
STATE = LearningAgreement.State
MODELS = (
    *(PaperAgreement, LearningAgreement, RoadmapLine, Roadmap, Answer, Diagnostic),
    *(Appointment, Availability, DaysOff, Feed),
)
ATTENDING = 4
MEANS = "session:password"


def load(today: date, places: dict[str, Place]) -> int:
    """Everything, once; how many interviews there are."""
    if Availability.objects.exists():
        return 0
    setup.make_package_and_grid()
    said = content.read("path")
    counsellors = _counsellors()
    members = {item["key"]: people.member_of(item["key"]) for item in content.read("people")["member"]}
    for item in said["availability"]:
        _availability(item, counsellors, today)
    for item in said["days_off"]:
        first = today + timedelta(days=item["starts_in"])
        counsellor = counsellors[item["counsellor"]]
        DaysOff.objects.create(counsellor=counsellor, starts_on=first, ends_on=today + timedelta(days=item["ends_in"]))
    for item in said["appointment"]:
        _appointment(item, members[item["member"]], today)
    for item in said["diagnostic"]:
        _diagnostic(item, members[item["member"]], today)
    for item in content.items("member_events"):
        _event(item, places, list(members.values()), today)
    return len(said["diagnostic"])


def remove() -> None:
    for model in MODELS:
        model._base_manager.all().delete()


def _counsellors() -> dict[str, Counsellor]:
    """By their key: they were made in the order of the file."""
    made = Counsellor.objects.order_by("number")
    return {item["key"]: found for item, found in zip(content.read("people")["counsellor"], made, strict=False)}


def referent_of(member: Member) -> Counsellor:
    return Referent.objects.get(member=member, role=Referent.Role.REFERENT, ends_at=None).counsellor


def _availability(item: Item, counsellors: dict[str, Counsellor], today: date) -> None:
    Availability.objects.create(
        counsellor=counsellors[item["counsellor"]],
        weekday=item["weekday"],
        starts=time.fromisoformat(item["starts"]),
        ends=time.fromisoformat(item["ends"]),
        length=item["length"],
        pause=item["pause"],
        place=item.get("place", ""),
        video_url=item.get("video_url", ""),
        since=today - timedelta(days=200),
    )


def _appointment(item: Item, member: Member, today: date) -> None:
    day = on_weekday(today + timedelta(days=item["in_days"]), item["weekday"])
    counsellor, state = referent_of(member), item.get("state", Appointment.State.PLANNED)
    receives = Availability.objects.get(counsellor=counsellor, weekday=day.weekday())
    starts_at = at(day, time.fromisoformat(item["at"]))
    Appointment.objects.create(
        member=member,
        counsellor=counsellor,
        kind=item["kind"],
        state=state,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=receives.length),
        place=receives.place,
        video_url=receives.video_url,
        made_at=min(starts_at, at(today, NOON)) - timedelta(days=9),
    )


def _diagnostic(item: Item, member: Member, today: date) -> None:
    """Finished that many days ago; today’s is being written."""
    grid, counsellor = Grid.objects.live().latest_first()[0], referent_of(member)
    day = today + timedelta(days=item["finished"])
    held = Appointment.objects.filter(member=member, kind=Appointment.Kind.DIAGNOSTIC, state=Appointment.State.DONE)
    interview = Diagnostic.objects.create(
        member=member,
        counsellor=counsellor,
        grid=grid,
        appointment=held.first(),
        started_at=at(day, time(9)),
        finished_at=at(day, time(10, 15)) if item["finished"] else None,
    )
    for question in grid.questions.all():
        if text := item.get({"secteurs": "sectors"}.get(question.code, question.code)):
            facts = {"text": text, "revision": 1, "saved_at": at(day, time(10))}
            Answer.objects.create(diagnostic=interview, question=question, **facts)
    if "aim" in item:
        _roadmap(item, interview, today)


def _roadmap(item: Item, interview: Diagnostic, today: date) -> None:
    version = PackageVersion.objects.live().latest_first()[0]
    day = today + timedelta(days=item["proposed"])
    facts: dict[str, Any] = {"member": interview.member, "counsellor": interview.counsellor}
    roadmap = Roadmap.objects.create(
        diagnostic=interview, version=version, aim=item["aim"], made_at=at(day, time(11)), **facts
    )
    for position, (kind, hours, what, when) in enumerate(item["lines"]):
        RoadmapLine.objects.create(
            roadmap=roadmap,
            kind=version.kinds.get(code=kind),
            hours=hours,
            what=what,
            when=when,
            position=position,
        )
    proposed_at = at(day, NOON)
    agreement = LearningAgreement(
        roadmap=roadmap,
        state=STATE.PROPOSED,
        commitments=agreements.USUAL_COMMITMENTS,
        made_at=proposed_at,
        proposed_at=proposed_at,
        reflect_until=reflection_ends(proposed_at, version.reflection_days),
        **facts,
    )
    agreement.content = agreements.content_of(agreement)
    if "signed" in item:
        agreement.state = STATE.SIGNED
        agreement.counsellor_signed_at = agreement.member_signed_at = at(today + timedelta(days=item["signed"]), NOON)
        agreement.counsellor_means = agreement.member_means = MEANS
        agreement.digest = sha256(json.dumps(agreement.content, sort_keys=True).encode()).hexdigest()
    agreement.save()


def _event(item: Item, places: dict[str, Place], members: list[Member], today: date) -> None:
    day = on_weekday(today + timedelta(days=item["in_days"]), item["weekday"])
    starts_at = at(day, time.fromisoformat(item["start"]))
    event = MemberEvent(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=item["minutes"]),
        place=places[item["place"]],
        publish_at=at(min(day, today) - timedelta(days=40), time(9)),
        **{name: item[name] for name in ("kind", "title", "seats", "summary", "organiser")},
        **{name: item.get(name, 0) for name in ("guest_seats", "hours")},
        **{name: item.get(name, "") for name in ("activity", "programme")},
    )
    event.full_clean()
    event.save()
    for name, body, role, is_shown in item.get("guests", ()):
        Guest.objects.create(session=event, name=name, body=body, role=role, is_shown=is_shown)
    _places(event, members, today)


def _places(event: MemberEvent, members: list[Member], today: date) -> None:
    """The first members of the file are the most assiduous; at the assembly there are more of them."""
    over = event.ends_at < at(today, NOON)
    many = ATTENDING * (3 if event.kind == Kind.ASSEMBLY else 1)
    current = Member.objects.current(today).filter(pk__in=[member.pk for member in members], user__isnull=False)
    for number, member in enumerate(current.order_by("pk")[:many], 1):
        booked_at = min(event.starts_at, at(today, time(8))) - timedelta(days=2, hours=number)
        Booking.objects.create(
            session=event,
            number=number,
            member=member,
            booked_by=member.user,
            state=Booking.State.CONFIRMED,
            booked_at=booked_at,
            confirmed_at=booked_at,
            attendance=Booking.Attendance.CAME if over else "",
            attended_at=event.starts_at if over else None,
        )
    if over:
        MemberEvent.objects.filter(pk=event.pk).update(sheet_closed_at=event.ends_at)
