"""« Mon parcours » : where the member is, and what is written of it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accompaniment import path
from accompaniment.models import Appointment
from accounts.access import RoleRequest, for_role
from accounts.models import Member
from accounts.roles import Role


@for_role(Role.MEMBER)
@require_safe
def my_path(request: RoleRequest) -> HttpResponse:
    member, now = get_object_or_404(Member.objects.not_erased(), user=request.user), timezone.now()
    coming = Appointment.objects.upcoming(now).filter(member=member).select_related("counsellor__user")
    context = {"member": member, "steps": path.steps_of(member, now=now), "appointments": coming.soonest_first()}
    return render(request, "accompaniment/my_path.html", context)
