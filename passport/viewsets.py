"""Orders as administrators read them: the treasurer’s space is where they are answered."""

from django.db.models import QuerySet
from wagtail.admin.ui.tables import Column, DateColumn

from accounts.viewsets.listing import PeopleIndexView, PeopleInspectView, PeopleViewSet
from passport.models import Order


class OrderIndexView(PeopleIndexView):
    def get_base_queryset(self) -> QuerySet[Order]:
        return Order.objects.select_related("organisation", "version__package")


class OrderInspectView(PeopleInspectView):
    page_title = "Commande"

    def get_queryset(self) -> QuerySet[Order]:
        return Order.objects.select_related("organisation", "version__package", "asked_by", "decided_by")


class OrderViewSet(PeopleViewSet):
    model = Order
    name = "passport_orders"
    url_prefix = "commandes"
    icon = "doc-full"
    menu_name = menu_label = "Commandes"
    menu_order = 245
    add_to_admin_menu = True
    index_view_class = OrderIndexView
    inspect_view_class = OrderInspectView
    ordering = ["-asked_at", "-pk"]
    search_fields = ["number", "organisation__name"]
    form_fields = ["siret"]
    inspect_view_fields = [
        *("number", "organisation", "version", "quantity", "price", "billing", "state", "siret", "service_code"),
        *("commitment_number", "asked_by", "asked_at", "decided_by", "decided_at", "cancelled_because"),
    ]
    list_display = [
        "number",
        Column("organisation", label="Prescripteur", sort_key="organisation__name"),
        Column("quantity", label="Forfaits", sort_key="quantity"),
        Column("price", label="Prix (€)", sort_key="price"),
        Column("state", label="État", accessor="get_state_display", sort_key="state"),
        DateColumn("asked_at", label="Demandée", sort_key="asked_at"),
    ]
    list_export = [
        *("number", "organisation.name", "version.package.name", "quantity", "price", "get_billing_display"),
        *("get_state_display", "siret", "service_code", "commitment_number", "asked_at", "decided_at"),
    ]
    list_filter = ["state", "billing"]
