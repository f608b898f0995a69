"""Actions of the editors' side, each on a screen that says what will happen before it does."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User


class ActionView(WagtailAdminTemplateMixin, FormView):
    """Shows what will happen to one thing; a POST does it, by one rule, which may refuse."""

    template_name = "accounts/admin/action.html"
    form_class: Any = forms.Form
    queryset: Any = None
    lookup = "reference"
    viewset = ""
    listing = "index"
    explanation = ""
    submit_button_label = ""
    # Given by the viewset to each of its views.
    model: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(request.user, User) or not self.is_allowed(request.user):
            raise PermissionDenied
        self.by = request.user
        try:
            self.thing = get_object_or_404(self.get_queryset(), **{self.lookup: kwargs["reference"]})
        except (ValueError, OverflowError):
            raise Http404 from None
        return super().dispatch(request, *args, **kwargs)

    def is_allowed(self, user: User) -> bool:
        raise NotImplementedError

    def get_queryset(self) -> Any:
        return self.queryset.all()

    def answer(self, form: Any) -> HttpResponse:
        """Does it, and goes on to another page. A rule that refuses raises ValidationError."""
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            return self.answer(form)
        except ValidationError as refusal:
            known = set(form.fields) & set(getattr(refusal, "error_dict", {}))
            form.add_error(None, refusal if known else refusal.messages)
            return self.form_invalid(form)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        messages.validation_error(self.request, "Rien n’a été fait.", form)
        return super().form_invalid(form)

    def address(self, name: str, *args: Any) -> str:
        """Another screen of the same things."""
        return reverse(f"{self.viewset}:{name}", args=args)

    def back(self) -> str:
        return self.address("inspect", self.thing.pk)

    def get_explanation(self) -> str:
        return self.explanation

    def get_page_subtitle(self) -> str:
        return str(self.thing)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.address(self.listing), "label": str(capfirst(self.thing._meta.verbose_name_plural))},
            {"url": self.back(), "label": str(self.thing)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "media": context["form"].media,
            "explanation": self.get_explanation(),
            "submit_button_label": self.submit_button_label,
            "action_url": self.request.path,
            "back_url": self.back(),
        }
