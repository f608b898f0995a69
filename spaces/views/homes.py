"""The first page of each space: what waits for the person, then the rest."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import RoleRequest, for_role
from accounts.models import Member
from accounts.roles import Role
from spaces import counsellor_home, member_home, other_homes, waiting_treasury


@for_role(Role.MEMBER)
@require_safe
def member_space(request: RoleRequest) -> HttpResponse:
    member = get_object_or_404(Member.objects.not_erased().of(request.user))
    context = member_home.context(member, user=request.user, now=timezone.now())
    return render(request, "spaces/member.html", context)


@for_role(Role.COUNSELLOR)
@require_safe
def counsellor_space(request: RoleRequest) -> HttpResponse:
    return render(request, "spaces/counsellor.html", counsellor_home.context(request.user, now=timezone.now()))


@for_role(Role.PRESCRIBER)
@require_safe
def prescriber_space(request: RoleRequest) -> HttpResponse:
    context = other_homes.for_prescriber(request.user, on=timezone.localdate(), now=timezone.now())
    return render(request, "spaces/prescriber.html", context)


@for_role(Role.COMPANY)
@require_safe
def company_space(request: RoleRequest) -> HttpResponse:
    return render(request, "spaces/company.html", other_homes.for_company(request.user, on=timezone.localdate()))


@for_role(Role.TREASURER)
@require_safe
def treasurer_space(request: RoleRequest) -> HttpResponse:
    return render(request, "spaces/treasurer.html", {"waiting": waiting_treasury.all_of(timezone.now())})


@for_role(Role.VOLUNTEER)
@require_safe
def volunteer_space(request: RoleRequest) -> HttpResponse:
    return render(request, "spaces/volunteer.html", other_homes.for_volunteer(request.user, now=timezone.now()))
