"""What the screens about people share."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from wagtail.admin.views.generic import CreateView, EditView, IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from accounts.spreadsheets import FrenchExportMixin

ROWS = 20


class OnlyTo(ModelPermissionPolicy):
    """Nothing but these actions, whoever asks: what the rules of `accounts` write is not typed nor deleted here."""

    def __init__(self, model: Any, *actions: str) -> None:
        super().__init__(model)
        self.actions = frozenset(actions)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.actions and super().user_has_permission(user, action)


class PeopleIndexView(FrenchExportMixin, IndexView):
    """A list, with what may be done to each row under its « … » button."""

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """Which rows are on the page, then all about these: the rows before them are counted, never computed."""
        paginator, page, _rows, has_others = super().paginate_queryset(queryset, page_size)
        pks = list(page.object_list.values_list("pk", flat=True))
        known = {row.pk: row for row in self.get_base_queryset().filter(pk__in=pks)}
        page.object_list = [known[pk] for pk in pks if pk in known]
        return paginator, page, page.object_list, has_others

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        return super().get_list_more_buttons(instance) + self.actions_on(instance)

    def actions_on(self, _instance: Any) -> list[Button]:
        return []


class PeopleInspectView(InspectView):
    """All that is known, and what may be done."""

    def get_object(self, queryset: Any = None) -> Any:
        return get_object_or_404(self.get_queryset(), pk=self.pk)

    def get_queryset(self) -> QuerySet[Any]:
        return self.model._default_manager.all()

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *self.actions_on(self.object)]

    def actions_on(self, _instance: Any) -> list[Button]:
        return []


class SaidByRuleMixin:
    """A form whose saving is a rule of `accounts`, which may refuse."""

    get_error_message: Any

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]  # of the view it is mixed with
        except ValidationError as refusal:
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            known = set(form.fields) & set(getattr(refusal, "error_dict", {}))
            form.add_error(None, refusal if known else refusal.messages)
            return super().form_invalid(form)  # type: ignore[misc]  # of the view it is mixed with


class RuleCreateView(SaidByRuleMixin, CreateView):
    def get_success_buttons(self) -> list[Button]:
        return []


class RuleEditView(SaidByRuleMixin, EditView):
    pass


class PeopleViewSet(ModelViewSet):
    """No copy, no trace in Wagtail's own indexes; actions of our own have an address below the row's."""

    actions_allowed: tuple[str, ...] = ("view",)
    own_actions: tuple[tuple[str, str, Any], ...] = ()
    form_fields: list[str] = []
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = ROWS
    search_backend_name = None

    def on_register(self) -> None:
        register_permission_policy(self.model, OnlyTo(self.model, *self.actions_allowed))
        super().on_register()

    def get_urlpatterns(self) -> list[URLPattern]:
        own = [
            path(f"<slug:reference>/{word}/", self.construct_view(view), name=name)
            for word, name, view in self.own_actions
        ]
        return super().get_urlpatterns() + own


def button(viewset: str, name: str, label: str, icon: str, reference: Any, priority: int = 40) -> Button:
    return Button(label, url=reverse(f"{viewset}:{name}", args=[reference]), icon_name=icon, priority=priority)
