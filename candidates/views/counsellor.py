"""The counsellor's side: the pages that wait, and the answer to each."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import for_role
from accounts.models import User
from accounts.roles import Role
from candidates import looks, waiting, writing
from candidates.differences import differences
from candidates.mini_cv import mini_cv
from candidates.models import Consent, Look, Profile, Version
from candidates.sharing_forms import AnswerForm, MessageForm


@for_role(Role.COUNSELLOR)
@require_safe
def reviews(request: Any) -> HttpResponse:
    """The pages that wait for this counsellor, then those of the others whom they accompany."""
    others = Profile.objects.followed_by(request.user).exclude(member__user=request.user)
    others = others.exclude(versions__in=Version.objects.submitted()).select_related("member")
    context = {
        "waiting": waiting.pages_waiting(request.user),
        "others": others.order_by("member__last_name", "member__first_name", "pk"),
    }
    return render(request, "candidates/reviews.html", context)


def followed_profile(user: User, reference: str) -> Any:
    """Nobody reviews their own page: it is as if it were not there."""
    followed = Profile.objects.followed_by(user).exclude(member__user=user).select_related("member__user")
    facts = {
        "is_allowed": Exists(Consent.objects.live().filter(member=OuterRef("member"))),
        "has_objections": Exists(Look.objects.objected().filter(member=OuterRef("member"))),
    }
    return get_object_or_404(followed.annotate(**facts), reference=reference)


@for_role(Role.COUNSELLOR)
@require_safe
def review(request: Any, reference: str) -> HttpResponse:
    """What waits, beside what is approved; while the member writes, only what is approved."""
    profile = followed_profile(request.user, reference)
    if request.method == "GET":
        looks.record(profile, what=Look.What.PAGE, by=request.user)
    return _review(request, profile)


def _review(
    request: Any, profile: Any, *, answer: AnswerForm | None = None, message: MessageForm | None = None
) -> HttpResponse:
    shown = profile.versions.exclude(state=Version.State.REPLACED).with_all_they_say()
    versions = {Version.State(version.state): version for version in shown}
    submitted, approved = versions.get(Version.State.SUBMITTED), versions.get(Version.State.APPROVED)
    version = submitted or approved
    if version:
        version.profile = profile
    objections = Look.objects.objected().filter(member=profile.member).select_related("user", "organisation")
    seen = submitted.changed_at.isoformat() if submitted else ""
    context = {
        "profile": profile,
        "member": profile.member,
        "submitted": submitted,
        "approved": approved,
        "returned": Version.State.RETURNED in versions,
        "version": version,
        "mini_cv": mini_cv(version) if version else None,
        "differences": differences(approved, submitted) if submitted and approved else [],
        "comments": profile.comments.select_related("author").order_by("said_at", "pk"),
        "objections": objections.newest_first() if profile.has_objections else [],
        "is_allowed": profile.is_allowed,
        "film": profile.videos.order_by(F("approved_at").asc(nulls_first=True)).first(),
        "answer": answer or AnswerForm(initial={"seen": seen}),
        "message": message or MessageForm(),
    }
    return render(request, "candidates/review.html", context)


@for_role(Role.COUNSELLOR)
@require_POST
def approve(request: Any, reference: str) -> HttpResponse:
    return _answer(request, reference, writing.approve, "La page est validée. Le membre est prévenu.")


@for_role(Role.COUNSELLOR)
@require_POST
def send_back(request: Any, reference: str) -> HttpResponse:
    return _answer(request, reference, writing.send_back, "La page est rendue au membre, avec votre message.")


def _answer(request: Any, reference: str, rule: Callable[..., Version], told: str) -> HttpResponse:
    profile = followed_profile(request.user, reference)
    form = AnswerForm(request.POST)
    if form.is_valid():
        said = {"comment": form.cleaned_data["comment"]} if rule is writing.send_back else {}
        try:
            rule(_answered(profile, rule), by=request.user, seen=form.cleaned_data["seen"], **said)
        except ValidationError as error:
            form.add_error(None, error)  # by field where the rule says which
        else:
            messages.success(request, told)
            return redirect("candidate_reviews")
    latest = profile.versions.submitted().first()
    form.see(latest.changed_at) if latest else None
    return _review(request, profile, answer=form)


def _answered(profile: Profile, rule: Callable[..., Version]) -> Version:
    """The version that waits; else the one that an answer sent twice has just been given to."""
    state = Version.State.APPROVED if rule is writing.approve else Version.State.RETURNED
    found = profile.versions.submitted().first() or profile.versions.filter(state=state).first()
    if found is None:
        raise ValidationError(writing.NOT_WAITING, code="answered")
    found.profile = profile
    return found


@for_role(Role.COUNSELLOR)
@require_POST
def message(request: Any, reference: str) -> HttpResponse:
    profile = followed_profile(request.user, reference)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _review(request, profile, message=form)
    writing.say(profile, text=form.cleaned_data["text"], by=request.user)
    messages.success(request, "Votre message est envoyé.")
    return redirect("candidate_review", reference=reference)
