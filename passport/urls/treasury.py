from django.urls import URLPattern, path

from passport.views import order_papers, sheet_of_member
from passport.views import treasury_accounts as accounts
from passport.views import treasury_invoices as invoices
from passport.views import treasury_orders as orders

SPACE = "espace/tresorerie"
ORDER = f"{SPACE}/commandes/<slug:reference>"
SHEET = f"{ORDER}/planches/<int:number>"
urlpatterns: list[URLPattern] = [
    path(f"{SPACE}/commandes/", orders.orders, name="treasury_orders"),
    path(f"{SPACE}/commandes/nouvelle/", orders.record, name="treasury_order_record"),
    path(f"{ORDER}/", orders.order, name="treasury_order"),
    path(f"{ORDER}/confirmation/", orders.confirm, name="treasury_order_confirm"),
    path(f"{ORDER}/annulation/", orders.cancel, name="treasury_order_cancel"),
    path(f"{ORDER}/factures/<slug:month>/", invoices.month, name="treasury_invoiced"),
    path(f"{SHEET}/don/", orders.give, name="treasury_order_give"),
    path(f"{SHEET}/reprise/", orders.take_back, name="treasury_order_take_back"),
    path(f"{SPACE}/souches/", accounts.stubs, name="treasury_stubs"),
    path(f"{SPACE}/lignes/", accounts.lines, name="treasury_lines"),
    path(f"{SPACE}/releves/", accounts.statements, name="treasury_statements"),
    path(f"{SPACE}/releves/<int:number>/", accounts.statement_file, name="treasury_statement_file"),
    path("espace/commandes/<slug:reference>/devis.pdf", order_papers.quote, name="order_quote_pdf"),
    path("espace/commandes/<slug:reference>/bon-de-commande.pdf", order_papers.order_form, name="order_pdf"),
    path("espace/conseil/passeports/planches/<slug:reference>/", sheet_of_member.give_mine, name="give_sheet"),
]
