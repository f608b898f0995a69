"""The visits of an event, proposed for all who came."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accompaniment.views.agenda import my_own
from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from events import passport_visits
from events.views.staff import meeting
from pages.templatetags.french import count_of
from passport import means
from passport.views.signing import shown


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_visits(request: RoleRequest, reference: str) -> HttpResponse:
    """Who gets what, then one press for all; each member signs their own."""
    now, counsellor = timezone.now(), my_own(request)
    event = meeting(reference, now=now)
    if not passport_visits.spends_hours(event):
        raise Http404
    key = _key(request)
    if request.method == "POST" and passport_visits.can_be_proposed(event, now):
        how = means.session(shown(request))
        done = passport_visits.propose(event, counsellor=counsellor, key=key, means=how, now=now)
        refused = [row for row in done.outcomes if not row.cheques]
        many = count_of(len(done.to_propose), "personne a sa visite,personnes ont leur visite")
        told = f"{many} à signer." if done.to_propose else "Aucune nouvelle visite."
        if refused:
            told += f" {count_of(len(refused), 'personne')} sans visite : les raisons sont ici."
        messages.success(request, told.replace(" :", "\N{NO-BREAK SPACE}:"))
        return redirect("sheet_visits", reference)
    context = {
        "session": event,
        "can_propose": passport_visits.can_be_proposed(event, now),
        "given": passport_visits.rehearse(event, counsellor=counsellor, key=key, now=now),
        "key": key,
        "asks_again": means.of_session(request) is None,
    }
    return render(request, "events/staff/visits.html", context)


def _key(request: RoleRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", "")[:40])
    except ValueError:
        return uuid4()
