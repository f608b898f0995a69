"""What a prescriber is written each month: figures of its orders, no name. Once for each person, in its first days."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils import timezone

from accounts.models import Affiliation, Organisation, User
from association.clocks import months_later
from notices import outbox
from notices.models import Notice
from pages.addresses import absolute
from pages.templatetags.french import month_year
from passport.ledger import midnight
from passport.models import IN_USE, Decision, Entry, Order, Passport, StoppedSummary

KIND = "passport_summary"
# Whoever is reached again only later reads the figures on the site.
FIRST_DAYS = 5
FROM_HOUR = 8
AT_ONCE = 50


@dataclass(frozen=True)
class Figures:
    """Of an order at the end of a month: `visits` and `hours` in it, corrections taken off; `used` since it began."""

    order: Order
    passports: int
    in_use: int
    visits: int
    hours: int
    used: int
    sold: int

    @property
    def left(self) -> int:
        return self.sold - self.used


def send_due(now: datetime) -> int:
    """Each minute: in the first days of a month, what was not written yet of the one before; how many."""
    clock = timezone.localtime(now)
    if clock.day > FIRST_DAYS or clock.hour < FROM_HOUR:
        return 0
    month = months_later(clock.date().replace(day=1), -1)
    rows = _readers(clock.date(), month)
    keys = {_key(row, month): row for row in rows}
    said = set(Notice.objects.filter(key__in=keys).values_list("key", flat=True))
    due = [row for key, row in keys.items() if key not in said][:AT_ONCE]
    figures: dict[int, list[Figures]] = {}
    for row in due:
        if row.organisation_id not in figures:
            figures[row.organisation_id] = figures_of(row.organisation, month)
        _tell(row, month, figures[row.organisation_id])
    return len(due)


def stop(user: User, *, now: datetime | None = None) -> None:
    """This person is not written to any more; their colleagues are."""
    StoppedSummary.objects.get_or_create(user=user, defaults={"stopped_at": now or timezone.now()})


def resume(user: User) -> None:
    StoppedSummary.objects.filter(user=user).delete()


def is_stopped(user: User) -> bool:
    return StoppedSummary.objects.filter(user=user).exists()


def figures_of(organisation: Organisation, month: date) -> list[Figures]:
    """Of each order whose passports are in use, or had hours written in the month. `month` is its first day."""
    first, end = midnight(month), midnight(months_later(month, 1))
    entries = Entry.objects.filter(passport__sheet__order__organisation=organisation, recorded_at__lt=end)
    spent = entries.exclude(kind="").order_by().values_list("passport__sheet__order")
    used = dict(spent.annotate(Sum("hours")))
    cancelled = Count("pk", filter=Q(act="cancel"))
    counted = Count("pk", filter=Q(act="visit")) - cancelled
    written = {order: row for order, *row in spent.filter(recorded_at__gte=first).annotate(Sum("hours"), n=counted)}
    opened = Q(sheets__passport__opened_at__lt=end)
    in_use = opened & Q(sheets__passport__state__in=IN_USE)
    orders = Order.objects.filter(organisation=organisation).annotate(
        passports=Count("sheets__passport", filter=opened, distinct=True),
        in_use=Count("sheets__passport", filter=in_use, distinct=True),
    )
    rows = (
        orders.filter(passports__gt=0).select_related("version").prefetch_related("version__kinds").order_by("number")
    )
    return [
        Figures(
            order,
            passports=order.passports,
            in_use=order.in_use,
            visits=written.get(order.pk, (0, 0))[1],
            hours=written.get(order.pk, (0, 0))[0],
            used=used.get(order.pk, 0),
            sold=order.passports * order.version.hours,
        )
        for order in rows.order_by("number")
        if order.in_use or order.pk in written
    ]


def _readers(on: date, month: date) -> list[Affiliation]:
    """Who acts today for a prescriber of which `figures_of` that month has something to say, and wishes to be told."""
    first, end = midnight(month), midnight(months_later(month, 1))
    written = Entry.objects.filter(recorded_at__gte=first, recorded_at__lt=end).exclude(kind="")
    told = Passport.objects.filter(Q(state__in=IN_USE) | Q(pk__in=written.values("passport")), opened_at__lt=end)
    paying = Organisation.objects.filter(is_prescriber=True, pk__in=told.values("sheet__order__organisation"))
    rows = Affiliation.objects.current(on).filter(organisation__in=paying, user__is_active=True)
    rows = rows.filter(user__stopped_summary=None)
    return list(rows.select_related("user", "organisation").order_by("organisation", "user", "pk"))


def _key(row: Affiliation, month: date) -> str:
    return f"{KIND} {row.organisation.reference} {month:%Y-%m} {row.user_id}"


def _tell(row: Affiliation, month: date, figures: list[Figures]) -> None:
    waiting = Decision.objects.filter(
        passport__sheet__order__organisation=row.organisation, state=Decision.State.ASKED
    ).count()
    context = {
        "organisation": row.organisation,
        "month": month_year(month),
        "figures": figures,
        "waiting": waiting,
        "address": absolute("/espace/prescripteur/passeports/"),
        "choice": absolute(reverse("prescriber_summary")),
    }
    outbox.put(
        kind=KIND,
        to=row.user.email,
        template="passport_summary",
        context=context,
        person=row.user,
        key=_key(row, month),
    )
