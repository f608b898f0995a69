"""When a counsellor receives, their days off and their private calendar: one page, and what each of its forms does."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accompaniment import availabilities as rules
from accompaniment import feeds
from accompaniment.forms.appointments import AvailabilityForm, DaysOffForm
from accompaniment.models import Appointment, Availability, DaysOff, Feed
from accompaniment.views.agenda import kept, my_own, sent
from accounts.access import RoleRequest, for_role
from accounts.models import Counsellor
from accounts.roles import Role
from pages.addresses import absolute


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def availabilities(request: RoleRequest) -> HttpResponse:
    """The whole page; what is sent to it is a new availability."""
    counsellor = my_own(request)
    form = AvailabilityForm(sent(request), initial={"since": timezone.localdate()})
    if form.is_valid() and kept(form, lambda: rules.add(counsellor, **form.cleaned_data)):
        messages.success(request, "Vos créneaux sont proposés dès maintenant.")
        return redirect("availabilities")
    return _page(request, counsellor, new=form)


def _page(
    request: RoleRequest,
    counsellor: Counsellor,
    *,
    new: AvailabilityForm | None = None,
    changed: AvailabilityForm | None = None,
    off: DaysOffForm | None = None,
    planned: Iterable[Appointment] = (),
    feed_address: str = "",
) -> HttpResponse:
    """`changed` and `off` are forms that were refused, `planned` the appointments that stand in the way."""
    today = timezone.localdate()
    running = Availability.objects.filter(counsellor=counsellor).exclude(until__lt=today)
    context = {
        "rules": [(rule, _form_of(rule, changed)) for rule in running],
        "new": new or AvailabilityForm(initial={"since": today}),
        "absences": DaysOff.objects.filter(counsellor=counsellor, ends_on__gte=today),
        "off": off or DaysOffForm(prefix="absence"),
        "planned": planned,
        "feed": Feed.objects.filter(counsellor=counsellor).first(),
        "feed_address": feed_address,
    }
    return render(request, "accompaniment/availabilities.html", context)


def _form_of(rule: Availability, refused: AvailabilityForm | None) -> AvailabilityForm:
    prefix = _prefix(rule)
    if refused is not None and refused.prefix == prefix:
        return refused
    said = {name: getattr(rule, name) for name in rules.FIELDS}
    return AvailabilityForm(initial=said, prefix=prefix)


def _prefix(rule: Availability) -> str:
    return f"regle{rule.pk}"


def _posted[T: (Availability, DaysOff)](request: RoleRequest, model: type[T], counsellor: Counsellor) -> T:
    """The row that a form of the page names: one of one's own."""
    said = request.POST.get("ligne", "")
    if not (said.isascii() and said.isdecimal() and len(said) <= 18):
        raise Http404
    found: T | None = model._default_manager.filter(counsellor=counsellor, pk=int(said)).first()
    if found is None:
        raise Http404
    return found


@for_role(Role.COUNSELLOR)
@require_POST
def availability_change(request: RoleRequest) -> HttpResponse:
    counsellor = my_own(request)
    rule = _posted(request, Availability, counsellor)
    form = AvailabilityForm(request.POST, prefix=_prefix(rule))
    if form.is_valid() and kept(form, lambda: rules.change(rule, **form.cleaned_data)):
        messages.success(request, "C’est changé. Les rendez-vous déjà fixés restent comme ils sont.")
        return redirect("availabilities")
    return _page(request, counsellor, changed=form)


@for_role(Role.COUNSELLOR)
@require_POST
def availability_end(request: RoleRequest) -> HttpResponse:
    rules.end(_posted(request, Availability, my_own(request)))
    messages.success(request, "Ces créneaux ne sont plus proposés. Les rendez-vous déjà fixés restent.")
    return redirect("availabilities")


@for_role(Role.COUNSELLOR)
@require_POST
def days_off_add(request: RoleRequest) -> HttpResponse:
    """Refused while appointments are planned then: they are listed."""
    counsellor, form = my_own(request), DaysOffForm(request.POST, prefix="absence")
    planned: list[Appointment] = []

    def take() -> DaysOff:
        try:
            return rules.take_days_off(counsellor, **form.cleaned_data)
        except rules.StillPlannedError as refusal:
            planned.extend(refusal.appointments)
            raise

    if form.is_valid() and kept(form, take):
        messages.success(request, "C’est noté : aucun créneau n’est proposé ces jours-là.")
        return redirect("availabilities")
    return _page(request, counsellor, off=form, planned=planned)


@for_role(Role.COUNSELLOR)
@require_POST
def days_off_remove(request: RoleRequest) -> HttpResponse:
    rules.give_back(_posted(request, DaysOff, my_own(request)))
    messages.success(request, "Vos créneaux de ces jours sont proposés de nouveau.")
    return redirect("availabilities")


@for_role(Role.COUNSELLOR)
@require_POST
@sensitive_variables("token", "address")
def agenda_feed_make(request: RoleRequest) -> HttpResponse:
    """The address is on this page, and never again."""
    counsellor = my_own(request)
    token = feeds.make(counsellor)
    return _page(request, counsellor, feed_address=absolute(reverse("agenda_feed", args=[token])))


@for_role(Role.COUNSELLOR)
@require_POST
def agenda_feed_revoke(request: RoleRequest) -> HttpResponse:
    feeds.revoke(my_own(request))
    messages.success(request, "Cette adresse ne donne plus rien.")
    return redirect("availabilities")


@login_not_required
@never_cache
@require_safe
def agenda_feed(_request: HttpRequest, token: str) -> HttpResponse:
    """Read by a calendar program, which cannot log in."""
    response = HttpResponse(feeds.content(feeds.find(token)), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="agenda.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response
